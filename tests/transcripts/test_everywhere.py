"""Every transcript runs on the stage, at the console and on Telegram, and leaves the same records."""

from __future__ import annotations

import sqlite3

import pytest

from bot.app import Content
from bot.storage.direct import open_direct
from tests.peers.telegram_server import TelegramServer
from tests.platforms.telegram.house import House
from tests.stage import KEY, shipped, stage_on
from tests.transcripts.on_console import ConsoleTheatre
from tests.transcripts.on_telegram import TelegramTheatre
from tests.transcripts.play import play, set_up
from tests.transcripts.records import Rows, records
from tests.transcripts.test_transcripts import FILES, FOLDER
from tests.transcripts.theatre import Theatre


@pytest.mark.parametrize("name", FILES)
async def test_a_transcript_leaves_the_same_records_everywhere(name: str) -> None:
    content, languages = set_up(
        FILES[name], shipped(FOLDER / "data") if "more=housing" in FILES[name] else shipped()
    )
    expected = await on_stage(name, content, languages)
    assert expected["people"]
    assert await at_console(name, content, languages) == expected
    for mode in ("polling", "webhook"):
        assert await on_telegram(name, content, languages, mode) == expected, mode


def empty() -> sqlite3.Connection:
    """A new database in memory."""
    return sqlite3.connect(":memory:", isolation_level=None)


async def on_stage(name: str, content: Content, languages: dict[str, str]) -> Rows:
    """The records a transcript leaves on the stage."""
    raw = empty()
    return await left(name, stage_on(open_direct(raw, KEY), content, languages), raw)


async def at_console(name: str, content: Content, languages: dict[str, str]) -> Rows:
    """The records it leaves at the console."""
    raw = empty()
    return await left(name, ConsoleTheatre(stage_on(open_direct(raw, KEY), content, languages)), raw)


async def on_telegram(name: str, content: Content, languages: dict[str, str], mode: str) -> Rows:
    """The records it leaves on Telegram."""
    raw, server = empty(), await TelegramServer().start()
    house = House(server, content, open_direct(raw, KEY), mode)
    try:
        return await left(name, TelegramTheatre(house, languages), raw)
    finally:
        await house.kill()
        await server.stop()


async def left(name: str, theatre: Theatre, raw: sqlite3.Connection) -> Rows:
    """The records once a transcript was played and the process was stopped."""
    await play(name, FILES[name], theatre)
    await theatre.close()
    return records(raw, theatre.names())
