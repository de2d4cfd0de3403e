"""What Discord tells of files that people sent (pure); whatever stands there, nothing here raises."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bot.dialog.messages import FileRef
from bot.platforms.discord import raw
from bot.platforms.discord.raw import Raw

FILE_OPTION = 11
"""The type of an option of a command that takes a file."""

_PICTURES = ("image/", "audio/", "video/")
"""Beginnings of the types of what we cannot read."""
_MOST, _LONGEST_ADDRESS, _LONGEST_NAME = 10, 2048, 255


def beside(message: object) -> tuple[FileRef, ...]:
    """The files beside a message, without pictures and sounds."""
    return tuple(_readable(islice(raw.children(message, "attachments"), _MOST)))


def picked(command: Raw) -> FileRef | None:
    """The file of an option that takes one; the option itself has its number only."""
    known = raw.child(raw.child(command, "resolved"), "attachments")
    options = [each for each in raw.children(command, "options") if each.get("type") == FILE_OPTION]
    found = (_file(raw.child(known, raw.id_of(each, "value"))) for each in options)
    return next((file for file in found if file), None)


def _readable(attachments: Iterator[Raw]) -> Iterator[FileRef]:
    for each in attachments:
        if not raw.text(each.get("content_type")).startswith(_PICTURES) and (file := _file(each)):
            yield file


def _file(attachment: Raw | None) -> FileRef | None:
    """A file, fetched by its address."""
    address, name = (raw.text(raw.part(attachment, part)) for part in ("url", "filename"))
    if not 0 < len(address) <= _LONGEST_ADDRESS:
        return None
    return FileRef(address, name[-_LONGEST_NAME:], raw.number(raw.part(attachment, "size")) or 0)
