"""Nobody stands in a log, in a seized file or before others' eyes, whatever the weather on Discord."""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot import log
from bot.publication.files import Format, export
from bot.publication.signatory_list import listing
from bot.storage.opening import open_store
from tests import test_canary
from tests.kills.member import Member
from tests.kills.town import ASA, LISTED, Town
from tests.peers.discord_server import DiscordServer
from tests.platforms.discord import conftest
from tests.platforms.discord.house import House
from tests.publication.made import DOCUMENT
from tests.publication.words import NOW, say
from tests.stage import KEY, HandClock, shipped
from tests.transcripts.play import set_up

SETUP = "setup: names=1-17 undo=0 milestones=18 fields=acronym:off,contact:optional,message:optional"

lines = test_canary.lines
addresses, clock, server = conftest.addresses, conftest.clock, conftest.server


@pytest.fixture
def talkative(lines: io.StringIO) -> Iterator[io.StringIO]:
    """Everything is logged, whatever the libraries say too."""
    for name in log.LIBRARIES:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield lines
    for name in log.LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)


@pytest.fixture
async def town(server: DiscordServer, clock: HandClock, tmp_path: Path) -> AsyncIterator[Town]:
    content, _ = set_up(SETUP, shipped())
    house = House(server, content, clock, server.rooms.add(server.guild(9 << 22), "desk"))
    await house.store.close()
    (tmp_path / "state").mkdir()
    house.store.real = await open_store(f"sqlite:///{tmp_path / 'state/bot.db'}", KEY)
    yield Town(house)
    await house.store.close()


async def test_a_storm_tells_nobody(talkative: io.StringIO, town: Town, tmp_path: Path) -> None:
    async with town.house.life():
        await town.subscribe()
        await town.live()
        await check_eyes(town)
        check_file(town, tmp_path / "state")
    check_log(town, talkative.getvalue())
    await town.house.store.close()
    check_file(town, tmp_path / "state")


def check_log(town: Town, logged: str) -> None:
    """Whoever is named anywhere is not named in the log."""
    for said in ('"delivery sent"', '"platform failed"', '"discord.gateway"', '"discord.http"', "aiosqlite"):
        assert said in logged, "the storm is told, and the libraries speak"
    assert found(logged.casefold(), [LISTED, *private(town)]) == []


def private(town: Town) -> list[str]:
    """Everything that is for nobody or for one only."""
    return [*tokens(town), *(each for who in town.members for each in secrets(who))]


def secrets(who: Member) -> list[str]:
    """What others are not to know of somebody: their account, their words to the organisers, their name."""
    own = [value for key, value in who.person.words.items() if key != "country" and value != LISTED]
    return [*own, who.person.user, who.account.user.name, who.account.user.shown]


def tokens(town: Town) -> list[str]:
    """The bot's, those of all interactions, and what stood in broken events."""
    return [town.house.server.token, *town.house.server.interactions, "canarystorm"]


def found(text: str, words: list[str]) -> list[str]:
    """The words that stand in a text in small letters."""
    return [word for word in words if word.casefold() in text]


async def check_eyes(town: Town) -> None:
    """What stands before somebody, or goes out as a file, has no secret of another's in it."""
    noor = town.house.server.user(ASA + 1, name="Noor")
    await town.house.answered(noor.command("list"))
    await town.house.press(noor, "The latest", noor.dm)
    signed = await town.house.store.read(lambda tx: listing(tx, "palestine"))
    texts_only = [form for form in Format if form is not Format.PDF]
    files = [export(signed, DOCUMENT, form, NOW, say).decode() for form in texts_only]
    assert all(LISTED in text for text in (noor.last().text, *files))
    for who in town.members:
        others = [noor, *(each.account for each in town.members if each is not who)]
        seen = [m for each in others for m in (*each.sees(), *each.sees(town.room)) if m.author.is_bot]
        texts = [f"{message.text} {message.json} {message.files}" for message in seen]
        assert found(" ".join((*texts, *files)).casefold(), secrets(who)) == []


def check_file(town: Town, folder: Path) -> None:
    """The published name may be read in the database, and nothing else of a person or a token."""
    raw = b"".join(file.read_bytes() for file in folder.iterdir())
    assert LISTED.encode() in raw
    words = private(town)
    numbers = [int(who.person.user).to_bytes(6) for who in town.members]
    assert [each for each in words if each.encode() in raw or each.encode("utf-16-le") in raw] == []
    assert [each for each in numbers if each in raw] == []
