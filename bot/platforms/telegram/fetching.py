"""Fetching a file that somebody sent: the server names its place, then it is read from there."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import quote

from telegram.error import BadRequest, NetworkError, TelegramError

from bot import log
from bot.dialog.messages import FileRef
from bot.platforms.telegram.reading import PLATFORM
from bot.platforms.telegram.request import Api, NotThere, TooMany
from bot.ports import LARGEST_FILE

PAUSES = (0.5, 2.0)
"""Seconds before the second try and the third."""
PATIENCE = 30.0
"""Seconds for all of it: the server that pushes to us waits for a minute."""

_LONGEST_PATH = 1000


async def fetch(api: Api, file: FileRef, pauses: Sequence[float] = PAUSES) -> bytes | None:
    """What the file holds, see ``ports.Fetch``."""
    if file.size > LARGEST_FILE:
        return None
    try:
        async with asyncio.timeout(PATIENCE):
            return await _tried(api, file, pauses)
    except (TelegramError, TimeoutError, LookupError, TypeError) as error:
        log.event(log.Event.FILE_UNREAD, platform=PLATFORM, reason=type(error).__name__)
        return None


async def _tried(api: Api, file: FileRef, pauses: Sequence[float]) -> bytes | None:
    """Try until it works, or until what is wrong will not pass; then it is raised."""
    for pause in pauses:
        try:
            return await _once(api, file)
        except BadRequest:  # to the library it is a kind of network loss
            raise
        except (NetworkError, NotThere):
            await asyncio.sleep(pause)
        except TooMany as refusal:
            if refusal.seconds > PATIENCE:
                raise
            await asyncio.sleep(max(pause, refusal.seconds))
    return await _once(api, file)


async def _once(api: Api, file: FileRef) -> bytes | None:
    place = (await api.call("getFile", {"file_id": file.id}))["file_path"]
    path = path_of(place)
    return None if path is None else await api.download(path, LARGEST_FILE)


def path_of(place: object) -> str | None:
    """The place below the file tree, escaped for an address; None where it leads out of it.

    A server of one's own may name a place on its disk, from the root: that is none of the tree.
    """
    if not isinstance(place, str) or not place or len(place) > _LONGEST_PATH:
        return None
    pieces = place.split("/")
    if "\\" in place or any(piece in {"", ".", ".."} for piece in pieces):
        return None
    return quote(place, safe="/", errors="replace")
