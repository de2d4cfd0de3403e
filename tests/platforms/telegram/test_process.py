"""The real process on a strict Bot API: to the published name, with moderators in a group, through a kill."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.peers.ports import free_port
from tests.peers.telegram_chats import Chat, Message
from tests.peers.telegram_links import links
from tests.peers.telegram_people import Person
from tests.peers.telegram_server import TelegramServer

CHECKOUT = Path(__file__).parents[3]
LANGUAGES, SCOPES = 5, 3
DESK = -1001000000001
PATIENCE = 60.0
"""Seconds until something that does not come is given up: no bound that a test asserts."""


@asynccontextmanager
async def running(
    server: TelegramServer, state: Path, **more: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """``bot run`` on the server; what is left of it is killed."""
    environ = {
        **os.environ,
        "BOT_STATE": str(state),
        "BOT_TELEGRAM_TOKEN": server.token,
        "BOT_TELEGRAM_API": server.api,
        "BOT_MODERATORS_CHAT": f"telegram:{DESK}",
        **more,
    }
    command = (sys.executable, "-m", "bot", "run")
    process = await asyncio.create_subprocess_exec(*command, cwd=CHECKOUT, env=environ)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def card(server: TelegramServer, chat: Chat, words: str) -> Message:
    """The bot's newest message in a chat, once it says these words."""

    def there() -> bool:
        return bool(chat.from_bot) and words in chat.from_bot[-1].plain

    await server.until(there, PATIENCE)
    return chat.from_bot[-1]


async def sign(server: TelegramServer, person: Person, name: str) -> None:
    """An organisation nobody knows signs, question by question."""
    person.start("palestine")
    person.tap(await card(server, person.chat, "End the genocide"), "Sign for an organisation")
    await card(server, person.chat, "Which organisation?")
    person.say(name)
    person.tap(await card(server, person.chat, "Does it have"), "Skip")
    await card(server, person.chat, "country")
    person.say("Germany")
    await card(server, person.chat, "Who signs for")
    person.say("Mira, chair")
    person.tap(await card(server, person.chat, "will be published"), "Sign and publish")
    await card(server, person.chat, "Thank you")


async def test_from_start_to_the_published_name(server: TelegramServer, tmp_path: Path) -> None:
    mira, asa = server.user(1), server.user(2, name="Asa")
    desk = server.group(DESK, "Desk")
    asa.add_bot(desk)
    async with running(server, tmp_path) as process:
        await sign(server, mira, "#Riverbank Tenants")
        review = await card(server, desk, "Riverbank Tenants, Germany")
        assert not list(links(review.text)), "a name never becomes a link"
        asa.tap(review, "Approve")
        await card(server, desk, "Approved by Asa")
        await server.until(lambda: len(server.menus) >= LANGUAGES * SCOPES, PATIENCE)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert not server.unauthorised


async def test_a_killed_process_goes_on_where_it_was(server: TelegramServer, tmp_path: Path) -> None:
    mira = server.user(1)
    server.group(DESK, "Desk")
    async with running(server, tmp_path):
        mira.start("palestine")
        mira.tap(await card(server, mira.chat, "End the genocide"), "Sign for an organisation")
        await card(server, mira.chat, "Which organisation?")
    mira.say("Riverbank Tenants Union")
    async with running(server, tmp_path):
        mira.tap(await card(server, mira.chat, "Does it have"), "Skip")
        await card(server, mira.chat, "country")


async def test_by_webhook_too(server: TelegramServer, tmp_path: Path) -> None:
    mira, port = server.user(1), free_port()
    server.group(DESK, "Desk")
    webhook = {
        "BOT_TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "BOT_TELEGRAM_WEBHOOK_SECRET": "a-secret-that-nobody-can-guess",
        "BOT_WEB_LISTEN": f"127.0.0.1:{port}",
    }
    async with running(server, tmp_path, **webhook) as process:
        await sign(server, mira, "Riverbank Tenants Union")
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert server.called("setWebhook")
    assert not server.called("getUpdates")
