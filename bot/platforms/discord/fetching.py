"""Fetching a file that somebody sent, from Discord's own addresses alone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from http import HTTPStatus

import aiohttp
import yarl

from bot import log
from bot.dialog.messages import FileRef
from bot.platforms.discord.reading import PLATFORM
from bot.ports import LARGEST_FILE

HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
PAUSES = (0.5, 2.0)
"""Seconds before the second try and the third."""
PATIENCE = 30.0
"""Seconds for all of it."""

_HTTPS = 443
_PIECE = 1 << 16


class Later(Exception):  # noqa: N818  (it says what it says)
    """The server wants to be asked again, in ``seconds`` at the earliest."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


async def fetch(api: str, file: FileRef, pauses: Sequence[float] = PAUSES) -> bytes | None:
    """What the file holds, see ``ports.Fetch``; ``api`` is the address of the API that told of it."""
    url = checked(file.id, api)
    if url is None or file.size > LARGEST_FILE:
        return None
    try:
        async with asyncio.timeout(PATIENCE), _session() as session:
            return await _tried(session, url, pauses)
    except (aiohttp.ClientError, OSError, ValueError, Later) as error:
        log.event(log.Event.FILE_UNREAD, platform=PLATFORM, reason=type(error).__name__)
        return None


def checked(address: str, api: str) -> yarl.URL | None:
    """The address where it is one of Discord's, or of the same server as the API; None for all others.

    Whoever could name another one would have us read what only this machine can reach.
    """
    try:
        url, home = yarl.URL(address), yarl.URL(api)
        at, ours = (url.scheme, url.host, url.port), (home.scheme, home.host, home.port)
    except ValueError:
        return None
    if url.user is not None or url.password is not None:
        return None
    theirs = url.scheme == "https" and url.host in HOSTS and url.port == _HTTPS
    return url if theirs or at == ours else None


def _session() -> aiohttp.ClientSession:
    """A session that sends no token and keeps nothing."""
    return aiohttp.ClientSession(
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"Accept-Encoding": "identity"},
        auto_decompress=False,
    )


async def _tried(session: aiohttp.ClientSession, url: yarl.URL, pauses: Sequence[float]) -> bytes | None:
    """Try until it works; what went wrong the last time is raised."""
    for pause in pauses:
        try:
            return await _once(session, url)
        except Later as later:
            if later.seconds > PATIENCE:
                raise
            await asyncio.sleep(max(pause, later.seconds))
        except (aiohttp.ClientError, OSError):
            await asyncio.sleep(pause)
    return await _once(session, url)


async def _once(session: aiohttp.ClientSession, url: yarl.URL) -> bytes | None:
    """All of it; None where the server refuses, leads elsewhere, or it is too large. Raises Later."""
    async with session.get(url, allow_redirects=False) as answer:
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Later(_seconds(answer.headers.get("Retry-After", "")))
        if answer.status != HTTPStatus.OK:
            return None
        content = bytearray()
        async for piece in answer.content.iter_chunked(_PIECE):
            content += piece
            if len(content) > LARGEST_FILE:
                return None
        return bytes(content)


def _seconds(told: str) -> float:
    return float(told) if told.isdecimal() and len(told) < 6 else 0.0  # noqa: PLR2004  (a day is longer)
