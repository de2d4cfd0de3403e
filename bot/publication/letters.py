"""The fonts that come with the bot: where they are, and which letters they have."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"

_BY_SEGMENTS = 4
"""The layout of a font's table of letters that all of ours have (OpenType, cmap)."""

_DRAWN_BY_NONE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def covered(text: str) -> bool:
    """Whether our own fonts have every letter of ``text``; what is never drawn needs none."""
    return all(ord(c) in _letters() or unicodedata.category(c) in _DRAWN_BY_NONE for c in set(text))


@cache
def _letters() -> frozenset[int]:
    return frozenset(code for file in FOLDER.glob("*.ttf") for code in _letters_of(file.read_bytes()))


def _letters_of(font: bytes) -> Iterator[int]:
    """The code points that a font's table of letters names."""
    start = _table(font, b"cmap")
    for place in range(_short(font, start + 2)):
        (offset,) = struct.unpack_from(">I", font, start + 8 + 8 * place)
        if _short(font, start + offset) == _BY_SEGMENTS:
            yield from _segments(font, start + offset)


def _segments(font: bytes, at: int) -> Iterator[int]:
    size = _short(font, at + 6)
    for place in range(0, size, 2):
        last, first = _short(font, at + 14 + place), _short(font, at + 16 + size + place)
        yield from range(first, last + 1)


def _table(font: bytes, tag: bytes) -> int:
    """Where a table begins."""
    for place in range(_short(font, 4)):
        name, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * place)
        if name == tag:
            return int(offset)
    raise ValueError(f"a font without {tag!r}")


def _short(font: bytes, at: int) -> int:
    (number,) = struct.unpack_from(">H", font, at)
    return int(number)
