"""Files that people send on each platform: those of others are never fetched, and a lost one is told of."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from bot.storage.direct import open_direct
from tests.peers.telegram_server import TelegramServer
from tests.platforms.telegram.house import House
from tests.stage import KEY, Seat, open_stage, shipped
from tests.transcripts.on_discord import discord_theatre
from tests.transcripts.on_telegram import TelegramTheatre
from tests.transcripts.play import absent, owners
from tests.transcripts.theatre import Theatre

ASA, MIRA = Seat("asa"), Seat("mira")
TEXT = b"# Keep the harbour\n\nThe harbour belongs to those who work there and to the town around it.\n"


class Lost(dict[Any, Any]):
    """Files that nobody finds again."""

    def get(self, *_: object) -> None:
        return None


@dataclass
class Place:
    """A theatre; how often the bot asked for a file, and how to lose all that is sent from now on."""

    theatre: Theatre
    asked: Callable[[], int]
    lose: Callable[[], None]

    async def send(self, seat: Seat, words: str = "") -> str:
        """The first phrase that answers a file."""
        (shown,) = await self.theatre.send(seat, "harbour.md", TEXT, words)
        return shown.phrases[0]


@asynccontextmanager
async def on_stage() -> AsyncIterator[Place]:
    stage = open_stage(shipped())
    yield Place(stage, lambda: len(stage.fetched), partial(setattr, stage, "files", Lost()))
    await stage.close()


@asynccontextmanager
async def on_telegram(mode: str = "polling") -> AsyncIterator[Place]:
    server = await TelegramServer().start()
    house = House(
        server, shipped(), open_direct(sqlite3.connect(":memory:", isolation_level=None), KEY), mode
    )
    try:
        yield Place(
            TelegramTheatre(house, {}),
            lambda: len(server.called("getFile") + server.called("download")),
            partial(setattr, server, "files", Lost()),
        )
    finally:
        await house.kill()
        await server.stop()


@asynccontextmanager
async def on_discord() -> AsyncIterator[Place]:
    store = open_direct(sqlite3.connect(":memory:", isolation_level=None), KEY)
    async with discord_theatre(shipped(), store, {}) as theatre:
        server = theatre.server
        yield Place(
            theatre,
            lambda: len(server.called("GET /attachments")),
            partial(setattr, server, "uploads", Lost()),
        )


PLACES = {"stage": on_stage, "telegram": on_telegram, "discord": on_discord}


@pytest.mark.parametrize("where", PLACES)
async def test_only_what_an_owner_sends_is_fetched(where: str) -> None:
    async with PLACES[where]() as place:
        place.theatre.appoint("asa")
        await place.theatre.open()
        assert await place.send(MIRA) == "home.what"
        assert await place.send(MIRA, "please read this") == "home.what"
        await place.send(MIRA, "/new")
        assert place.asked() == 0
        assert await place.send(ASA) == "new.read"
        assert place.asked() > 0


@pytest.mark.parametrize("where", PLACES)
async def test_a_file_that_is_lost_is_told_of(where: str) -> None:
    async with PLACES[where]() as place:
        place.theatre.appoint("asa")
        await place.theatre.open()
        place.lose()
        assert await place.send(ASA) == "file.unread"
        assert await place.send(ASA, "/new") == "file.unread"


def test_shared_files_that_are_not_here_are_named() -> None:
    text = "setup: undo=0 owners=asa,lin names=1\nasa> ~shared no-such.html /new\nasa> ~file harbour.md\n"
    assert absent(text) == ["no-such.html"]
    assert owners(text) == ["asa", "lin"]
    assert absent("asa> ~file no-such.html") == []
    assert owners("setup: undo=0") == []
