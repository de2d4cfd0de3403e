"""Updates waiting for the bot: handed out by offset, or pushed to a webhook until it says 2xx."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import aiohttp

from tests.peers.telegram_refusal import conflict

FUTURE = 10
"""An offset this far beyond the newest update counts as none: then everything is given from the first on."""
DEFAULT = frozenset({"message", "edited_message", "channel_post", "callback_query", "my_chat_member"})
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

Json = dict[str, Any]


@dataclass
class Hook:
    """A webhook: where updates are pushed, with which secret, so many at a time."""

    url: str
    secret: str = ""
    connections: int = 40
    last_error: str = ""


@dataclass
class Waiting:
    """One update; those of one lane reach a webhook one after another."""

    body: Json
    lane: str

    @property
    def id(self) -> int:
        return int(self.body.get("update_id", -1))


@dataclass
class Updates:
    """The queue. ``patience`` is the longest a poll waits, ``retry`` a pusher's first pause, in seconds."""

    changed: Callable[[], None]
    patience: float = 0.2
    retry: float = 0.05
    next_id: int = 700_000
    allowed: frozenset[str] = DEFAULT
    queue: list[Waiting] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)
    given: list[int] = field(default_factory=list)
    """Every update handed out, as often as it was."""
    polls: int = 0
    hook: Hook | None = None
    _waiter: asyncio.Future[None] | None = None
    _lanes: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _session: aiohttp.ClientSession | None = None
    """Connections to a webhook are kept open and used again, as Telegram does."""

    def add(self, kind: str, body: Json, lane: str) -> int:
        """Put an update at the end, unless the bot does not want its kind; returns its id."""
        self.next_id += 1
        if kind in self.allowed:
            self.add_raw({"update_id": self.next_id, kind: body}, lane)
        return self.next_id

    def add_raw(self, body: Json, lane: str = "") -> None:
        """Put any update at the end."""
        self.queue.append(Waiting(body, lane))
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(None)
        self._push()

    async def get(self, offset: int, limit: int, seconds: int) -> list[Json]:
        """What getUpdates answers: it confirms what stands before ``offset``, and waits for ``seconds``.

        A second poll ends the first with 409.
        """
        self.polls += 1
        if self.hook:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self.end_poll(
            "terminated by other getUpdates request; make sure that only one bot instance is running"
        )
        self._confirm(offset)
        if not self.queue:
            await self._wait(min(seconds, self.patience))
        found = [waiting.body for waiting in self.queue[:limit]]
        self.given += [int(body.get("update_id", -1)) for body in found]
        return found

    def end_poll(self, words: str) -> None:
        """Answer a waiting poll with 409."""
        if self._waiter and not self._waiter.done():
            self._waiter.set_exception(conflict(words))

    async def _wait(self, seconds: float) -> None:
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        with suppress(TimeoutError):
            await asyncio.wait_for(waiter, seconds)

    def _confirm(self, offset: int) -> None:
        newest = self.queue[-1].id if self.queue else self.next_id
        if offset < 0:
            offset = self.queue[max(0, len(self.queue) + offset)].id if self.queue else 0
        if not 0 < offset <= newest + FUTURE:
            return
        self.confirmed += [waiting.id for waiting in self.queue if waiting.id < offset]
        self.queue = [waiting for waiting in self.queue if waiting.id >= offset]
        self.changed()

    def set_hook(self, hook: Hook | None) -> None:
        """Push from now on, or no more."""
        self.end_poll("terminated by setWebhook request")
        self.stop()
        self.hook = hook
        self._push()

    def stop(self) -> None:
        """Push nothing more."""
        for task in self._lanes.values():
            task.cancel()
        self._lanes.clear()

    async def close(self) -> None:
        """Push nothing more, and close the connections."""
        self.stop()
        if self._session:
            await self._session.close()

    def _push(self) -> None:
        if not self.hook:
            return
        for lane in {waiting.lane for waiting in self.queue} - set(self._lanes):
            task = asyncio.get_running_loop().create_task(self._run_lane(self.hook, lane))
            self._lanes[lane] = task
            task.add_done_callback(partial(self._lane_ended, lane))

    def _lane_ended(self, lane: str, done: asyncio.Task[None]) -> None:
        if self._lanes.get(lane) is done:
            del self._lanes[lane]
            self._push()

    async def _run_lane(self, hook: Hook, lane: str) -> None:
        """Push the updates of a lane in order, each until it is taken."""
        self._session = session = self._session or aiohttp.ClientSession()
        pauses: dict[int, float] = defaultdict(lambda: self.retry)
        while mine := [waiting for waiting in self.queue if waiting.lane == lane]:
            first = mine[0]
            if await self._taken(session, hook, first):
                self.confirmed.append(first.id)
                self.queue.remove(first)
                self.changed()
            else:
                await asyncio.sleep(pauses[first.id])
                pauses[first.id] = min(1, pauses[first.id] * 2)

    async def _taken(self, session: aiohttp.ClientSession, hook: Hook, waiting: Waiting) -> bool:
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        self.given.append(waiting.id)
        try:
            async with session.post(hook.url, json=waiting.body, headers=headers) as answer:
                if answer.status // 100 == 2:
                    return True
                hook.last_error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except aiohttp.ClientError as error:
            hook.last_error = type(error).__name__
        return False
