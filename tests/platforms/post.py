"""The outbox with one real messenger on a clock of ours, which stands while anything is on its way.

So the strict server sees each message at its own moment.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Incoming, Outgoing
from bot.outbox.deliver import Deliverer
from bot.ports import Messenger, Receipt
from tests.outbox.made import Desk, Hands, says

SECOND = timedelta(seconds=1)


class Time(Hands):
    """A clock that goes on to whoever sleeps shortest, once nothing is on its way."""

    def __init__(self) -> None:
        super().__init__()
        self.on_their_way = 0
        self._order = count()
        self._sleepers: list[tuple[datetime, int, asyncio.Event]] = []

    def seconds(self) -> float:
        return self.time.timestamp()

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        until = self.time + timedelta(seconds=seconds)
        heapq.heappush(self._sleepers, (until, next(self._order), woken))
        await woken.wait()

    async def run(self) -> None:
        while True:
            for _ in range(5):
                await asyncio.sleep(0)
            if self.on_their_way or not self._sleepers:
                await asyncio.sleep(0.001)
                continue
            until, _, woken = heapq.heappop(self._sleepers)
            self.time = max(self.time, until)
            woken.set()


class OnTheirWay:
    """The real messenger; it counts what is on its way."""

    def __init__(self, real: Messenger, time: Time) -> None:
        self.real, self.time = real, time

    async def send(
        self, chat: ChatRef, outgoing: Outgoing, *, replaces: str = "", nonce: str = ""
    ) -> Receipt:
        self.time.on_their_way += 1
        try:
            return await self.real.send(chat, outgoing, replaces=replaces, nonce=nonce)
        finally:
            self.time.on_their_way -= 1

    async def answer(self, incoming: Incoming, outgoing: Outgoing) -> Receipt:
        return await self.real.answer(incoming, outgoing)

    def private_chat(self, account: AccountRef) -> ChatRef:
        return self.real.private_chat(account)


@dataclass
class Post(Desk):
    """The outbox with one platform."""

    time: Time = field(default_factory=Time)

    def on(self, platform: str, messenger: Messenger) -> None:
        """Speak through this messenger."""
        self.deliverer = Deliverer(
            self.store,
            {platform: OnTheirWay(messenger, self.time)},
            self.compose,
            self.time,
            self.ids,
            "post",
            ask=self.ask,
            limits=self.limits,
            sleep=self.time.sleep,
        )

    async def pass_by(self, seconds: int, step: timedelta = SECOND) -> None:
        """Time passes, step by step."""
        end = self.time.time + seconds * SECOND
        while self.time.time < end:
            await self.deliverer.tick()
            self.time.turn(step)

    async def changes(self, key: str, text: str) -> None:
        """What a delivery says is another thing now."""
        self.compose[(await self.row(key)).what[0]] = says(text)
        await self.store.transaction(lambda tx: tx.deliveries.renew(key, self.time.now()))


@asynccontextmanager
async def passing(time: Time) -> AsyncIterator[None]:
    """Whoever sleeps is woken."""
    running = asyncio.ensure_future(time.run())
    try:
        yield
    finally:
        running.cancel()
