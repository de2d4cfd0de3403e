"""Trying again, less and less often, until it works or somebody asks to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from telegram.error import InvalidToken, TelegramError

from bot import log
from bot.platforms.telegram.reading import PLATFORM
from bot.platforms.telegram.request import TooMany

T = TypeVar("T")

FIRST, LONGEST = 1.0, 30.0
"""Seconds between two tries: at first, and at most."""


class Patience:
    """The pauses of one who talks to Telegram; trouble and its end are logged once each."""

    def __init__(self, first: float = FIRST) -> None:
        self._first = self._next = first
        self._stop = asyncio.Event()
        self._bad = True
        self._work: asyncio.Future[Any] | None = None

    @property
    def stopped(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask to stop: pauses and what runs ``unless_stopped`` end at once."""
        self._stop.set()
        if self._work:
            self._work.cancel()

    async def unless_stopped(self, work: Coroutine[Any, Any, T]) -> T | None:
        """What the work gives; None where somebody asked to stop meanwhile."""
        task: asyncio.Future[T] = asyncio.ensure_future(work)
        self._work = task
        try:
            return await task
        except asyncio.CancelledError:
            if not self.stopped:
                raise
            return None

    async def stopped_within(self, seconds: float) -> bool:
        """Wait for so long; whether somebody asked to stop meanwhile."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)
        return self.stopped

    async def until_works(self, step: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Try a step until it works or somebody asks to stop; a refused token is raised (InvalidToken)."""
        while not self.stopped:
            try:
                await step()
            except InvalidToken as error:
                log.event(log.Event.PLATFORM_FAILED, platform=PLATFORM, error=error, reason="token")
                raise
            except (TelegramError, LookupError, TypeError) as error:
                await self.after(error)
            else:
                return

    def good(self) -> None:
        """It works."""
        self.reset()
        if self._bad:
            self._bad = False
            log.event(log.Event.PLATFORM_STARTED, platform=PLATFORM)

    def reset(self) -> None:
        """The next pause is short again."""
        self._next = self._first

    async def after(self, error: Exception) -> None:
        """It does not: pause."""
        if self._next == self._first or not self._bad:
            log.event(log.Event.PLATFORM_FAILED, platform=PLATFORM, error=error, reason=type(error).__name__)
        self._bad = True
        await self.pause(error.seconds if isinstance(error, TooMany) else 0)

    async def pause(self, least: float = 0) -> None:
        """Pause for longer than the last time, and for ``least`` seconds."""
        seconds, self._next = max(least, self._next), min(self._next * 2, LONGEST)
        await self.stopped_within(seconds)
