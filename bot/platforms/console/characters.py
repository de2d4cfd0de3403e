"""Characters on a terminal: made harmless, measured, and broken into rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain

from prompt_toolkit.utils import get_cwidth

from bot.campaign.lookalike import graphemes

Cell = tuple[str, str]
"""One character as people see it, and its style: the number of an ANSI sequence ("1" is bold, "" none)."""

Row = list[Cell]

_WIDEST = 8
"""Columns of the widest character there is: a family of four, on a terminal that cannot join it."""

_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[^\x1b\n])?")
_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HALF = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without escape sequences and control characters; tabs are blanks, line ends are line feeds."""
    lines = _BREAK.sub("\n", _SEQUENCE.sub("", text)).replace("\t", " ")
    return _HALF.sub("\ufffd", _CONTROL.sub("", lines))


def inert(text: str) -> str:
    """The cleaned text without what turns the direction of writing, so that it shows in the order it has."""
    return _TURNED.sub("", clean(text))


def cells(text: str, style: str = "") -> Row:
    """The inert text in one style."""
    return [(part, style) for character in graphemes(inert(text)) for part in _parts(character)]


def measure(row: Iterable[Cell]) -> int:
    """Columns of a row, as many as any terminal gives it: some show joined emoji and Burmese marks apart."""
    return sum(_columns(character) for character, _ in row)


def wrap(row: Iterable[Cell], width: int) -> Iterator[Row]:
    """The row in rows of at most ``width`` columns.

    It is broken at blanks and between wide characters, and anywhere in a word that fills a row alone. A
    character is never broken. A line feed ends a row. There is at least one row.
    """
    line: Row = []
    used, cut = 0, 0
    for cell in row:
        if cell[0] == "\n":
            yield _trimmed(line)
            line, used, cut = [], 0, 0
            continue
        columns = _columns(cell[0])
        while line and used + columns > width and not cell[0].isspace():
            cut = cut or len(line)
            yield _trimmed(line[:cut])
            line, cut = line[cut:], 0
            used = measure(line)
        line.append(cell)
        used += columns
        if cell[0].isspace() or unicodedata.east_asian_width(cell[0][0]) == "W":
            cut = len(line)
    yield _trimmed(line)


def hang(mark: Row, row: Row, width: int) -> Iterator[Row]:
    """The wrapped row behind a mark such as "1. "; its further rows stand under its first character."""
    indent = measure(mark)
    for number, rest in enumerate(wrap(row, width - indent)):
        yield [*(mark if number == 0 else [(" ", "")] * indent), *rest]


def join(rows: Iterable[Row], gap: str) -> Row:
    """The rows one after another with ``gap`` between them."""
    apart = ([*(cells(gap) if number else []), *row] for number, row in enumerate(rows))
    return list(chain.from_iterable(apart))


def _parts(character: str) -> Iterable[str]:
    """The character, or its codes where somebody chained so many that it would fill a row."""
    return (character,) if _columns(character) <= _WIDEST else character


def _trimmed(row: Row) -> Row:
    end = len(row)
    while end and row[end - 1][0].isspace():
        end -= 1
    return row[:end]


def _columns(character: str) -> int:
    return get_cwidth(character) + sum(map(_may_widen, character))


def _may_widen(code: str) -> bool:
    """Spacing marks and the sign that asks for an emoji: some terminals give them a column."""
    return code == "\ufe0f" or (unicodedata.category(code) == "Mc" and get_cwidth(code) == 0)
