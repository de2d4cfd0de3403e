"""The whole bot from the composition root on the strict Discord, which may be stopped and started anew."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from bot.app import Bot, Content, Edges, Team, build
from bot.campaign.refs import ChatRef
from bot.menus import slash_commands
from bot.platforms.discord.client import Api
from bot.platforms.discord.messenger import DiscordMessenger
from bot.platforms.discord.profile import put_commands
from bot.ports import Store, Tx
from bot.publication.signatory_list import listing
from bot.stations import listen_on_discord
from bot.storage.direct import open_direct
from tests.peers.discord.interactions import Interaction
from tests.peers.discord.people import Person
from tests.peers.discord.things import Channel
from tests.peers.discord_server import DiscordServer
from tests.stage import KEY, CountedIds, HandClock

T = TypeVar("T")


class Slow:
    """The real store; while ``gate`` is closed it stores and reads nothing."""

    def __init__(self) -> None:
        self.real: Store = open_direct(sqlite3.connect(":memory:", isolation_level=None), KEY)
        self.gate = asyncio.Event()
        self.gate.set()

    async def transaction(self, work: Callable[[Tx], T]) -> T:
        await self.gate.wait()
        return await self.real.transaction(work)

    async def read(self, work: Callable[[Tx], T]) -> T:
        await self.gate.wait()
        return await self.real.read(work)

    async def tidy(self) -> bool:
        return await self.real.tidy()

    async def close(self) -> None:
        await self.real.close()


@dataclass
class House:
    """One bot, one store, one server; ``desk`` is the moderators' channel."""

    server: DiscordServer
    content: Content
    clock: HandClock
    desk: Channel
    store: Slow = field(default_factory=Slow)
    ids: CountedIds = field(default_factory=CountedIds)
    bot: Bot = field(init=False)

    @asynccontextmanager
    async def life(self) -> AsyncIterator[None]:
        """One life of the process."""
        messenger = DiscordMessenger(Api(self.server.token, self.server.api, self.server.ws))
        edges = Edges(self.store, self.clock, self.ids, {"discord": messenger}, frozenset({"discord"}))
        self.bot = build(self.content, edges, Team(moderators=(ChatRef("discord", str(self.desk.id)),)))
        ear, _ = listen_on_discord(messenger, self.bot)
        await messenger.try_to_open()
        await self.bot.start()
        running = asyncio.ensure_future(ear.run())
        try:
            await self.server.until(lambda: self.server.gateway.live)
            menu = slash_commands(self.content.phrases, self.clock.now())
            assert await put_commands(messenger, self.store, menu)
            yield
        finally:
            self.store.gate.set()
            ear.stop()
            await running
            await messenger.close()

    async def answered(self, asked: Interaction) -> Interaction:
        """An interaction, once it has all of its answer."""
        await self.server.until(lambda: asked.response is not None and not asked.waits)
        return asked

    async def press(self, who: Person, label: str, where: Channel) -> Interaction:
        """Press the newest button whose label begins so."""
        found = [b for m in reversed(who.sees(where)) for b in m.buttons if b.startswith(label)]
        assert found, [m.buttons for m in who.sees(where)]
        return await self.answered(who.press(found[0], where=where))

    async def listed(self) -> list[str]:
        """The published list."""
        found = await self.store.read(lambda tx: listing(tx, "palestine"))
        return [each.line for each in found.organisations]
