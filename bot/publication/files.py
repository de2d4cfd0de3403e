"""Files of the list for others to publish: plain text, Markdown, HTML, CSV, JSON, and to print: PDF.

All count what ``Listing`` counts; the same list on the same day gives the same bytes. Words come as phrases
through ``say``; CSV, JSON and the bare text have none.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum

from bot.content.catalog import Document
from bot.dialog.messages import Attachment, Names, Phrase
from bot.publication import hypertext, wordings
from bot.publication.facts import Say, corrections, head, how_many, list_of, since_closed, text_of
from bot.publication.gate import Signatory
from bot.publication.paper import Paper, addressee_pdf
from bot.publication.signatory_list import Listing


class Format(StrEnum):
    """The kinds of file; the value is the ending of the name."""

    TEXT = "txt"
    MARKDOWN = "md"
    CSV = "csv"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"


_MIMES = {
    Format.TEXT: "text/plain",
    Format.MARKDOWN: "text/markdown",
    Format.CSV: "text/csv",
    Format.JSON: "application/json",
    Format.HTML: "text/html",
    Format.PDF: "application/pdf",
}
WORDED = frozenset({Format.MARKDOWN, Format.HTML, Format.PDF})
"""These have headings, so they need words."""
_TABLES = frozenset({Format.CSV, Format.JSON})
"""These keep apart what others tell behind the line."""
_COLUMNS = ("number", "name", "acronym", "original", "country", "place", "line", "kind")
_LATE = "late"
"""A column more, in the table of a list that was closed: "yes" for those who came after it."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A cell that begins so is calculated by a spreadsheet, not shown."""

_MARKUP = re.compile(r"[\\`*_\[\]<>&|~@]|^[#+=-]|^\d+(?=[.)])|:(?=//)")


def export(
    listing: Listing, document: Document, form: Format, now: datetime, say: Say | None = None
) -> bytes:
    """The list as a file, text in UTF-8; ``document`` is the version signed, ``now`` (aware) its day.

    Plain text is the bare list as movements publish it, with a heading where ``say`` is given; those that are
    ``WORDED`` need it, ValueError without. The PDF has the text too.
    """
    listing = wordings.dated_listing(listing, document)
    if form not in _TABLES:
        below = wordings.legend(listing) if say is None else []
        below = ["", *below] if below else []
        listing = wordings.told(listing, say)
    match form:
        case Format.TEXT:
            above = [document.title, *_head(listing, document, now, say), ""] if say else []
            return _joined(above + plain_list(listing, say) + below)
        case Format.CSV:
            return _csv(listing)
        case Format.JSON:
            return _json(listing, document, now)
    if say is None:
        raise ValueError("it has headings: it needs words")
    match form:
        case Format.MARKDOWN:
            return _joined(_markdown(listing, document, now, say))
        case Format.HTML:
            return _joined([_html(listing, document, now, say)])
        case Format.PDF:
            paper = Paper(
                listing,
                document,
                now,
                initiators=listing.initiators,
                late=listing.late,
                closed=listing.closed,
                language=document.language,
            )
            return addressee_pdf(paper, say)


def attachment(name: str, form: Format, content: bytes) -> Attachment:
    """An exported file ready to be sent; ``name`` has no ending."""
    return Attachment(f"{name}.{form}", content, _MIMES[form])


def plain_list(listing: Listing, say: Say | None = None) -> list[str]:
    """The lines of the list as movements publish it: number, name, place.

    Who came late stands below it in a block of their own, with a title where there is ``say``.
    """
    parts = [
        [f"  {signatory.number}. {signatory.line}" for signatory in group]
        for group in (listing.organisations, listing.people, listing.late)
        if group
    ]
    if listing.late and say:
        parts[-1].insert(0, say(Phrase("paper.late")))
    return [line for part in parts for line in ("", *part)][1:]


def _head(listing: Listing, document: Document, now: datetime, say: Say) -> list[str]:
    """Who began it, which text, of which day, how many, and what became of the list since it was closed."""
    began = Phrase("campaign.started", {"initiators": Names(listing.initiators)})
    facts = head(listing.counts, document, now, say)
    return [*([say(began)] if listing.initiators else []), *facts, *map(say, since_closed(listing))]


def _markdown(listing: Listing, document: Document, now: datetime, say: Say) -> list[str]:
    lines = [f"# {_escaped(document.title)}", ""]
    lines += [f"- {_escaped(fact)}" for fact in _head(listing, document, now, say)]
    for title, group in _groups(listing, say):
        lines += ["", f"## {title}", ""]
        lines += [f"{signatory.number}. {_escaped(signatory.line)}" for signatory in group]
    if listing.counts.unnamed:
        lines += ["", say(Phrase("file.unnamed", count=listing.counts.unnamed))]
    return lines


def _html(listing: Listing, document: Document, now: datetime, say: Say) -> str:
    began = Phrase("campaign.started", {"initiators": Names(listing.initiators)})
    first = began if listing.initiators else None
    told = (
        first,
        text_of(document),
        *corrections(document),
        list_of(now),
        how_many(listing.counts),
        *since_closed(listing),
    )
    facts = filter(None, told)
    body = [hypertext.heading(document.title), hypertext.paragraph(*map(say, facts))]
    for title, group in _groups(listing, say):
        body += [hypertext.heading(title, 2), *hypertext.names(group)]
    if listing.counts.unnamed:
        body.append(hypertext.paragraph(say(Phrase("file.unnamed", count=listing.counts.unnamed))))
    return hypertext.page(document.title, document.language, body)


def _groups(listing: Listing, say: Say) -> Iterator[tuple[str, Sequence[Signatory]]]:
    """The parts of the list that are not empty, each with its title."""
    if listing.organisations:
        yield say(Phrase("file.organisations")), listing.organisations
    if listing.people:
        yield say(Phrase("file.people")), listing.people
    if listing.late:
        yield say(Phrase("paper.late")), listing.late


def _escaped(text: str) -> str:
    """The text with a backslash before whatever Markdown would take for markup."""
    return _MARKUP.sub(lambda found: f"{found[0]}\\" if found[0].isdecimal() else f"\\{found[0]}", text)


def _csv(listing: Listing) -> bytes:
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    columns = _columns(listing)
    late = [_LATE] if listing.closed else []
    writer.writerow([*columns, *late])
    writer.writerows([*_row(each, columns), *("" for _ in late)] for each in _all(listing))
    writer.writerows([*_row(each, columns), "yes"] for each in listing.late)
    return table.getvalue().encode()


def _columns(listing: Listing) -> Sequence[str]:
    """The usual ones, and the earlier wording that was signed, where one was."""
    old = any(each.wording for each in (*_all(listing), *listing.late))
    return (*_COLUMNS, *(["wording"] if old else []))


def _row(signatory: Signatory, columns: Sequence[str]) -> Sequence[str]:
    return [_guarded(str(value)) for value in _values(signatory, columns).values()]


def _values(signatory: Signatory, columns: Sequence[str]) -> dict[str, object]:
    wording = signatory.wording.isoformat() if signatory.wording else ""
    return {column: wording if column == "wording" else getattr(signatory, column) for column in columns}


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _json(listing: Listing, document: Document, now: datetime) -> bytes:
    columns = _columns(listing)
    whole: dict[str, object] = {
        "title": document.title,
        "language": document.language,
        "dated": document.dated.isoformat(),
        "version": document.sha256,
        "list_of": now.date().isoformat(),
        "counts": asdict(listing.counts) | {"countries": listing.counts.countries},
        "signatories": [_values(each, columns) for each in _all(listing)],
    }
    if listing.initiators:
        whole["initiators"] = listing.initiators
    if listing.closed:
        late = [_values(each, columns) for each in listing.late]
        whole |= {"closed": listing.closed.isoformat(), "taken_off_since": listing.gone, "late": late}
    return _joined([json.dumps(whole, ensure_ascii=False, indent=1)])


def _all(listing: Listing) -> Iterator[Signatory]:
    yield from listing.organisations
    yield from listing.people


def _joined(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
