"""From a raw update to a turn: read, asked for where needed, taken, its press released."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot import log
from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Incoming
from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.reading import PLATFORM, read, update_id

Take = Callable[[Incoming, Callable[[], None]], Awaitable[None]]
"""Takes an event and calls back once it is stored; ``Turns.take``."""

Asked = Callable[[Incoming], Awaitable[ChatRef | None]]
"""The room of which it must be known, for an event, whether its person runs it; ``needs_administrator``."""

SLOW = 3.0
"""Seconds after which the person sees that we are at work."""
MOST = 1000
"""Events at work, beyond which no further one is begun."""
REMEMBERED = 20.0
"""Seconds for which we remember who does not run a room: pressing again and again costs Telegram nothing."""
DRAIN = 10.0

_MOST_REMEMBERED = 1000


async def of_none(_incoming: Incoming) -> ChatRef | None:
    """Nobody need be known to run a room."""
    return None


class Intake:
    """Hands updates on. ``needs_administrator`` says of which room it must be known who runs it."""

    def __init__(
        self,
        messenger: TelegramMessenger,
        take: Take,
        needs_administrator: Asked = of_none,
        slow: float = SLOW,
    ) -> None:
        self._messenger, self._take, self._slow = messenger, take, slow
        self._needs_administrator = needs_administrator
        self._runs: dict[tuple[str, str], tuple[float, asyncio.Task[bool | None]]] = {}
        self._work: set[asyncio.Task[None]] = set()

    @property
    def full(self) -> bool:
        """Whether so much is at work that nothing more should be begun."""
        return len(self._work) >= MOST

    def begin(self, update: object, committed: Callable[[], None]) -> asyncio.Task[None] | None:
        """Begin with an update; None where there is nothing to do, and ``committed`` was called.

        Else the task ends when the event is answered; where it ends without a call of ``committed``, nothing
        was stored.
        """
        if self._messenger.me is None:
            raise RuntimeError("the messenger is not open")
        incoming = read(update, self._messenger.me)
        if incoming is None:
            if update_id(update) is None:
                log.event(log.Event.EVENT_UNREADABLE, platform=PLATFORM)
            committed()
            return None
        return self._start(self._turn(incoming, committed))

    async def has_room(self) -> None:
        """Wait until something more may be begun."""
        while self.full:
            await asyncio.wait(self._work, return_when=asyncio.FIRST_COMPLETED)

    async def drain(self, seconds: float = DRAIN) -> None:
        """Wait until all that was begun is over, but not longer than this."""
        if self._work:
            await asyncio.wait(self._work, timeout=seconds)

    def _start(self, work: Awaitable[None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)
        return task

    async def _turn(self, incoming: Incoming, committed: Callable[[], None]) -> None:
        slow = asyncio.get_running_loop().call_later(self._slow, self._show_work, incoming)
        try:
            await self._guarded(incoming, committed)
            await self._messenger.release(incoming)
        finally:
            slow.cancel()
            self._messenger.forget(incoming)

    async def _guarded(self, incoming: Incoming, committed: Callable[[], None]) -> None:
        try:
            await self._take(await self._known(incoming), committed)
        except Exception as error:  # noqa: BLE001  (one event must not stop the others)
            log.event(log.Event.TURN_FAILED, error=error, event_id=incoming.event, platform=PLATFORM)

    def _show_work(self, incoming: Incoming) -> None:
        self._start(self._messenger.show_work(incoming))

    async def _known(self, incoming: Incoming) -> Incoming:
        """The event with what Telegram says of its person and a room, where that is needed."""
        room, person = await self._needs_administrator(incoming), incoming.person
        if room is None or person is None:
            return incoming
        return replace(incoming, room=room, administrator=await self._administrator(room, person))

    async def _administrator(self, chat: ChatRef, person: AccountRef) -> bool | None:
        key, now = (chat.id, person.id), asyncio.get_running_loop().time()
        until, asking = self._runs.get(key, (0.0, None))
        if asking is None or until < now:
            if len(self._runs) >= _MOST_REMEMBERED:
                self._runs.clear()
            asking = asyncio.ensure_future(self._messenger.is_administrator(chat, person))
            self._runs[key] = (now + REMEMBERED, asking)
        known = await asyncio.shield(asking)
        if known is not False:  # who runs it now may not run it at the next press
            self._runs.pop(key, None)
        return known
