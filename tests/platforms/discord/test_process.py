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

from tests.peers.discord.interactions import Interaction
from tests.peers.discord.people import Person
from tests.peers.discord.things import Channel
from tests.peers.discord_server import DiscordServer
from tests.peers.ports import free_port
from tests.peers.telegram_server import TelegramServer
from tests.platforms.telegram.test_process import sign

CHECKOUT = Path(__file__).parents[3]
PATIENCE = 30.0
"""Seconds until something that does not come is given up: no bound that a test asserts."""
CANARIES = ("canary", "Mira", "mira", "Asa", "Riverbank")


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """By the machine's clock, as the process is."""
    running = await DiscordServer().start()
    yield running
    await running.stop()


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    running = await TelegramServer().start()
    yield running
    await running.stop()


@asynccontextmanager
async def process(server: DiscordServer, folder: Path, **more: str) -> AsyncIterator[None]:
    """``bot run``, asked to stop at the end; all it said is in ``folder``, and nothing of a person in it."""
    environ = {
        **os.environ,
        "BOT_STATE": str(folder / "state"),
        "BOT_LOG_LEVEL": "DEBUG",
        "BOT_DISCORD_TOKEN": server.token,
        "BOT_DISCORD_API": server.api,
        "BOT_DISCORD_GATEWAY": server.ws,
        **more,
    }
    with (folder / "said").open("ab") as said:
        command = (sys.executable, "-m", "bot", "run")
        running = await asyncio.create_subprocess_exec(*command, cwd=CHECKOUT, env=environ, stderr=said)
    try:
        yield
        running.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(running.wait(), PATIENCE) == 0
    finally:
        if running.returncode is None:
            running.kill()
        await running.wait()
    seen = (folder / "said").read_text()
    secrets = [*CANARIES, *server.interactions]
    assert not [secret for secret in secrets if secret in seen], seen


def failed(folder: Path) -> list[str]:
    """What was logged of platforms that failed."""
    return [line for line in (folder / "said").read_text().splitlines() if "platform failed" in line]


async def answered(server: DiscordServer, asked: Interaction) -> None:
    """An interaction has all of its answer."""
    await server.until(lambda: asked.response is not None and not asked.waits, PATIENCE)


async def start(server: DiscordServer, who: Person, room: Channel | None = None) -> None:
    """Use a command once there are some, and hear."""
    await server.until(lambda: server.commands and server.gateway.live, PATIENCE)
    await answered(server, who.command("start", room))
    assert who.last(room).buttons


def of(telegram: TelegramServer) -> dict[str, str]:
    """The settings of Telegram by polling."""
    return {"BOT_TELEGRAM_TOKEN": telegram.token, "BOT_TELEGRAM_API": telegram.api}


async def test_both_platforms_the_scheduler_and_the_web_server_until_it_is_asked_to_stop(
    server: DiscordServer, telegram: TelegramServer, tmp_path: Path
) -> None:
    guild, port = server.guild(9 << 22), free_port()
    desk, asa = server.rooms.add(guild, "desk"), server.user(9, name="Asa")
    server.rooms.join(guild, asa)
    settings = {
        **of(telegram),
        "BOT_TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "BOT_TELEGRAM_WEBHOOK_SECRET": "a-secret-that-nobody-can-guess",
        "BOT_WEB_LISTEN": f"127.0.0.1:{port}",
        "BOT_MODERATORS_CHAT": f"discord:{desk.id}",
    }
    async with process(server, tmp_path, **settings):
        await start(server, asa, desk)
        await sign(telegram, telegram.user(1), "Riverbank Tenants")
        await server.until(lambda: desk.from_bot, PATIENCE)
        (card,) = desk.from_bot
        assert "Riverbank Tenants, Germany" in card.text
        await answered(server, asa.press("Approve", card))
        await server.until(lambda: "Approved by Asa" in card.text, PATIENCE)
    assert not telegram.called("getUpdates")
    assert (server.refusals, server.failed, server.pings, server.gateway.live) == ([], [], [], [])
    assert failed(tmp_path) == []


async def test_commands_are_set_only_where_they_changed(server: DiscordServer, tmp_path: Path) -> None:
    for number in range(1, 3):
        async with process(server, tmp_path):
            await server.until(lambda: len(server.gateway.identified) == number, PATIENCE)  # noqa: B023
            await start(server, server.user(42))
    assert server.syncs == 1
    assert server.commands.keys() >= {"start", "sign", "mine", "language"}


async def test_a_refused_token_on_discord_does_not_stop_telegram(
    server: DiscordServer, telegram: TelegramServer, tmp_path: Path
) -> None:
    mira = telegram.user(1)
    async with process(
        server, tmp_path, **of(telegram), BOT_DISCORD_TOKEN="MTIzNDU2.Gabcde.a-canary-token_a-canary-token"
    ):
        await server.until(lambda: server.unauthorised > 1, PATIENCE)
        mira.start("palestine")
        await telegram.until(lambda: mira.chat.from_bot, PATIENCE)
    assert ['"platform": "discord"' in line for line in failed(tmp_path)] == [True]
    assert server.gateway.identified == []


async def test_a_refused_token_on_telegram_does_not_stop_discord(
    server: DiscordServer, telegram: TelegramServer, tmp_path: Path
) -> None:
    other = {**of(telegram), "BOT_TELEGRAM_TOKEN": f"{telegram.token[:-1]}x"}
    async with process(server, tmp_path, **other):
        await telegram.until(lambda: telegram.unauthorised, PATIENCE)
        await start(server, server.user(42))
    assert ['"platform": "telegram"' in line for line in failed(tmp_path)] == [True]
