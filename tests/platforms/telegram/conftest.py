"""A strict Bot API on this machine for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.peers.telegram_server import TelegramServer


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    running = await TelegramServer().start()
    yield running
    await running.stop()
