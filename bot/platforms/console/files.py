"""Files the bot sent, saved where the person at the console finds them, and files of theirs for the bot."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path

from bot.campaign.refs import ChatRef
from bot.campaign.refusal import Refusal
from bot.dialog.messages import Attachment, FileRef, Incoming
from bot.platforms.console.characters import inert
from bot.platforms.console.reading import Picked
from bot.ports import LARGEST_FILE

_LONGEST = 200
"""Bytes of a name: more than any chat of ours needs, less than any file system takes."""


def save(folder: Path, chat: ChatRef, attachment: Attachment) -> Path:
    """Write the file to the chat's folder in ``folder``, in place of an earlier one; OSError if it fails.

    Nobody else may read the folders made on the way (mode 0700) and the file (0600).
    """
    place = folder / file_name(chat.id)
    for made in (folder.parent, folder, place):
        made.mkdir(mode=0o700, exist_ok=True)
    path = place / file_name(attachment.name)
    descriptor, unfinished = tempfile.mkstemp(dir=place)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(attachment.content)
        Path(unfinished).replace(path)
    except OSError:
        Path(unfinished).unlink()
        raise
    return path


def attach(picked: Picked) -> Incoming | Refusal:
    """The event with the file it is to carry, read here and now; the refusal is a remark of the console's."""
    try:
        path = Path(picked.path).expanduser()
        if not path.is_file():
            return Refusal("console.no-file")
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError, RuntimeError):  # the last: nobody knows where that home is
        return Refusal("console.file-closed")
    if len(content) > LARGEST_FILE:
        return Refusal("console.file-large")
    return replace(picked.incoming, file=FileRef("", file_name(path.name), len(content)), content=content)


def file_name(name: str) -> str:
    """The name without folders, control characters and leading points; "file" where nothing is left."""
    plain = inert(name).replace("\\", "/").replace("\n", " ").rpartition("/")[2].strip(" .")
    stem, point, ending = plain.rpartition(".")
    if not point or len(ending) > _LONGEST // 4:
        return _cut(plain, _LONGEST) or "file"
    return _cut(stem, _LONGEST - len(ending.encode()) - 1) + point + ending


def _cut(text: str, limit: int) -> str:
    return text.encode()[:limit].decode(errors="ignore")
