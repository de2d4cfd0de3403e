"""A strict Bot API on this machine for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.platforms.telegram.client import TelegramMessenger
from tests.peers.telegram_server import TelegramServer


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    running = await TelegramServer().start()
    yield running
    await running.stop()


@pytest.fixture
async def messenger(server: TelegramServer) -> AsyncIterator[TelegramMessenger]:
    made = TelegramMessenger(server.token, server.api, patience=2)
    await made.open()
    yield made
    await made.close()
