"""Files and forwarded words, from a client through the gateway and the real library to a turn."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

import pytest

from bot.dialog.messages import Came
from bot.platforms.discord.commands import Command, Option, write_commands
from bot.platforms.discord.fetching import fetch
from bot.platforms.discord.profile import COMMANDS
from bot.ports import Fate
from tests.peers.discord.people import Person
from tests.peers.discord_server import DiscordServer
from tests.platforms.discord.rig import SAID, Rig, listening

NEW = Command("new", {}, SAID, (Option("statement", {}, SAID), Option("file", {}, SAID, file=True)))
PAGE, NAMES, PICTURE = ("page.html", b"<p>text"), ("names.csv", b"Praxis"), ("me.png", b"PNG")


@pytest.fixture
async def rig(server: DiscordServer) -> AsyncIterator[Rig]:
    async with listening(server) as made:
        made.gate.set()
        yield made


@pytest.fixture
def mira(server: DiscordServer) -> Person:
    return server.user(42)


async def contents(rig: Rig) -> list[bytes | None]:
    """What each event's file holds."""
    read = partial(fetch, rig.server.api)
    return [await read(each.file) for each in rig.events if each.file]


async def test_every_file_of_a_message_arrives(rig: Rig, mira: Person) -> None:
    mira.send(PAGE, PICTURE, NAMES, text="here")
    await rig.server.until(lambda: len(rig.receipts) == 2)
    assert [(each.came, each.text) for each in rig.events] == [(Came.FILE, "here"), (Came.FILE, "")]
    assert [each.file.name for each in rig.events if each.file] == ["page.html", "names.csv"]
    assert await contents(rig) == [b"<p>text", b"Praxis"]


async def test_a_picture_alone_is_no_file(rig: Rig, mira: Person) -> None:
    mira.send(PICTURE)
    await rig.server.until(lambda: rig.receipts)
    assert [each.came for each in rig.events] == [Came.OTHER]


async def test_what_is_handed_on_says_so(rig: Rig, mira: Person) -> None:
    mira.hand_on("Please add Praxis")
    mira.hand_on("", NAMES)
    mira.say("mine")
    await rig.server.until(lambda: len(rig.receipts) == 3)
    assert {(each.came, each.text, each.forwarded) for each in rig.events} == {
        (Came.WORDS, "Please add Praxis", True),
        (Came.FILE, "", True),
        (Came.WORDS, "mine", False),
    }
    assert await contents(rig) == [b"Praxis"]


async def test_a_command_takes_a_file(rig: Rig, mira: Person) -> None:
    application = rig.messenger.api.application
    receipt = await rig.messenger.receipt("PUT", COMMANDS, write_commands([NEW]), application_id=application)
    assert receipt.fate is Fate.SENT
    mira.command("new", file=PAGE, statement="palestine")
    await rig.server.until(lambda: rig.receipts)
    assert [(each.came, each.name, each.args) for each in rig.events] == [(Came.COMMAND, "new", "palestine")]
    assert await contents(rig) == [b"<p>text"]
