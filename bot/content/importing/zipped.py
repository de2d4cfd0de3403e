"""A zip file from a stranger (Word and Excel files are such): opened only as far as it is small and sound.

Sizes and entries are counted in the zip's directory before anything is unpacked. The directory may lie, so
that each part is unpacked only as far as it says; nothing here is ever written to a disk.
"""

from __future__ import annotations

import io
import lzma
import struct
import zlib
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

START = b"PK\x03\x04"
MOST_UNPACKED = 20_000_000
MOST_ENTRIES = 1_000
"""Bytes and files in one upload."""
LARGEST_DIRECTORY = 500_000
"""Bytes of a directory of so many entries; the library reads it whole before it says how many there are."""
END, END_LENGTH, LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
LARGE_MARK, LARGE_LENGTH = b"PK\x06\x07", 20
BROKEN = (
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    zlib.error,
)
"""All that the library raises for a file that is no zip file or a broken one."""


@dataclass(frozen=True, slots=True)
class Archive:
    """An opened zip file: its parts by name."""

    parts: dict[str, ZipInfo]
    file: ZipFile

    def part(self, name: str) -> bytes:
        """A part unpacked, at most as long as the directory says; empty where it is missing or broken."""
        entry = self.parts.get(name)
        if entry is None or entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            return b""
        try:
            with self.file.open(entry) as opened:
                return opened.read(entry.file_size)
        except BROKEN:
            return b""


def open_archive(content: bytes) -> Archive | str:
    """The zip file, or why it stays shut: the key of a phrase ("upload.too-large", "upload.broken")."""
    end = content.rfind(
        END, max(0, len(content) - END_LENGTH - LONGEST_COMMENT), len(content) - END_LENGTH + 4
    )
    if end < 0:
        return "upload.broken"
    (directory,) = struct.unpack_from("<I", content, end + 12)
    if directory > LARGEST_DIRECTORY or content[max(0, end - LARGE_LENGTH) : end].startswith(LARGE_MARK):
        return "upload.too-large"
    try:
        file = ZipFile(io.BytesIO(content))
    except BROKEN:
        return "upload.broken"
    entries = file.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        return "upload.too-large"
    return Archive({entry.filename: entry for entry in entries}, file)
