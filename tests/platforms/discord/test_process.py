"""The real process on Telegram and Discord at once: it answers on both, stops when asked, prints nobody."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.peers.telegram_server import TelegramServer
from tests.platforms.discord.wire import SERVER, TOKEN, Wire

CHECKOUT = Path(__file__).parents[3]
PATIENCE = 60.0
"""Seconds until something that does not come is given up: no bound that a test asserts."""
CANARIES = ("canary", "Mira", "mira", "tok1", "Canary words")
START = {
    "id": "1",
    "name": "start",
    "type": 1,
    "options": [{"type": 3, "name": "statement", "value": "palestine"}],
}


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    running = await Wire().start()
    yield running
    await running.stop()


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    running = await TelegramServer().start()
    yield running
    await running.stop()


@asynccontextmanager
async def running(wire: Wire, folder: Path, **more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """``bot run`` on the servers, everything logged into ``folder``; what is left of it is killed."""
    environ = {
        **os.environ,
        "BOT_STATE": str(folder / "state"),
        "BOT_LOG_LEVEL": "DEBUG",
        "BOT_DISCORD_TOKEN": TOKEN,
        "BOT_DISCORD_API": wire.api,
        "BOT_DISCORD_GATEWAY": wire.gateway,
        **more,
    }
    command = (sys.executable, "-m", "bot", "run")
    with (folder / "said").open("wb") as said:
        process = await asyncio.create_subprocess_exec(*command, cwd=CHECKOUT, env=environ, stderr=said)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def clean(folder: Path) -> str:
    """What was logged, with nothing of a person and no token in it."""
    said = (folder / "said").read_text()
    assert not [canary for canary in CANARIES if canary in said], said
    return said


async def test_both_platforms_in_one_process_until_it_is_asked_to_stop(
    wire: Wire, telegram: TelegramServer, tmp_path: Path
) -> None:
    on_telegram = {"BOT_TELEGRAM_TOKEN": telegram.token, "BOT_TELEGRAM_API": telegram.api}
    mira = telegram.user(1)
    async with running(wire, tmp_path, **on_telegram) as process:
        await wire.until(lambda: wire.called("/commands"), PATIENCE)
        await wire.interact(2, START, SERVER)
        await wire.until(lambda: wire.called("/callback"), PATIENCE)
        mira.start("palestine")
        await telegram.until(lambda: mira.chat.from_bot, PATIENCE)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    (answer,) = wire.called("/callback")
    assert answer["type"] == 4
    assert answer["data"]["flags"] & 64
    clean(tmp_path)


async def test_commands_are_set_only_where_they_changed(wire: Wire, tmp_path: Path) -> None:
    for number in range(2):
        async with running(wire, tmp_path) as process:
            await wire.until(lambda: wire.identified > number, PATIENCE)  # noqa: B023
            await wire.interact(2, START, SERVER)
            await wire.until(lambda: len(wire.called("/callback")) > number, PATIENCE)  # noqa: B023
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
    assert len(wire.called("/commands")) == 1
    assert {each["name"] for each in wire.called("/commands")[0]} >= {"start", "sign", "mine", "language"}


async def test_a_refused_token_on_discord_does_not_stop_telegram(
    wire: Wire, telegram: TelegramServer, tmp_path: Path
) -> None:
    wire.failing["/users/@me"] = (401, 0)
    mira = telegram.user(1)
    on_telegram = {"BOT_TELEGRAM_TOKEN": telegram.token, "BOT_TELEGRAM_API": telegram.api}
    async with running(wire, tmp_path, **on_telegram) as process:
        await wire.until(lambda: wire.called("/users/@me"), PATIENCE)
        mira.start("palestine")
        await telegram.until(lambda: mira.chat.from_bot, PATIENCE)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    failed = [line for line in clean(tmp_path).splitlines() if "platform failed" in line]
    assert len([line for line in failed if '"platform": "discord"' in line]) == 1
