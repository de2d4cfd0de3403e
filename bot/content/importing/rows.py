"""The rows of a table as names for a list: cleaned, taken apart, what is doubtful said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from bot.campaign.lookalike import check_name, clean, lookalike_key
from bot.campaign.refusal import Refusal
from bot.content.importing.columnguess import Columns
from bot.content.importing.decoding import is_hidden
from bot.content.importing.printed import split_line
from bot.content.importing.table import Table
from bot.content.importing.territory import Territory, is_usual_name, territory

FORMULA = re.compile(r"^[\s'\"]*[=+@\uff1d\uff0b\uff20|\\-][\s=+@\uff1d\uff0b\uff0d\uff20|\\-]*")
"""Signs before a text with which a spreadsheet would calculate."""
LIST_MARK = re.compile(r"^\s*(?:\(?\d{1,4}[.)]|[-*•·●▪◦‣–—])\s+")
"""Numbers and bullets of a list; they are no part of a name."""
CODE = len("MY")
CALLING = re.compile(r"^\+?[\d\s()./-]{5,}$")


@dataclass(frozen=True, slots=True)
class Row:
    """One name as it may come onto a list; all texts are on one line, "" where nothing is known.

    ``line`` is the row's number in its table, ``country`` an ISO code, ``place`` the place as printed where
    that is not the country's usual name ("Papua/Indonesia"), ``representative`` who speaks for it.
    ``doubt`` is the key of a phrase, "" where nothing is doubtful; a row without a name has "row.no-name".
    """

    line: int
    name: str
    acronym: str = ""
    original: str = ""
    country: str = ""
    place: str = ""
    representative: str = ""
    contact: str = ""
    doubt: str = ""


def rows_of(table: Table, columns: Columns) -> tuple[Row, ...]:
    """One row for each row of the table, none left out; the second of two of the same name is doubted."""
    cells = (dict(_cells(row, columns)) for row in table.rows)
    return doubles_marked(row_of(line, each) for line, each in zip(table.lines, cells, strict=True))


def _cells(row: tuple[str, ...], columns: Columns) -> Iterable[tuple[str, str]]:
    for field in fields(columns):
        at = getattr(columns, field.name)
        yield field.name, row[at] if at is not None and at < len(row) else ""


def row_of(line: int, cells: dict[str, str]) -> Row:
    """The row of some cells, by the names of ``Columns``."""
    raw = LIST_MARK.sub("", cells["organisation"])
    text = clean(FORMULA.sub("", raw))
    printed = split_line(text)
    named = territory(clean(cells["country"]))
    found = named or territory(clean(cells["place"])) or territory(printed.place)
    person = ", ".join(filter(None, (_safe(cells["representative"]), _safe(cells["role"]))))
    row = Row(
        line,
        name=printed.name if printed.original else printed.names,
        acronym=_safe(cells["acronym"]) or printed.acronym,
        original=_safe(cells["original"]) or printed.original,
        country=found.country if found else printed.country,
        place=_place(found),
        representative=person,
        contact=clean(cells["contact"]) if CALLING.match(cells["contact"]) else _safe(cells["contact"]),
    )
    return replace(row, doubt=_doubt(row, raw, cells["country"], named))


def _place(found: Territory | None) -> str:
    usual = found is None or len(found.printed) <= CODE or is_usual_name(found.printed, found.country)
    return "" if found is None or usual else found.printed


def _safe(cell: str) -> str:
    return clean(FORMULA.sub("", cell))


def _doubt(row: Row, raw: str, country: str, named: Territory | None) -> str:
    if not any(map(str.isalnum, row.name)):
        return "row.no-name"
    if any(isinstance(check_name(text or "x"), Refusal) for text in (row.name, row.acronym, row.original)):
        return "row.name"
    if any(map(is_hidden, raw)):
        return "row.hidden"
    if FORMULA.match(raw):
        return "row.formula"
    return "row.country" if country.strip() and not named else ""


def doubles_marked(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The same rows; doubted where a name stood before in the same country, or one of the two in none."""
    seen: dict[str, set[str]] = {}
    marked = []
    for row in rows:
        countries = seen.setdefault(lookalike_key(row.name), set())
        double = row.name and countries and (not row.country or "" in countries or row.country in countries)
        marked.append(replace(row, doubt=row.doubt or "row.double") if double else row)
        countries.add(row.country)
    return tuple(marked)
