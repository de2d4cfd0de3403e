"""Files and forwarded words, from a client to a turn, by polling and by webhook."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.dialog.messages import Came
from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.fetching import fetch
from tests.peers.telegram_server import TelegramServer
from tests.platforms.telegram.rig import Heard, hooked, polling


@pytest.fixture(params=["polling", "webhook"])
async def heard(
    server: TelegramServer, messenger: TelegramMessenger, request: pytest.FixtureRequest
) -> AsyncIterator[Heard]:
    bot = Heard()
    if request.param == "polling":
        async with polling(messenger, bot.take):
            yield bot
    else:
        async with hooked(messenger, bot.take, server):
            yield bot


async def test_a_file_arrives(server: TelegramServer, messenger: TelegramMessenger, heard: Heard) -> None:
    mira = server.user(5)
    mira.send("names.csv", b"Praxis", "here")
    mira.send("page.html", b"<p>text", "/new palestine")
    await server.until(lambda: len(heard.events) == 2)
    assert [(each.came, each.text or each.args) for each in heard.events] == [
        (Came.FILE, "here"),
        (Came.COMMAND, "palestine"),
    ]
    files = [each.file for each in heard.events if each.file]
    assert [each.name for each in files] == ["names.csv", "page.html"]
    assert [await fetch(messenger.api, each) for each in files] == [b"Praxis", b"<p>text"]


async def test_what_is_handed_on_says_so(server: TelegramServer, heard: Heard) -> None:
    mira = server.user(5)
    mira.hand_on("Please add Praxis")
    mira.say("mine")
    await server.until(lambda: len(heard.events) == 2)
    assert [(each.came, each.text, each.forwarded) for each in heard.events] == [
        (Came.WORDS, "Please add Praxis", True),
        (Came.WORDS, "mine", False),
    ]
