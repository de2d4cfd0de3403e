"""A crowd wanders through the whole bot on the strict Discord: nothing is refused or fails, nobody rings."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.app import Bot, Edges, Team, build
from bot.campaign.refs import ChatRef
from bot.menus import slash_commands
from bot.platforms.discord.client import Api
from bot.platforms.discord.messenger import DiscordMessenger
from bot.platforms.discord.profile import put_commands
from bot.stations import listen_on_discord
from bot.storage.direct import open_direct
from tests.peers.discord.interactions import Interaction
from tests.peers.discord.people import Person
from tests.peers.discord.things import Channel, Right
from tests.peers.discord_server import DiscordServer
from tests.stage import KEY, CountedIds, HandClock, shipped
from tests.transcripts.play import set_up

WORDS = ("Riverbank Tenants Union", "Mira", "x@", "*_`<@5> @everyone", "A\u202eb", "DE", "ก" * 4000)
STEPS = 250


@dataclass
class Crowd:
    """People who do one thing after another, by chance that can be repeated."""

    server: DiscordServer
    places: tuple[Channel, ...]
    chance: random.Random
    done: set[tuple[str, int | None]] = field(default_factory=set)

    async def act(self, person: Person) -> None:
        """One thing a person does, and its answer."""
        asked = self.send(person) if person.form else self.press(person)
        asked = await self.command(person) if asked is None else asked
        await self.server.until(lambda: asked.response is not None)
        self.done.add((asked.kind.name, asked.response))

    def send(self, person: Person) -> Interaction:
        """Fill the form in as a client lets them."""
        assert person.form
        assert person.form.modal
        parts = [label["component"] for label in person.form.modal["components"]]
        return person.submit(**{part["custom_id"]: self.value(part) for part in parts})

    def place(self, person: Person) -> Channel:
        """Somewhere a person can be."""
        return self.chance.choice((*self.places, person.dm))

    def value(self, part: dict[str, Any]) -> str:
        """Something for a field of a form."""
        if "options" in part:
            return str(self.chance.choice(part["options"])["value"])
        return self.chance.choice(WORDS)[: part.get("max_length", 4000)]

    def press(self, person: Person) -> Interaction | None:
        """Press or choose something on one of the last messages; mostly, where there is any."""
        seen = [m for m in person.sees(self.place(person)) if any("custom_id" in p for p in m.parts)]
        if not seen or self.chance.random() < 0.1:
            return None
        message = self.chance.choice(seen[-3:])
        part = self.chance.choice([part for part in message.parts if "custom_id" in part])
        if "options" in part:
            return person.choose(self.chance.choice(part["options"])["value"], message)
        return person.press(part["custom_id"], message)

    async def command(self, person: Person) -> Interaction:
        """Use a command, sometimes with what is offered for an option."""
        place = self.place(person)
        command = self.chance.choice(
            [c for c in self.server.commands.values() if place.context in c["contexts"]]
        )
        options: dict[str, Any] = {}
        offered = [each["name"] for each in command["options"] if each.get("autocomplete")]
        if offered and self.chance.random() < 0.6:
            name = self.chance.choice(offered)
            typed = person.typing(command["name"], name, self.chance.choice(("", "a", "zz")), place)
            await self.server.until(lambda: typed.response)
            self.done.add((typed.kind.name, typed.response))
            options[name] = self.chance.choice([*(each["value"] for each in typed.choices), "zz"])
        return person.command(command["name"], place, **options)


@pytest.fixture
async def desk(server: DiscordServer) -> Channel:
    return server.rooms.add(server.guild(9 << 22), "desk")


@pytest.fixture
async def bot(server: DiscordServer, desk: Channel, clock: HandClock) -> AsyncIterator[Bot]:
    content, _ = set_up("setup: names=1-17 undo=0 milestones=18", shipped())
    store = open_direct(sqlite3.connect(":memory:", isolation_level=None), KEY)
    messenger = DiscordMessenger(Api(server.token, server.api, server.ws))
    edges = Edges(store, clock, CountedIds(), {"discord": messenger}, frozenset({"discord"}))
    made = build(content, edges, Team(moderators=(ChatRef("discord", str(desk.id)),)))
    ear, _ = listen_on_discord(messenger, made)
    await messenger.try_to_open()
    await made.start()
    running = asyncio.ensure_future(ear.run())
    await server.until(lambda: server.gateway.live)
    assert await put_commands(messenger, store, slash_commands(content.phrases, clock.now()))
    yield made
    ear.stop()
    await running
    await messenger.close()


@pytest.mark.parametrize("seed", range(3))
async def test_a_crowd_wanders(
    server: DiscordServer, bot: Bot, desk: Channel, clock: HandClock, seed: int
) -> None:
    assert desk.guild
    people = [server.user(5 + n, locale) for n, locale in enumerate(("en-US", "th", "id"))]
    for person in people:
        server.rooms.join(desk.guild, person, Right.VIEW | Right.MANAGE_SERVER)
    room, chat = server.rooms.add(desk.guild), server.between(*people)
    crowd = Crowd(server, (room, desk, chat), random.Random(seed))
    for _ in range(STEPS):
        await crowd.act(crowd.chance.choice(people))
        if crowd.chance.random() < 0.2:
            clock.turn(timedelta(seconds=crowd.chance.choice((1, 60))))
            await bot.tick()
    await server.until(lambda: not server.waiting)
    codes = {body["code"] for _, body in server.refusals}
    assert codes <= {10008}, "what is taken away may be pressed meanwhile, or be gone already"
    assert (server.failed, server.pings) == ([], [])
    assert chat.messages
    assert [m.text for m in chat.messages.values() if m.only is None] == []
    assert crowd.done >= {("COMMAND", 4), ("COMPONENT", 7), ("COMPONENT", 9), ("FORM", 7), ("TYPING", 8)}
