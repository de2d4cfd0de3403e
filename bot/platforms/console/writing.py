"""A message as rows of text for a terminal or a pipe (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.dialog.messages import Key, Outgoing
from bot.dialog.text import (
    Block,
    Bold,
    Bullets,
    Code,
    Heading,
    Inline,
    Instant,
    Italic,
    Line,
    Link,
    Paragraph,
    Plain,
    Quote,
)
from bot.platforms.console.characters import Row, cells, hang, inert, join, measure, wrap

_BOLD, _ITALIC, _UNDERLINED, _FAINT, _HEADING, _NUMBER = "1", "3", "4", "2", "1;4", "1;36"
_GAP = "   "

NARROWEST = 20
"""Columns below which nothing can be laid out."""


@dataclass(frozen=True, slots=True)
class Look:
    """What output looks like: columns (``NARROWEST`` or more), whether styled, what stands before a row."""

    width: int = 80
    colours: bool = False
    mark: str = ""


def write(outgoing: Outgoing, look: Look, above: str = "") -> list[str]:
    """The rows of a card: a remark, its blocks, its buttons by number, with an empty row between each two.

    No row is wider than ``look.width``, and none holds a control character but the styles'.
    """
    width = look.width - measure(cells(look.mark))
    parts = [
        _remark(above, width),
        *(list(_block(block, width)) for block in outgoing.text),
        list(_buttons(outgoing.keys, width)),
    ]
    return [(look.mark + _paint(row, look)).rstrip() for row in _apart(parts)]


def write_remark(text: str, look: Look) -> list[str]:
    """The rows of a remark of the console itself."""
    return write(Outgoing(()), look, above=text)


def write_address(text: str, address: str, look: Look) -> list[str]:
    """A remark and the address of a page or a file, unbroken however long it is, so that it can be copied."""
    return [*write_remark(text, look), look.mark + inert(address).replace("\n", "")]


def _apart(parts: Iterable[Sequence[Row]]) -> Iterator[Row]:
    for number, part in enumerate(filter(None, parts)):
        if number:
            yield []
        yield from part


def _remark(text: str, width: int) -> list[Row]:
    return list(wrap(cells(text, _FAINT), width)) if text else []


def _block(block: Block, width: int) -> Iterator[Row]:
    match block:
        case Paragraph(lines):
            for line in lines:
                yield from wrap(_line(line), width)
        case Heading(line):
            yield from wrap(_line(line, _HEADING), width)
        case Bullets(items, first):
            for number, item in enumerate(items, first or 0):
                mark = "• " if first is None else f"{number}. "
                yield from hang(cells(mark), _line(item), width)
        case Quote(blocks):
            bar = cells("│ ", _FAINT)
            for row in _apart(list(_block(inner, width - len(bar))) for inner in blocks):
                yield [*bar, *row]


def _line(line: Line, style: str = "") -> Row:
    return [cell for piece in line for cell in _piece(piece, style)]


def _piece(piece: Inline, style: str) -> Row:
    match piece:
        case Plain(text) | Instant(text) | Code(text):
            return cells(text, style)
        case Bold(text):
            return cells(text, style or _BOLD)
        case Italic(text):
            return cells(text, style or _ITALIC)
        case Link(text, url):
            shown = cells(text, _UNDERLINED)
            return shown if text == url else [*shown, *cells(f" ({url})", _FAINT)]


def _buttons(keys: tuple[tuple[Key, ...], ...], width: int) -> Iterator[Row]:
    """The rows of buttons as they were meant, further ones where they do not fit."""
    number = 0
    for keys_of_row in keys:
        row: Row = []
        for key in keys_of_row:
            number += 1
            mark, label = _button(number, key)
            fits = row and measure(row) + len(_GAP) + measure(mark) + measure(label) <= width
            if row and not fits:
                yield row
            *full, row = [join([row, [*mark, *label]], _GAP)] if fits else hang(mark, label, width)
            yield from full
        yield row


def _button(number: int, key: Key) -> tuple[Row, Row]:
    label = inert(key.label).replace("\n", " ")
    return [*cells(f"[{number}]", _NUMBER), *cells(" ")], cells(f"{label} ↗" if key.url else label)


def _paint(row: Row, look: Look) -> str:
    if not look.colours:
        return "".join(character for character, _ in row)
    pieces = ((style, "".join(character for character, _ in run)) for style, run in groupby(row, key=_style))
    return "".join(f"\x1b[{style}m{text}\x1b[0m" if style else text for style, text in pieces)


def _style(cell: tuple[str, str]) -> str:
    return cell[1]
