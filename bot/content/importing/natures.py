"""What a file is by its first bytes: a Word or Excel file, something that is not read, or plain text."""

from __future__ import annotations

from bot.content.importing.package import Package, package
from bot.content.importing.zipped import START, open_archive

OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
OLD_KINDS = {
    "EncryptedPackage".encode("utf-16-le"): "upload.locked",
    "Workbook".encode("utf-16-le"): "upload.sheet",
}
"""Parts of the old kind of Office file, into which a new one with a password is put too."""
OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument."
FIRST_BYTES = 200
"""An OpenDocument file says in these what it is."""
BEGINNINGS = {b"%PDF": "upload.pdf", b"{\\rtf": "upload.rtf"}
UNREAD = {
    "upload.pdf": "a PDF file",
    "upload.rtf": "an RTF file",
    "upload.old-word": "an old Word file",
    "upload.open-document": "an OpenDocument file",
    "upload.locked": "a file with a password",
    "upload.sheet": "a spreadsheet",
    "upload.too-large": "a file too large to unpack",
    "upload.broken": "a broken or unknown zip file",
    "upload.no-text": "no text",
}
"""What is not read as a text: the key of the phrase that says what to do, and a word for it in a report."""


def nature(content: bytes) -> Package | str:
    """The Word or Excel file that ``content`` is, or a key of ``UNREAD``; "" for what may be text."""
    if content.startswith(OLD_OFFICE):
        return next((key for mark, key in OLD_KINDS.items() if mark in content), "upload.old-word")
    if not content.startswith(START):
        return next((key for start, key in BEGINNINGS.items() if content.startswith(start)), "")
    archive = open_archive(content)
    if isinstance(archive, str):
        return archive
    if OPEN_DOCUMENT in content[:FIRST_BYTES]:
        return "upload.open-document"
    return package(archive) or "upload.broken"
