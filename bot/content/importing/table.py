"""A table that somebody sends: CSV or Excel, read as texts within bounds. Formulas are never calculated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.content.importing.decoding import as_written, decode
from bot.content.importing.delimited import Rows, split_rows
from bot.content.importing.header import FIRST_ROWS, header_at
from bot.content.importing.natures import nature
from bot.content.importing.package import Package
from bot.content.importing.reading import HTML_START
from bot.content.importing.spreadsheet import sheet_rows
from bot.dialog.messages import Phrase

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 2_000, 40, 500
BINARY_SAMPLE = 100_000
"""Bytes that tell whether this is a text."""
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
    return _table(
        split_rows(text, MOST_ROWS + FIRST_ROWS, "\t" if tabbed else ""),
        () if sure else (Phrase("upload.encoding"),),
    )


def _unread(key: str) -> Table:
    return Table(faults=(Phrase(key),))


def _table(found: Rows, faults: Sequence[Phrase]) -> Table:
    told = list(faults)
    at = header_at([cells for _, cells in found])
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
