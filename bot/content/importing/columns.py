"""Rows and columns of a CSV that somebody else made: delimiter, header and meaning guessed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.campaign.lookalike import search_key
from bot.content.importing.printed import is_acronym
from bot.content.importing.territory import territory

HEADERS = {
    "number": "number|no|nr|num|bil|nombor|nomor|numero|n",
    "line": "line|printed line|printed",
    "name": "name|signatory|signatories|signed by|penandatangan|official name|full name|group|groups|kumpulan"
    "|nama|nama rasmi|nama resmi|nombre|nom|pangalan|ten",
    "acronym": "acronym|abbreviation|short name|short|singkatan|akronim|siglas|sigle",
    "original": "original|original name|name in original script|nama asal|nama asli",
    "country": "country|negara|negeri|pais|pays|bansa|nuoc|country region",
    "place": "place|location|tempat|lokasi|lugar|lieu",
    "organisation": "organisation|organization|organisations|organizations|name of organisation"
    "|organisation name|organization name|name of organization|organisasi|pertubuhan|nama organisasi"
    "|nama pertubuhan|organizacion|samahan|slug",
}
"""What headers are called, as search keys: small letters, no accents."""

MEANINGS = {header: column for column, headers in HEADERS.items() for header in headers.split("|")}
DELIMITERS = ",;\t"
SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_CELL = 1000
MOSTLY = 0.7


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as cells by column ("name", "line", "country" …), with the line of the file each begins in.

    ``faults`` are rows that cannot be read, as line and sentence.
    """

    rows: tuple[tuple[int, Mapping[str, str]], ...]
    faults: tuple[tuple[int, str], ...] = field(default=())


def read_table(text: str) -> Table:
    """Read a CSV with a header, one without, or a plain list with one name in each line. Never raises."""
    for delimiter in DELIMITERS:
        rows = _rows(text, delimiter)
        columns = _by_header(rows[0][1]) if rows else {}
        if len(columns) > 1 or (columns and len(rows[0][1]) > 1):
            return _table(rows[1:], _settled(columns, rows), len(rows[0][1]))
    plain = [(number, [_unquoted(line)]) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if plain and _by_header(plain[0][1]):
        return _table(plain[1:], {"line": 0}, 1)
    for delimiter in DELIMITERS[1:]:
        rows = _rows(text, delimiter)
        if rows and all(len(row) > 1 for _, row in rows):
            return _table(rows, _by_content([row for _, row in rows]), max(len(row) for _, row in rows))
    return _table(plain, {"line": 0}, 1)


def _rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Cells with their first line, without empty rows.

    Where a quote swallows half the file, line by line instead.
    """
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    try:
        for row in reader:
            if any(map(str.strip, row)):
                rows.append((before + 1, [cell.strip() for cell in row]))
            before = reader.line_num
        swallowed = any(len(cell) > LONGEST_CELL and "\n" in cell for _, row in rows for cell in row)
    except csv.Error:
        swallowed = True
    return _line_by_line(text, delimiter) if swallowed else rows


def _line_by_line(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    return [(number, [cell.strip() for cell in _cells(line, delimiter)]) for number, line in lines]


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return [line]


def _unquoted(line: str) -> str:
    line = line.strip()
    quoted = re.fullmatch(r'"((?:[^"]|"")*)",?', line)
    return quoted.group(1).replace('""', '"') if quoted else line


def _by_header(row: Sequence[str]) -> dict[str, int]:
    """Columns by the words of a header; empty where no cell of it says where the names are."""
    columns: dict[str, int] = {}
    for at, cell in enumerate(row):
        meaning = MEANINGS.get(search_key(cell[:60]) or ("number" if cell == "#" else ""))
        if meaning:
            columns.setdefault(meaning, at)
    return columns if columns.keys() & {"line", "name", "organisation"} else {}


def _settled(columns: dict[str, int], rows: Sequence[tuple[int, list[str]]]) -> dict[str, int]:
    """In our own files "organisation" is a slug; in a form it is the name, and "name" who filled it in."""
    at = columns.get("organisation")
    if at is None or "line" in columns:
        return columns
    cells = [row[at] for _, row in rows[1:] if at < len(row) and row[at]]
    if "name" in columns and all(map(SLUG.fullmatch, cells)):
        return columns
    return {**{column: i for column, i in columns.items() if column != "organisation"}, "name": at}


def _by_content(rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Columns by their cells: numbers, countries, acronyms tell themselves, the first other has the names."""
    kinds: list[tuple[str, Callable[[str], bool]]] = [
        ("number", lambda cell: re.fullmatch(r"\d{1,6}\.?", cell) is not None),
        ("country", lambda cell: territory(cell) is not None),
        ("acronym", is_acronym),
    ]
    columns: dict[str, int] = {}
    for at in range(max(map(len, rows))):
        cells = [row[at] for row in rows if at < len(row) and row[at]]
        fits = (kind for kind, fit in kinds if cells and sum(map(fit, cells)) >= MOSTLY * len(cells))
        columns.setdefault(next(fits, "name"), at)
    return columns


def _table(rows: Sequence[tuple[int, list[str]]], columns: Mapping[str, int], width: int) -> Table:
    too_wide = [number for number, row in rows if any(row[width:])]
    return Table(
        tuple(
            (number, {column: row[at] for column, at in columns.items() if at < len(row)})
            for number, row in rows
            if not any(row[width:])
        ),
        tuple(
            (n, "This row has more cells than the header: put a name with a comma into quotes.")
            for n in too_wide
        ),
    )
