"""One long text in pages, for statements and greetings alike."""

from __future__ import annotations

from bot.content.catalog import Document, TextKind, TextStatus
from bot.dialog.messages import Button, Language, Phrase, Route, Saying
from bot.dialog.pages import paginate
from bot.dialog.text import Paragraph, Quote, Text
from bot.features.buttons import button
from bot.features.feature import Ask
from bot.publication.documents import document_file
from bot.publication.facts import corrections
from bot.publication.files import Format

PAGE = 900
"""Characters of a page: about two screens of a small phone."""
FILES = (Format.TEXT, Format.MARKDOWN)


def page(
    ask: Ask,
    document: Document,
    head: Phrase,
    number: str,
    *,
    here: Route,
    below: tuple[tuple[Button, ...], ...],
    after: tuple[Phrase, ...] = (),
) -> Saying:
    """Page ``number`` (from "0"; else the first) of a text, or all of it as a file ("txt", "md").

    ``here`` plus a number leads to another page; ``below`` are the last rows of buttons, ``after`` stands
    below the text. What a reader should know of the text stands above it, once.
    """
    if number in FILES:
        return _file(document, head, Format(number), here)
    pages = paginate(document.text, PAGE)
    at = min(int(number), len(pages) - 1) if number.isdecimal() and number.isascii() else 0
    turn = (
        *((button("b.page-back", *here, str(at - 1)),) if at else ()),
        *((button("b.page-on", *here, str(at + 1)),) if at + 1 < len(pages) else ()),
    )
    where = (Phrase("text.page", {"page": at + 1, "pages": len(pages)}),) if len(pages) > 1 else ()
    rows = (*((turn,) if turn else ()), *below, (button("b.as-file", *here, Format.TEXT),))
    above = () if at else notes(ask, document)
    last = corrections(document) if at + 1 == len(pages) else ()
    return Saying((head, *above, _quoted(pages[at]), *last, *after, *where), rows, picker=True)


def _file(document: Document, head: Phrase, form: Format, here: Route) -> Saying:
    """The whole text as a file, and the way to its other form and back to its pages."""
    other = button("b.as-markdown", *here, Format.MARKDOWN)
    back = button("b.back-to-text", *here, "0")
    row = (back, other) if form is Format.TEXT else (back,)
    return Saying((head, Phrase("text.as-file")), (row,), attachment=document_file(document, here[-1], form))


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
