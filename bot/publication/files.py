"""Files of the list for others to publish: plain text, Markdown, CSV, JSON.

All count what ``Listing`` counts; the same list on the same day gives the same bytes. Words come as phrases
through ``say``; CSV, JSON and the bare text have none.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum

from bot.content.catalog import Document
from bot.dialog.messages import Attachment, Day, Phrase
from bot.publication.gate import Signatory
from bot.publication.signatory_list import Listing

Say = Callable[[Phrase], str]
"""Puts a phrase into the words of the file's language."""


class Format(StrEnum):
    """The kinds of file; the value is the ending of the name."""

    TEXT = "txt"
    MARKDOWN = "md"
    CSV = "csv"
    JSON = "json"


_MIMES = {
    Format.TEXT: "text/plain",
    Format.MARKDOWN: "text/markdown",
    Format.CSV: "text/csv",
    Format.JSON: "application/json",
}
_COLUMNS = ("number", "name", "acronym", "original", "country", "place", "line", "kind")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A cell that begins so is calculated by a spreadsheet, not shown."""

_MARKUP = re.compile(r"[\\`*_\[\]<>&|~@]|^[#+=-]|^\d+(?=[.)])|:(?=//)")


def export(
    listing: Listing, document: Document, form: Format, now: datetime, say: Say | None = None
) -> bytes:
    """The list as a file in UTF-8; ``document`` is the version signed, ``now`` (aware) the day of the list.

    Plain text is the bare list as movements publish it, with a heading where ``say`` is given; Markdown needs
    ``say``, ValueError without.
    """
    match form:
        case Format.TEXT:
            head = [document.title, *_facts(listing, document, now, say), ""] if say else []
            return _joined(head + _plain(listing))
        case Format.MARKDOWN:
            if say is None:
                raise ValueError("Markdown has headings: it needs words")
            return _joined(_markdown(listing, document, now, say))
        case Format.CSV:
            return _csv(listing)
        case Format.JSON:
            return _json(listing, document, now)


def attachment(name: str, form: Format, content: bytes) -> Attachment:
    """An exported file ready to be sent; ``name`` has no ending."""
    return Attachment(f"{name}.{form}", content, _MIMES[form])


def _facts(listing: Listing, document: Document, now: datetime, say: Say) -> list[str]:
    counts = listing.counts
    number = {"organisations": _counted("file.count-organisations", counts.organisations)}
    whole = Phrase("file.counts", number | {"people": _counted("file.count-people", counts.people)})
    versions = Phrase("file.version", {"day": Day(document.dated, year=True), "version": document.sha256})
    day = Phrase("file.list-of", {"day": Day(now.date(), year=True)})
    return [say(versions), say(day), say(whole)]


def _counted(key: str, count: int | None) -> Phrase:
    return Phrase(key, count=count or 0)


def _plain(listing: Listing) -> list[str]:
    organisations, people = (
        [f"  {signatory.number}. {signatory.line}" for signatory in group]
        for group in (listing.organisations, listing.people)
    )
    return [*organisations, *([""] if organisations and people else []), *people]


def _markdown(listing: Listing, document: Document, now: datetime, say: Say) -> list[str]:
    lines = [f"# {_escaped(document.title)}", ""]
    lines += [f"- {_escaped(fact)}" for fact in _facts(listing, document, now, say)]
    for key, group in (("organisations", listing.organisations), ("people", listing.people)):
        if group:
            lines += ["", f"## {say(Phrase(f'file.{key}'))}", ""]
            lines += [f"{signatory.number}. {_escaped(signatory.line)}" for signatory in group]
    if listing.counts.unnamed:
        lines += ["", say(Phrase("file.unnamed", count=listing.counts.unnamed))]
    return lines


def _escaped(text: str) -> str:
    """The text with a backslash before whatever Markdown would take for markup."""
    return _MARKUP.sub(lambda found: f"{found[0]}\\" if found[0].isdecimal() else f"\\{found[0]}", text)


def _csv(listing: Listing) -> bytes:
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(_COLUMNS)
    writer.writerows(map(_row, _all(listing)))
    return table.getvalue().encode()


def _row(signatory: Signatory) -> Sequence[str]:
    return [_guarded(str(getattr(signatory, column))) for column in _COLUMNS]


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _json(listing: Listing, document: Document, now: datetime) -> bytes:
    whole = {
        "title": document.title,
        "language": document.language,
        "dated": document.dated.isoformat(),
        "version": document.sha256,
        "list_of": now.date().isoformat(),
        "counts": asdict(listing.counts) | {"countries": listing.counts.countries},
        "signatories": [{column: getattr(each, column) for column in _COLUMNS} for each in _all(listing)],
    }
    return _joined([json.dumps(whole, ensure_ascii=False, indent=1)])


def _all(listing: Listing) -> Iterator[Signatory]:
    yield from listing.organisations
    yield from listing.people


def _joined(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
