"""A strict Discord on this machine, REST and gateway: the bot's library talks to it as to the real one.

People are played by methods (``user``, ``guild``, then ``Person``); what a client would show stands with
them. It answers with Discord's codes and refuses what Discord refuses.
"""

from __future__ import annotations

import asyncio
import copy
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from itertools import count
from typing import Any

from aiohttp import web

from tests.peers.discord import files
from tests.peers.discord.gateway import DIRECT_MESSAGES, GUILDS, Gateway
from tests.peers.discord.interactions import Asked, Interaction, payload
from tests.peers.discord.message import EPOCH, Message
from tests.peers.discord.people import Person
from tests.peers.discord.rest import Rest
from tests.peers.discord.rooms import Rooms
from tests.peers.discord.session import Session
from tests.peers.discord.things import Channel, Guild, Kind, User
from tests.peers.discord.weather import Weather

Json = dict[str, Any]

BOT = 700
TOKEN = "NzAw.canary.discordcanarytokencanarytokencan"


class DiscordServer:
    """The Discord of one bot. ``clock`` gives seconds since 1970; ``api`` and ``ws`` are its addresses.

    The three seconds, the fifteen minutes, nonces and limits by the hour run on ``clock``.
    """

    def __init__(self, token: str = TOKEN, clock: Callable[[], float] = time.time) -> None:
        self.token, self.clock = token, clock
        self.bot = User(BOT, "solidarity_bot", "Solidarity", is_bot=True)
        self.people: dict[int, Person] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.commands: dict[str, Json] = {}
        self.syncs = 0
        self.interactions: dict[str, Interaction] = {}
        self.uploads: dict[int, files.Upload] = {}
        self.all_messages: list[Message] = []
        """All the bot ever said, what was deleted too."""
        self.nonces: dict[str, Message] = {}
        self.repeats: list[Message] = []
        """Messages that were given back instead of posted anew."""
        self.crossposts: dict[int, list[float]] = {}
        self.old_edits: dict[int, list[float]] = {}
        self.old_edits_an_hour = 5
        """Of messages older than an hour in one channel; the real number is not published."""
        self.calls: list[tuple[str, Any]] = []
        self.refusals: list[tuple[str, Json]] = []
        self.unauthorised = 0
        self.latency = 0.0
        self.shards = 1
        self.api = self.ws = ""
        self.weather = Weather(clock)
        self.gateway = Gateway(lambda: self.token, self._greet, self.changed)
        self.rooms = Rooms(self)
        self._happened = asyncio.Event()
        self._last_id = 0
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> DiscordServer:
        """Listen on this machine."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get(files.ROAD, partial(files.serve, self))
        app.router.add_route("*", "/api/v10/{path:.*}", Rest(self).handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        port = self._runner.addresses[0][1]
        self.api, self.ws = f"http://127.0.0.1:{port}/api/v10", f"ws://127.0.0.1:{port}/gateway"
        return self

    async def stop(self) -> None:
        """Hang up on everybody."""
        await self.gateway.stop()
        if self._runner:
            await self._runner.cleanup()

    # What tests look at

    def changed(self) -> None:
        """Something happened that somebody may wait for."""
        self._happened.set()

    async def until(self, true: Callable[[], object], seconds: float = 10) -> None:
        """Wait until it is true; AssertionError where it does not become so."""
        end = asyncio.get_running_loop().time() + seconds
        while not true():
            if asyncio.get_running_loop().time() > end:
                raise AssertionError("it did not happen")
            self._happened.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._happened.wait(), 0.05)

    def called(self, road: str) -> list[Any]:
        """The bodies of all calls whose "METHOD /path" has ``road`` in it."""
        return [body for name, body in self.calls if road in name]

    @property
    def failed(self) -> list[Interaction]:
        """The interactions that failed in their persons' eyes."""
        return [each for each in self.interactions.values() if each.failed(self.clock())]

    @property
    def waiting(self) -> list[Interaction]:
        """The interactions that are not answered yet."""
        return [each for each in self.interactions.values() if each.waits]

    @property
    def pings(self) -> list[tuple[Message, set[str]]]:
        """Messages that rang for somebody."""
        return [(message, message.pings) for message in self.all_messages if message.pings]

    # Who is there

    def user(self, number: int, locale: str = "en-US", name: str = "Mira") -> Person:
        """Somebody with an account, who has the bot with them everywhere."""
        user = User(number, f"{name.lower()}{number}", name)
        dm = Channel(self.new_id(), Kind.DM, recipient=user)
        self.channels[dm.id] = dm
        self.people[number] = Person(self, user, dm, locale)
        return self.people[number]

    def between(self, *people: Person) -> Channel:
        """A chat of others, in which the bot is only where somebody uses it that has it with them."""
        chat = Channel(self.new_id(), Kind.GROUP, others=tuple(person.user for person in people))
        self.channels[chat.id] = chat
        return chat

    def guild(self, number: int, name: str = "Room", **more: object) -> Guild:
        """A server the bot is in; see ``Guild``, and ``rooms`` for what happens there."""
        guild = Guild(number, name, self.bot, **more)  # type: ignore[arg-type]
        self.guilds[number] = guild
        if guild.here:
            self.tell_guild("GUILD_CREATE", guild, guild.json)
        return guild

    def is_near(self, person: Person) -> bool:
        """Whether the bot may write to somebody: a server of both, or taken along by the person."""
        return person.installed or any(g.here and person.user.id in g.members for g in self.guilds.values())

    # What happens

    def new_id(self) -> int:
        """A number nothing else has, later ones larger: the time is in it."""
        at = (int(self.clock() * 1000) - EPOCH) << 22
        self._last_id = max(self._last_id + 1, at)
        return self._last_id

    @property
    def host(self) -> str:
        """Where people's files stand."""
        return self.api.removesuffix("/api/v10")

    def keep(self, first: int, sent: Iterable[tuple[str, bytes]]) -> None:
        """Keep files under this number and the next ones."""
        for number, (_, content) in enumerate(sent, first):
            self.uploads[number] = files.Upload(content)
            self._last_id = max(self._last_id, number)

    def numbered(self, rows: list[Json]) -> list[Json]:
        """Components as Discord gives them back: each with a number of its own."""
        rows, numbers = copy.deepcopy(rows), count(1)
        for row in rows:
            row.setdefault("id", next(numbers))
            for part in row["components"]:
                part.setdefault("id", next(numbers))
        return rows

    def tell_guild(self, name: str, guild: Guild, data: Json) -> None:
        """An event of a server."""
        self.gateway.tell(name, data, guild=guild.id, intent=GUILDS)

    def deliver(self, message: Message, name: str = "MESSAGE_CREATE") -> None:
        """A direct message of a person's; those in servers are not told, as that was not asked for."""
        if message.channel.guild is None:
            self.gateway.tell(name, message.json | {"channel_type": 1}, intent=DIRECT_MESSAGES)

    def ask(
        self, person: Person, kind: Asked, channel: Channel, data: Json, message: Message | None = None
    ) -> Interaction:
        """An interaction begins; it comes without any intent."""
        number = self.new_id()
        asked = Interaction(number, f"t{number}", kind, person, channel, self.clock(), data, message)
        self.interactions[asked.token] = asked
        guild = channel.guild.id if channel.guild else None
        self.gateway.tell("INTERACTION_CREATE", payload(self, asked), guild=guild)
        return asked

    def opened(self, asked: Interaction) -> None:
        """A form opened before a person; another one they had open is gone."""
        asked.person.form = asked

    def _greet(self, session: Session) -> Iterable[tuple[str, Json]]:
        """READY with every server unavailable first, then each of them."""
        wanted = session.intents & GUILDS
        here = [each for each in self.guilds.values() if each.here and wanted]
        mine = [each for each in here if (each.id >> 22) % session.shards == session.shard]
        yield (
            "READY",
            {
                "v": 10,
                "user": self.bot.json | {"bot": True, "verified": True, "mfa_enabled": True, "flags": 0},
                "guilds": [{"id": str(each.id), "unavailable": True} for each in mine],
                "session_id": session.id,
                "resume_gateway_url": self.ws,
                "shard": [session.shard, session.shards],
                "application": {"id": str(self.bot.id), "flags": 0},
                "private_channels": [],
                "_trace": [],
            },
        )
        for each in mine:
            yield "GUILD_CREATE", each.json
