"""A strict Discord on this machine: REST and gateway, to which discord.py talks as to the real one.

People are played by methods (``user``, then ``Person``), servers and channels too (``guild``, ``open``, and what
happens to them). It refuses what Discord refuses, with its codes; facts are those of PLATFORMS chapter 2.
Time is ``clock`` (seconds since 1970): three seconds, fifteen minutes, nonces and old edits all run by it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from aiohttp import web

from tests.peers import discord_http as http
from tests.peers.discord_exchange import Interaction
from tests.peers.discord_gateway import DIRECT_MESSAGES, GUILD_MESSAGES, GUILDS, Gateway
from tests.peers.discord_message import Message
from tests.peers.discord_people import Person
from tests.peers.discord_places import MEMBER, THREADS, Channel, Guild, Kind, Right, User
from tests.peers.discord_refusal import Refused, no, too_many, unauthorised
from tests.peers.discord_routes import Call, find
from tests.peers.discord_weather import Fault, Trouble, Weather

Json = dict[str, Any]

TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAwMQ.canary.canarytokencanarytokencanarytoken"
EPOCH = 1_420_070_400
"""When Discord's ids begin."""


class DiscordServer:
    """Discord for one bot. ``api`` and ``gateway_url`` are its addresses once it is started."""

    def __init__(self, token: str = TOKEN, clock: Callable[[], float] = time.time) -> None:
        self.token, self.clock = token, clock
        self._last = 0
        self.application = 1_000_000_000_000_000_001
        self.bot = User(self.application, "Solidarity", bot=True)
        self.people: dict[int, Person] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.interactions: dict[int, Interaction] = {}
        self.commands: list[Json] = []
        self.syncs = self.created = 0
        self.most_created = 200
        self.nonces: dict[str, Message] = {}
        self.nonce_window = 300.0
        self.repeats: list[Message] = []
        """Messages that were asked for again with their nonce."""
        self.published: list[Message] = []
        self.old_edits = 5
        """How many edits of messages older than an hour are taken in an hour, in one channel."""
        self.shards, self.privileged, self.starts_left = 1, 0, 1000
        self.weather = Weather(lambda: self.clock())
        self.gateway = Gateway(self)
        self.calls: list[tuple[str, Any]] = []
        """"METHOD /path" and body of every call."""
        self.refusals: list[tuple[str, int, int]] = []
        """Call, HTTP status and code of every refusal."""
        self.api = self.gateway_url = ""
        self._happened = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> DiscordServer:
        """Listen on this machine."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/api/v10/{path:.*}", self._handle)
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/gateway/", self.gateway.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        address = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self.api, self.gateway_url = f"http://{address}/api/v10", f"ws://{address}/gateway"
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

    def called(self, pattern: str) -> list[Any]:
        """The bodies of every call whose "METHOD /path" begins so."""
        return [body for call, body in self.calls if call.startswith(pattern)]

    @property
    def codes(self) -> list[int]:
        """The code of every refusal."""
        return [code for _, _, code in self.refusals]

    # Who and what is there

    def new_id(self) -> int:
        """An id nothing else has; it tells when it was made, by the clock."""
        self._last = max(self._last + 1, int((self.clock() - EPOCH) * 1000) << 22)
        return self._last

    def user(self, number: int, name: str = "Mira", locale: str = "en-US") -> Person:
        """Somebody with an account."""
        user = User(number, name, locale)
        chat = self.channel_of(Channel(self.new_id(), Kind.DM, recipient=user))
        self.people[number] = Person(self, user, chat)
        return self.people[number]

    def guild(self, name: str = "Workers", *channels: str, bot: bool = True, rights: int = MEMBER) -> Guild:
        """A server with text channels of these names; the bot is there, with ``rights``, unless it says else."""
        number = self.new_id()
        guild = Guild(number, name, User(self.new_id(), "Owner"), self.bot, bot_here=bot)
        guild.role(number, "@everyone", MEMBER)
        guild.role(self.new_id(), self.bot.name, rights)
        guild.members = {
            guild.owner.id: [],
            self.bot.id: [int(each) for each in guild.roles if each != number],
        }
        guild.users = {guild.owner.id: guild.owner, self.bot.id: self.bot}
        self.guilds[number] = guild
        for each in channels or ("general",):
            self.open(guild, each, tell=False)
        if bot:
            self.tell_guild("GUILD_CREATE", guild, guild.json)
        return guild

    def open(
        self,
        guild: Guild,
        name: str,
        kind: Kind = Kind.TEXT,
        parent: Channel | None = None,
        followers: int = 0,
        *,
        tell: bool = True,
    ) -> Channel:
        """A channel comes to be in a server; threads have a parent."""
        assert (parent is not None) == (kind in THREADS)
        channel = Channel(self.new_id(), kind, name, guild, parent=parent, followers=followers)
        guild.channels[channel.id] = self.channel_of(channel)
        if tell:
            self.tell_guild("THREAD_CREATE" if kind in THREADS else "CHANNEL_CREATE", guild, channel.json)
        return channel

    def channel_of(self, channel: Channel) -> Channel:
        """Keep a channel, so that it is found by its id."""
        self.channels[channel.id] = channel
        return channel

    def channel(self, number: str) -> Channel:
        """The channel with this id; raises 10003, or 50001 for one of a server without the bot."""
        found = self.channels.get(int(number))
        if found is None:
            raise no(10003)
        if found.guild and not found.guild.bot_here:
            raise no(50001)
        return found

    def message(self, channel: str, number: str) -> Message:
        """The message with this id that all see; raises 10003, 50001, 10008."""
        found = self.channel(channel).messages.get(int(number))
        if found is None:
            raise no(10008)
        return found

    def hook(self, application: str, token: str) -> Interaction | None:
        """The interaction of a webhook's token; None where there is none."""
        mine = int(application) == self.application
        return next((each for each in self.interactions.values() if mine and each.token == token), None)

    def reaches(self, user: User) -> bool:
        """Whether the bot may write to somebody."""
        return user.dms_open

    # What happens to servers and channels

    def tell_guild(self, event: str, guild: Guild, data: Json) -> None:
        """Tell of something in a server, where the bot is in it."""
        if guild.bot_here:
            self.gateway.tell(event, data, guild.id, GUILDS)

    def remove_bot(self, guild: Guild) -> None:
        """Throw the bot out of a server."""
        self.tell_guild("GUILD_DELETE", guild, {"id": str(guild.id), "unavailable": False})
        guild.bot_here = False

    def add_bot(self, guild: Guild) -> None:
        """Bring the bot into a server."""
        guild.bot_here = True
        self.tell_guild("GUILD_CREATE", guild, guild.json)

    def close(self, channel: Channel) -> None:
        """Delete a channel or a thread, with all that stands in it."""
        guild = channel.guild
        assert guild
        del self.channels[channel.id], guild.channels[channel.id]
        for message in channel.messages.values():
            message.gone = True
        self.tell_guild("THREAD_DELETE" if channel.kind in THREADS else "CHANNEL_DELETE", guild, channel.json)

    def set_rights(self, channel: Channel, allow: int = 0, deny: int = 0, user: User | None = None) -> None:
        """Change what the bot, or somebody else, may in one channel."""
        guild, who = channel.guild, (user or self.bot).id
        assert guild
        over = {"id": str(who), "type": 1, "allow": str(int(allow)), "deny": str(int(deny))}
        channel.overwrites[who] = over
        self.tell_guild("CHANNEL_UPDATE", guild, channel.json)

    def set_role(self, guild: Guild, rights: int) -> None:
        """Change what the bot may in a whole server."""
        role = guild.role(guild.members[self.bot.id][0], self.bot.name, rights)
        self.tell_guild("GUILD_ROLE_UPDATE", guild, {"guild_id": str(guild.id), "role": role})

    def archive(self, thread: Channel, *, locked: bool = False) -> None:
        """Archive a thread, or lock it too."""
        assert thread.guild
        thread.archived, thread.locked = True, locked
        self.tell_guild("THREAD_UPDATE", thread.guild, thread.json)

    # What happens to messages

    def post(self, message: Message) -> Message:
        """A message of the bot comes to be."""
        kept = message.channel.whispers if message.ephemeral else message.channel.messages
        kept[message.id] = message
        self._tell_message("MESSAGE_CREATE", message)
        return message

    def change(self, message: Message) -> Message:
        """A message of the bot was changed."""
        message.edited, message.sends = self.clock(), message.sends + 1
        self._tell_message("MESSAGE_UPDATE", message)
        return message

    def remove(self, message: Message) -> None:
        """A message is deleted."""
        message.gone = True
        message.channel.messages.pop(message.id, None)
        message.channel.whispers.pop(message.id, None)

    def _tell_message(self, event: str, message: Message) -> None:
        """Tell the bot of its own message, where its intents want that."""
        guild = message.channel.guild
        if message.ephemeral:
            return
        if guild is None:
            self.gateway.tell(event, message.json | {"channel_type": 1}, None, DIRECT_MESSAGES)
        elif guild.bot_here:
            told = message.json | {"guild_id": str(guild.id), "member": guild.member_json(self.bot)}
            self.gateway.tell(event, told, guild.id, GUILD_MESSAGES)

    # HTTP

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        call = f"{request.method} /{request.match_info['path']}"
        try:
            does, where, needs = find(request.method, "/" + request.match_info["path"])
            if needs and request.headers.get("Authorization") != f"Bot {self.token}":
                raise unauthorised()
            body, files = await http.read(request)
            self.calls.append((call, body))
            return await self._meet(
                request, call, lambda: does(self, Call(where, dict(request.query), body, files))
            )
        except Refused as refusal:
            self.refusals.append((call, refusal.status, refusal.code))
            return http.refuse(refusal)
        finally:
            self.changed()

    async def _meet(self, request: web.Request, call: str, do: Callable[[], object]) -> web.StreamResponse:
        """The call, and whatever goes wrong on its way."""
        trouble = self.weather.next(call) or Trouble(Fault.SLOW, seconds=0)
        if trouble.fault is Fault.HANG:
            await http.hang(request, trouble.seconds)
        if trouble.fault in {Fault.CUT, Fault.HANG}:
            return http.drop(request)
        if trouble.fault is Fault.BANNED:
            return http.page(429)
        _refuse(trouble)
        headers = self.weather.pace(call)
        result = do()
        if trouble.fault is Fault.SLOW and trouble.seconds:
            await asyncio.sleep(trouble.seconds)
        match trouble.fault:
            case Fault.LOST:
                return http.drop(request)
            case Fault.HTML | Fault.NONSENSE:
                return http.page(502 if trouble.fault is Fault.HTML else 200)
        return http.answer(result, headers)


def _refuse(trouble: Trouble) -> None:
    """Raise the refusal a trouble asks for."""
    match trouble.fault:
        case Fault.ERROR:
            raise Refused(500, 0, "500: Internal Server Error")
        case Fault.FLOOD | Fault.FLOOD_ALL:
            raise too_many(trouble.seconds, everywhere=trouble.fault is Fault.FLOOD_ALL)
        case Fault.REFUSED:
            raise no(trouble.code)


__all__ = ["TOKEN", "DiscordServer", "Right"]
