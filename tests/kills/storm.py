"""Bad weather on Discord, one kind after another: calls that fail, lines that break, events that are none."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from tests.peers.discord.gateway import DIRECT_MESSAGES
from tests.peers.discord.session import DISPATCH
from tests.peers.discord.weather import Fault
from tests.platforms.discord.house import House

WAIT = 0.05
"""Seconds a flood is to wait."""
PAUSE = 0.3
"""Seconds between two kinds of weather."""
SLOW = 2.0
"""Seconds the store takes: longer than the bot waits before it says that the answer comes later."""
ANSWERS, WORDS = "/callback", "/messages"
FAULTS = (
    *((fault, ANSWERS) for fault in (Fault.SLOW, Fault.CUT, Fault.HTML, Fault.NONSENSE, Fault.FLOOD)),
    *((fault, WORDS) for fault in (Fault.LOST, Fault.ERROR, Fault.BANNED, Fault.HANG, Fault.FLOOD)),
    (Fault.REFUSED, ANSWERS),
)
"""What meets the next call on a road."""


@dataclass
class Storm:
    """``words`` stand in every event that is none. ``passed`` are the kinds of weather that went over us."""

    house: House
    words: str
    passed: int = 0
    is_over: bool = False

    async def rage(self) -> None:
        """Everything once."""
        kinds = [*self._calls(), *self._lines(), *self._events(), self._slow_store]
        for kind in kinds:
            await self.house.server.until(lambda: self.house.server.gateway.live, 60)
            await kind()
            self.passed += 1
            await asyncio.sleep(PAUSE)
        await self.house.server.until(lambda: self.house.server.gateway.live, 60)
        self.house.server.weather.calm()
        self.is_over = True

    def _calls(self) -> list[Callable[[], Awaitable[None]]]:
        """Every fault, on the road of answers or of words."""

        async def expect(fault: Fault, road: str) -> None:
            self.house.server.weather.expect(fault, road, seconds=WAIT, code=10062)

        return [partial(expect, *each) for each in FAULTS]

    def _lines(self) -> list[Callable[[], Awaitable[None]]]:
        gateway = self.house.server.gateway

        async def garbage() -> None:
            for line in gateway.lines:
                await line.socket.send_bytes(self.words.encode())

        def plain(act: Callable[[], None]) -> Callable[[], Awaitable[None]]:
            async def done() -> None:
                act()

            return done

        return [plain(gateway.drop), plain(gateway.reconnect), plain(gateway.invalidate), garbage]

    def _events(self) -> list[Callable[[], Awaitable[None]]]:
        """Events with fields that are absent, wrong or unheard of; the library gives up the line for some."""
        gateway, words = self.house.server.gateway, self.words
        nameless = {"id": "5", "token": words, "type": 2, "data": {"name": words}}

        async def tell(name: str, data: dict[str, object], intent: int = 0) -> None:
            gateway.tell(name, data, intent=intent)

        async def no_object() -> None:
            for line in gateway.lines:
                line.say(DISPATCH, words, "INTERACTION_CREATE", 1)

        return [
            lambda: tell("INTERACTION_CREATE", nameless),
            lambda: tell("MESSAGE_CREATE", {"id": words, "content": words}, DIRECT_MESSAGES),
            lambda: tell("GUILD_CREATE", {"id": "7", "name": words, "channels": words}),
            lambda: tell(words.upper(), {"id": words}),
            no_object,
        ]

    async def _slow_store(self) -> None:
        self.house.store.gate.clear()
        await asyncio.sleep(SLOW)
        self.house.store.gate.set()
