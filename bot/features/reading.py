"""One long text in pages, for statements and greetings alike."""

from __future__ import annotations

from bot.content.catalog import Document, TextKind, TextStatus
from bot.dialog.messages import Button, Language, Phrase, Route, Saying
from bot.dialog.pages import paginate
from bot.dialog.text import Paragraph, Quote, Text
from bot.features.buttons import button
from bot.features.feature import Ask

PAGE = 900
"""Characters of a page: about two screens of a small phone."""


def page(
    ask: Ask,
    document: Document,
    head: Phrase,
    number: str,
    *,
    here: Route,
    below: tuple[tuple[Button, ...], ...],
) -> Saying:
    """Page ``number`` (from "0"; what is no page shows the first) of a text.

    ``here`` plus a number leads to another page; ``below`` are the last rows of buttons.
    """
    pages = paginate(document.text, PAGE)
    at = min(int(number), len(pages) - 1) if number.isdecimal() and number.isascii() else 0
    turn = (
        *((button("b.page-back", *here, str(at - 1)),) if at else ()),
        *((button("b.page-on", *here, str(at + 1)),) if at + 1 < len(pages) else ()),
    )
    where = (Phrase("text.page", {"page": at + 1, "pages": len(pages)}),) if len(pages) > 1 else ()
    rows = (*((turn,) if turn else ()), *below)
    return Saying((head, _quoted(pages[at]), *notes(ask, document), *where), rows, picker=True)


def notes(ask: Ask, document: Document) -> tuple[Phrase, ...]:
    """What a reader should know of a text.

    A summary, another language, who translated it, whether it is out of date.
    """
    found = []
    if document.kind is TextKind.SUMMARY:
        found.append(Phrase("text.summary", {"source": document.source.title}))
    if document.language != ask.language:
        found.append(Phrase("text.other-language", {"language": Language(document.language)}))
    if document.status is not TextStatus.OFFICIAL:
        found.append(Phrase(f"text.{document.status}"))
    return tuple(found)


def _quoted(text: Text) -> Text:
    blocks = (inner for block in text for inner in (block.blocks if isinstance(block, Quote) else (block,)))
    return (Quote(tuple(blocks)),) if text else (Quote((Paragraph(()),)),)
