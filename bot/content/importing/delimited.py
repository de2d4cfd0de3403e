"""The rows of a CSV that somebody else made: which delimiter it has, and where its quotes end."""

from __future__ import annotations

import csv
import io
from itertools import islice

from bot.content.importing.header import header_at

DELIMITERS = ",;\t|"
SEPARATOR = "sep="
"""Excel's own first line, "sep=;"."""
SAMPLE = 50
ALIKE = 0.8
SWALLOWED = 1_000
"""Characters of a cell of several lines: a quote that nobody closed."""
Rows = list[tuple[int, list[str]]]
"""Rows that hold anything, each with its number in the sheet from 1 on."""


def split_rows(text: str, most: int, delimiter: str = "") -> Rows:
    """The rows of a CSV; the delimiter is the one that Excel's line names, else the one that fits best."""
    first, _, rest = text.partition("\n")
    told = first.strip().lower()
    if told.startswith(SEPARATOR) and len(first.strip("\r\n")) <= len(SEPARATOR) + 1:
        return _rows(rest, most, first.strip("\r\n")[len(SEPARATOR) :] or "\t")
    fitting = [delimiter] if delimiter else [each for each in DELIMITERS if _fits(text, each)]
    return _rows(text, most, fitting[0]) if fitting else _plain(text)


def _fits(text: str, delimiter: str) -> bool:
    """Whether this delimiter gives a table: a header, or rows that are nearly all as wide as each other."""
    rows = [cells for _, cells in _rows(text, SAMPLE, delimiter)]
    if header_at(rows) >= 0 and max(map(len, rows)) > 1:
        return True
    widths = [len(cells) for cells in rows]
    usual = max(set(widths), key=widths.count, default=0)
    return usual > 1 and widths.count(usual) >= (1 if delimiter == "," else ALIKE) * len(widths)


def _rows(text: str, most: int, delimiter: str) -> Rows:
    """Rows that hold anything; each line for itself where a quote that nobody closed swallows several."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = list(enumerate(islice(reader, most + 1), 1))
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
