"""Intake by polling: an update is confirmed only after its turn is stored."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial

from telegram.error import Conflict, InvalidToken, TelegramError

from bot import log
from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.intake import Intake
from bot.platforms.telegram.offsets import Offsets
from bot.platforms.telegram.patience import FIRST, Patience
from bot.platforms.telegram.reading import KINDS, PLATFORM, update_id
from bot.platforms.telegram.watching import Watching
from bot.ports import Watch

WAIT = 30
"""Seconds a poll waits for updates."""
MOST_AT_ONCE = 100

_MARGIN = 10.0
_SOON = 0.1
"""Seconds after which new updates are asked for though a turn is not stored yet."""
_FAREWELL = 3.0


class Poller:
    """Polls until it is stopped: ``run`` ends then, or when the token is refused."""

    def __init__(
        self,
        messenger: TelegramMessenger,
        intake: Intake,
        first_pause: float = FIRST,
        watch: Watch | None = None,
    ) -> None:
        self._messenger, self._intake = messenger, intake
        self._watching = Watching(messenger.api, watch)
        self._offsets = Offsets()
        self._patience, self._store_patience = Patience(first_pause), Patience(first_pause)
        self._stored = asyncio.Event()

    def stop(self) -> None:
        """Ask to stop: what was begun is ended, what is stored is confirmed."""
        self._patience.stop()
        self._store_patience.stop()

    async def run(self) -> None:
        """Take updates. Network loss, another poller and what cannot be read are survived."""
        try:
            await self._patience.until_works(self._open)
            while not self._patience.stopped:
                await self._patience.until_works(self._round)
        except InvalidToken:
            await self._intake.drain()
        else:
            await self._end()

    async def _open(self) -> None:
        await self._patience.unless_stopped(self._connect())

    async def _connect(self) -> None:
        await self._messenger.open()
        await self._messenger.api.bot.delete_webhook(drop_pending_updates=False)

    async def _round(self) -> None:
        """One poll, and what it brought."""
        offset = self._offsets.offset
        updates = await self._patience.unless_stopped(self._heard(offset))
        if self._patience.stopped:
            return
        if not isinstance(updates, list):
            raise TypeError("the updates are no list")
        self._take(offset, updates)
        self._patience.good()
        await self._watching.hears()
        await self._until_stored()

    async def _heard(self, offset: int | None) -> object:
        """What a poll brings; where somebody else took it, that is told."""
        try:
            return await self._ask(offset, WAIT)
        except Conflict:
            await self._watching.after_conflict()
            raise

    async def _ask(self, offset: int | None, seconds: int, limit: int = MOST_AT_ONCE) -> object:
        asked = {"timeout": seconds, "limit": limit, "allowed_updates": KINDS}
        if offset is not None:
            asked["offset"] = offset
        found: object = await self._messenger.api.call("getUpdates", asked, patience=seconds + _MARGIN)
        return found

    def _take(self, offset: int | None, updates: list[object]) -> None:
        numbers = [update_id(update) for update in updates]
        if updates and not any(numbers):
            raise TypeError("the updates have no numbers")
        self._offsets.polled(offset, [number for number in numbers if number is not None])
        for number, update in zip(numbers, updates, strict=True):
            if number is None:
                log.event(log.Event.EVENT_UNREADABLE, platform=PLATFORM)
            elif self._offsets.begin(number):
                task = self._intake.begin(update, partial(self._commit, number))
                if task:
                    task.add_done_callback(partial(self._ended, number))

    def _commit(self, number: int) -> None:
        self._offsets.commit(number)
        self._tell()

    def _ended(self, number: int, _task: asyncio.Task[None]) -> None:
        self._offsets.end(number)
        self._tell()

    def _tell(self) -> None:
        if not self._offsets.is_running:
            self._stored.set()

    async def _until_stored(self) -> None:
        """Wait a little until every turn is stored; longer where some could not be, or too much is begun."""
        if self._offsets.is_running:
            self._stored.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stored.wait(), _SOON)
        if self._offsets.has_failed:
            await self._store_patience.pause()
        else:
            self._store_patience.reset()
        await self._intake.has_room()

    async def _end(self) -> None:
        """End what was begun, and confirm what is stored: it would only come again, but it costs a turn."""
        await self._intake.drain()
        if (offset := self._offsets.offset) is not None:
            with suppress(TelegramError, LookupError, TypeError, TimeoutError):
                await asyncio.wait_for(self._ask(offset, 0, 1), _FAREWELL)
