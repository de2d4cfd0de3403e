"""What a picture (PNG, 8 bits a channel) shows, read without the library that drew it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from struct import unpack_from


def size(picture: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = unpack_from(">II", picture, 16)
    return width, height


def reds(picture: bytes) -> list[bytes]:
    """The red channel, row by row: 0 for black and 255 for white."""
    width, height = size(picture)
    channels = {2: 3, 6: 4}[picture[25]]
    rows = zlib.decompress(b"".join(_chunks(picture, b"IDAT")))
    stride = width * channels
    above, found = bytes(width), list[bytes]()
    for at in range(0, height * (stride + 1), stride + 1):
        above = _unfiltered(rows[at], rows[at + 1 : at + 1 + stride : channels], above)
        found.append(above)
    return found


def _chunks(picture: bytes, kind: bytes) -> Iterator[bytes]:
    at = 8
    while at < len(picture):
        (length,) = unpack_from(">I", picture, at)
        if picture[at + 4 : at + 8] == kind:
            yield picture[at + 8 : at + 8 + length]
        at += length + 12


def _unfiltered(kind: int, row: bytes, above: bytes) -> bytes:
    """One channel of a row as it was before one of PNG's five filters made it small."""
    done, left, corner = bytearray(), 0, 0
    for value, up in zip(row, above, strict=True):
        guess = _guess(kind, left, up, corner) if kind else 0
        left, corner = (value + guess) & 0xFF, up
        done.append(left)
    return bytes(done)


def _guess(kind: int, left: int, up: int, corner: int) -> int:
    match kind:
        case 1:
            return left
        case 2:
            return up
        case 3:
            return (left + up) // 2
        case _:
            guess = left + up - corner
            return min((left, up, corner), key=lambda value: abs(guess - value))
