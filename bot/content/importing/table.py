"""A table that somebody sends: CSV or Excel, read as texts within bounds. Formulas are never calculated."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from bot.campaign.lookalike import search_key
from bot.content.importing.columns import MEANINGS as NAMES
from bot.content.importing.columnwords import meaning
from bot.content.importing.decoding import as_written, decode
from bot.content.importing.natures import nature
from bot.content.importing.package import Package
from bot.content.importing.reading import HTML_START
from bot.content.importing.spreadsheet import Rows, sheet_rows
from bot.content.importing.territory import territory
from bot.dialog.messages import Phrase

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 2_000, 40, 500
DELIMITERS = ",;\t|"
SEPARATOR = "sep="
"""Excel's own first line, "sep=;"."""
FIRST_ROWS = 10
"""Among so many rows stands the header; above it may stand a title."""
SAMPLE = 50
BINARY_SAMPLE = 100_000
ALIKE = 0.8
SWALLOWED = 1_000
"""Characters of a cell of several lines: a quote that nobody closed."""
KEPT = frozenset({"upload.locked", "upload.too-large", "upload.broken"})
"""Faults of a file that are the same for texts and tables."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, each a text on one line, "" where empty; all rows are as wide as the header.

    ``header`` is empty where the table has none. ``lines`` are the numbers of the rows as a spreadsheet shows
    them, ``faults`` what was left out or looks wrong.
    """

    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    faults: tuple[Phrase, ...] = ()
    lines: tuple[int, ...] = field(default=())


def read_table(content: bytes, name: str) -> Table:
    """Read a CSV (comma, semicolon, tab or stroke) or an Excel file (.xlsx: the first sheet with rows in it).

    Never raises. ``name`` is the file's name; what the file is, it says itself.
    """
    found = nature(content)
    if isinstance(found, Package):
        rows = sheet_rows(found, MOST_ROWS + FIRST_ROWS, MOST_COLUMNS)
        return _table(rows, ()) if rows is not None else _unread("sheet.no-table")
    if found:
        return _unread(found if found in KEPT else "sheet.no-table")
    text, _, sure = as_written(content)
    if HTML_START.match(text) or decode(content[:BINARY_SAMPLE]).binary:
        return _unread("sheet.no-table")
    tabbed = name.lower().endswith(".tsv")
    return _table(_split(text, "\t" if tabbed else ""), () if sure else (Phrase("upload.encoding"),))


def _unread(key: str) -> Table:
    return Table(faults=(Phrase(key),))


def _split(text: str, delimiter: str) -> Rows:
    """The rows of a CSV; the delimiter is the one that Excel's line names, else the one that fits best."""
    first, _, rest = text.partition("\n")
    told = first.strip().lower()
    if told.startswith(SEPARATOR) and len(first.strip("\r\n")) <= len(SEPARATOR) + 1:
        return _rows(rest, first.strip("\r\n")[len(SEPARATOR) :] or "\t")
    fitting = [delimiter] if delimiter else [each for each in DELIMITERS if _fits(text, each)]
    return _rows(text, fitting[0]) if fitting else _plain(text)


def _fits(text: str, delimiter: str) -> bool:
    """Whether this delimiter gives a table: a header, or rows that are nearly all as wide as each other."""
    rows = [cells for _, cells in _rows(text, delimiter)[:SAMPLE]]
    if _header_at(rows) >= 0 and max(map(len, rows)) > 1:
        return True
    widths = [len(cells) for cells in rows]
    usual = max(set(widths), key=widths.count, default=0)
    return usual > 1 and widths.count(usual) >= (1 if delimiter == "," else ALIKE) * len(widths)


def _rows(text: str, delimiter: str) -> Rows:
    """Rows that hold anything; each line for itself where a quote that nobody closed swallows several."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = list(enumerate(islice(reader, MOST_ROWS + FIRST_ROWS + 1), 1))
        whole = not any("\n" in cell and len(cell) > SWALLOWED for _, row in rows for cell in row)
    except csv.Error:
        whole = False
    if not whole:
        rows = [(number, _cells(line, delimiter)) for number, (line,) in _plain(text)]
    return [(number, row) for number, row in rows if any(map(str.strip, row))]


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return [line]


def _plain(text: str) -> Rows:
    """A list with one name in each line."""
    return [(number, [line]) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _table(found: Rows, faults: Sequence[Phrase]) -> Table:
    told = list(faults)
    at = _header_at([cells for _, cells in found])
    rows = found[at + 1 :]
    if not rows:
        return Table(faults=(*told, Phrase("sheet.empty")))
    if len(rows) > MOST_ROWS:
        told.append(Phrase("sheet.rows", {"limit": MOST_ROWS}))
    rows = rows[:MOST_ROWS]
    width = max(len(cells) for _, cells in (*rows, *found[max(at, 0) : at + 1]))
    if width > MOST_COLUMNS:
        told.append(Phrase("sheet.columns", {"limit": MOST_COLUMNS}))
    if any(len(cell) > LONGEST_CELL for _, cells in rows for cell in cells):
        told.append(Phrase("sheet.cells", {"limit": LONGEST_CELL}))
    width = min(width, MOST_COLUMNS)
    return Table(
        header=_even(found[at][1], width) if at >= 0 else (),
        rows=tuple(_even(cells, width) for _, cells in rows),
        faults=tuple(told),
        lines=tuple(number for number, _ in rows),
    )


def _even(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """So many cells, each on one line and not too long."""
    short = (" ".join(cell[:LONGEST_CELL].split()) for cell in cells[:width])
    return (*short, *("" for _ in range(width - len(cells))))


def _header_at(rows: Sequence[Sequence[str]]) -> int:
    """Where the header stands, -1 where there is none; above it stands a title at most."""
    for at, cells in enumerate(rows[:FIRST_ROWS]):
        if _is_header(cells):
            return at
        if sum(map(bool, map(str.strip, cells))) > 1:
            return -1
    only = rows and all(len(cells) == 1 for cells in rows) and search_key(rows[0][0][:LONGEST_CELL]) in NAMES
    return 0 if only else -1


def _is_header(cells: Sequence[str]) -> bool:
    """Whether a row says what stands below it: two of its cells do, and none is a country or an address."""
    filled = [cell for cell in cells if cell.strip()]
    known = sum(meaning(cell) != "" for cell in filled)
    return known > 1 and not any(territory(cell) or "@" in cell for cell in filled)
