"""An Excel file (.xlsx): the rows of its first sheet that holds any. Formulas are never calculated.

Read by our own eyes: a library that lays a sheet out in memory is killed by two cells far apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.content.importing.cells import Formats, read_formats
from bot.content.importing.delimited import Rows
from bot.content.importing.elements import Element, EnoughError, listen
from bot.content.importing.package import Package

MOST_HEARD = 400_000
"""Elements of a sheet, or of the texts its cells share; for the rows taken an honest one needs fewer."""
COLUMN = re.compile(r"[A-Z]{1,3}")
FIRST_LETTER = ord("A") - 1
TRUTHS = {"1": "TRUE", "0": "FALSE"}
SHOWN = "visible"
TEXTS = frozenset({"s:t", "s:v"})


def sheet_rows(package: Package, most_rows: int, most_columns: int) -> Rows | None:
    """The first sheet that holds anything, one row and one column further than the limits at most.

    None where this is no Excel file that can be read.
    """
    book = package.document()
    if book is None or book.name != "s:workbook":
        return None
    strings = _Strings()
    listen(next(package.parts("sharedStrings"), b""), strings)
    about = book.first("s:workbookPr")
    early = about is not None and about.attributes.get("date1904") in {"1", "true"}
    formats = read_formats(next(package.related("styles"), None), from_1904=early)
    for part in _sheets(book, package):
        sheet = _Sheet(strings.texts, formats, most_rows, most_columns)
        listen(package.archive.part(part), sheet)
        if sheet.rows:
            return sheet.rows
    return []


def _sheets(book: Element, package: Package) -> Iterable[str]:
    """The parts of the sheets that are not hidden, in the order of the book, each once."""
    listed = book.first("s:sheets")
    shown = (
        each for each in (listed.children if listed else ()) if each.attributes.get("state", SHOWN) == SHOWN
    )
    found = (package.relations.get(each.attributes.get("r:id", "")) for each in shown)
    return dict.fromkeys(each.target for each in found if each and each.kind == "worksheet")


class _Strings:
    """Hears the texts that cells share; how to read them aloud ("rPh") is no part of them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._in_text = False
        self._aloud = False
        self._heard = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._heard += 1
        if self._heard > MOST_HEARD:
            raise EnoughError
        self._in_text = name == "s:t"
        self._aloud |= name == "s:rPh"

    def end(self, name: str) -> None:
        self._in_text = False
        if name == "s:rPh":
            self._aloud = False
        elif name == "s:si":
            self.texts.append("".join(self._pieces))
            self._pieces = []

    def characters(self, text: str) -> None:
        if self._in_text and not self._aloud:
            self._pieces.append(text)


@dataclass(slots=True)
class _Sheet:
    """Hears a sheet, row by row."""

    strings: list[str]
    formats: Formats
    most_rows: int
    most_columns: int
    rows: Rows = field(default_factory=list)
    _heard: int = 0
    _row: int = 0
    _column: int = 0
    _cell: dict[str, str] = field(default_factory=dict)
    _cells: dict[int, str] = field(default_factory=dict)
    _pieces: list[str] = field(default_factory=list)
    _in_text: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._heard += 1
        if self._heard > MOST_HEARD:
            raise EnoughError
        self._in_text = name in TEXTS
        if name == "s:row":
            self._row, self._column, self._cells = _number(attributes.get("r", ""), self._row + 1), 0, {}
        elif name == "s:c":
            self._cell, self._pieces = attributes, []
            self._column = _column(attributes.get("r", ""), self._column + 1)

    def end(self, name: str) -> None:
        self._in_text = False
        if name == "s:c" and self._column <= self.most_columns + 1:
            if text := self._text("".join(self._pieces)).strip():
                self._cells[self._column] = text
        elif name == "s:row" and self._cells:
            width = max(self._cells)
            self.rows.append((self._row, [self._cells.get(at, "") for at in range(1, width + 1)]))
            if len(self.rows) > self.most_rows:
                raise EnoughError

    def characters(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)

    def _text(self, value: str) -> str:
        match self._cell.get("t", "n"):
            case "s":
                at = _number(value, -1)
                return self.strings[at] if 0 <= at < len(self.strings) else ""
            case "n":
                return self.formats.text(value, self._cell.get("s", "0"))
            case "b":
                return TRUTHS.get(value, value)
            case "e":
                return ""
            case _:
                return value


def _column(reference: str, following: int) -> int:
    found = COLUMN.match(reference)
    number = 0
    for letter in found.group() if found else "":
        number = number * 26 + ord(letter) - FIRST_LETTER
    return number or following


def _number(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else default  # noqa: PLR2004
