"""A strict Discord whose clock is turned by hand; the library is left with the addresses it had."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.peers.discord_server import DiscordServer
from tests.stage import HandClock


@pytest.fixture(autouse=True)
def addresses() -> Iterator[None]:
    """The library has them for the whole process."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    yield
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def server(clock: HandClock) -> AsyncIterator[DiscordServer]:
    running = await DiscordServer(clock=lambda: clock.now().timestamp()).start()
    yield running
    await running.stop()
