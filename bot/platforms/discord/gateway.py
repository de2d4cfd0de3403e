"""The ear: the gateway is kept open until somebody asks to stop; trouble and its end are logged once each.

Within a session the library resumes and connects again by itself. What it gives up is begun anew here, with
longer and longer pauses, for Discord counts sessions.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

import discord

from bot import log
from bot.platforms.discord.entrance import Entrance
from bot.platforms.discord.messenger import DiscordMessenger
from bot.platforms.discord.reading import PLATFORM
from bot.platforms.discord.sessions import Spent
from bot.ports import Watch

FIRST, LONGEST = 2.0, 300.0
"""Seconds between two tries: at first, and at most."""
_REFUSED = frozenset({4004, 4010, 4011, 4012, 4013, 4014})
"""Codes by which Discord closes what no further try can open."""


class Gateway:
    """Listens until it is stopped: ``run`` ends then, or when Discord refuses the token or the settings."""

    def __init__(
        self,
        messenger: DiscordMessenger,
        entrance: Entrance,
        watch: Watch | None = None,
        first_pause: float = FIRST,
    ) -> None:
        self._messenger, self._entrance, self._watch = messenger, entrance, watch
        self._first = self._next = first_pause
        self._stop = asyncio.Event()
        self._bad = True
        messenger.api.on("ready", self.on_ready)
        messenger.api.on("resumed", self.on_resumed)

    def stop(self) -> None:
        """Ask it to stop: what was begun is ended."""
        self._stop.set()

    async def run(self) -> None:
        """Listen. Whatever the network does is survived."""
        stopping = asyncio.ensure_future(self._stop.wait())
        listening = asyncio.ensure_future(self._listen())
        await asyncio.wait({stopping, listening}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        await self._entrance.drain()
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening

    async def on_ready(self) -> None:
        """We hear; it may be told many times."""
        self._next = self._first
        if self._bad:
            self._bad = False
            log.event(log.Event.PLATFORM_STARTED, platform=PLATFORM)
        if self._watch:
            await self._watch.heard(PLATFORM)

    async def on_resumed(self) -> None:
        """We hear again, and missed nothing."""
        await self.on_ready()

    async def _listen(self) -> None:
        while not self._stop.is_set():
            least = 0.0
            try:
                await self._messenger.api.open()
                await self._messenger.api.listen()
            except Spent as spent:
                self._tell(spent)
                least = spent.seconds
            except Exception as error:  # noqa: BLE001  (whatever it is, the other platforms go on)
                self._tell(error)
                if _is_final(error):
                    return
            await self._pause(least)

    def _tell(self, error: Exception) -> None:
        if not self._bad or self._next == self._first:
            reason = "token" if _is_final(error) else type(error).__name__
            log.event(log.Event.PLATFORM_FAILED, platform=PLATFORM, error=error, reason=reason)
        self._bad = True

    async def _pause(self, least: float) -> None:
        """Wait: longer than the last time, and at least so many seconds, in which we can still speak."""
        if least:
            await self._messenger.try_to_open()
        else:
            await self._messenger.api.close()
        seconds, self._next = max(least, self._next), min(self._next * 2, LONGEST)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)


def _is_final(error: Exception) -> bool:
    """Whether only another token or other settings help."""
    if isinstance(error, discord.ConnectionClosed):
        return error.code in _REFUSED
    return isinstance(error, discord.LoginFailure | discord.PrivilegedIntentsRequired)
