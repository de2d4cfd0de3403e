"""The whole bot from the composition root on a strict Discord, with its forms; a life may follow another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from bot.app import Bot, Content, Edges, Team, build
from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Incoming
from bot.features.guards import needs_administrator
from bot.menus import slash_commands
from bot.platforms.discord.client import Api
from bot.platforms.discord.entrance import Entrance
from bot.platforms.discord.fetching import fetch
from bot.platforms.discord.gateway import Gateway
from bot.platforms.discord.messenger import DiscordMessenger
from bot.platforms.discord.profile import put_commands
from bot.platforms.discord.reading import start_line
from bot.platforms.discord.rooms import Rooms
from bot.ports import Store
from bot.stations import ROOMS, offered
from tests.peers.discord.things import Channel
from tests.peers.discord_server import DiscordServer
from tests.stage import CountedIds, HandClock
from tests.transcripts.discord_witness import Witness

FIRST_ROOM = 880_000_000_001


@dataclass
class Life:
    """One bot, one store, one server."""

    server: DiscordServer
    content: Content
    store: Store
    clock: HandClock
    desk: Channel
    witness: Witness
    ids: CountedIds = field(default_factory=CountedIds)
    bot: Bot = field(init=False)
    owners: frozenset[AccountRef] = frozenset()
    taken: int = 0
    """Events that were taken to their end."""
    _messenger: DiscordMessenger = field(init=False)
    _ear: Gateway = field(init=False)
    _running: asyncio.Future[None] | None = None

    @classmethod
    async def begin(cls, content: Content, store: Store) -> Life:
        """A server that is up, before the bot's first life."""
        clock = HandClock()
        server = await DiscordServer(clock=lambda: clock.now().timestamp()).start()
        desk = server.rooms.add(server.guild(FIRST_ROOM << 22, "desk"), "desk")
        return cls(server, content, store, clock, desk, Witness(server))

    async def open(self) -> None:
        """The process starts."""
        messenger = self._messenger = DiscordMessenger(
            Api(self.server.token, self.server.api, self.server.ws)
        )
        speaks, own = {"discord": self.witness.before(messenger)}, frozenset({"discord"})
        reads = {"discord": partial(fetch, self.server.api)}
        edges = Edges(
            self.store, self.clock, self.ids, speaks, nonces=own, fetch=reads, links={"discord": start_line}
        )
        team = Team(self.owners, (ChatRef("discord", str(self.desk.id)),))
        self.bot = build(self.content, edges, team)
        self._listen(messenger)
        await messenger.try_to_open()
        await self.bot.start()
        self._running = asyncio.ensure_future(self._ear.run())
        await self.server.until(lambda: self.server.gateway.live)
        commands = slash_commands(self.content.phrases, self.clock.now())
        assert await put_commands(messenger, self.store, commands)

    def _listen(self, messenger: DiscordMessenger) -> None:
        asks = partial(needs_administrator, self.store)
        entrance = Entrance(messenger, self._take, ROOMS, asks, partial(offered, self.bot))
        Rooms(messenger.api, entrance.begin)
        self._ear = Gateway(messenger, entrance)

    async def close(self, *, crash: bool = False) -> None:
        """The process ends; in a crash what it answered is not noted any more."""
        if self._running is None:
            return
        self._ear.stop()
        await self._running
        self._running = None
        await self._messenger.close()
        await self.server.until(lambda: not self.server.gateway.live)
        if not crash:
            await self.bot.turns.flush()

    async def _take(self, incoming: Incoming, committed: Callable[[], None]) -> None:
        """Take an event, and count it once its turn is over."""
        try:
            await self.bot.turns.take(incoming, committed)
        finally:
            self.taken += 1
            self.server.changed()
