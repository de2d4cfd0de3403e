"""The whole bot on the strict Discord, which may be stopped, or killed, and started anew."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from discord.gateway import KeepAliveHandler

from bot.app import Bot, Content, Edges, Team, build
from bot.campaign.refs import ChatRef
from bot.menus import slash_commands
from bot.platforms.discord.client import Api
from bot.platforms.discord.messenger import DiscordMessenger
from bot.platforms.discord.profile import put_commands
from bot.ports import Limit, Messenger, Store, Tx
from bot.publication.signatory_list import listing
from bot.stations import listen_on_discord
from bot.storage.direct import open_direct
from tests.peers.discord.interactions import Interaction
from tests.peers.discord.people import Person
from tests.peers.discord.things import Channel
from tests.peers.discord_server import DiscordServer
from tests.platforms.telegram.house import LIFE, make_task
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
    """One bot, one store, one server; ``desk`` is the moderators' channel.

    ``beside`` are messengers of other platforms, ``desks`` further moderators' chats.
    """

    server: DiscordServer
    content: Content
    clock: HandClock
    desk: Channel
    store: Slow = field(default_factory=Slow)
    ids: CountedIds = field(default_factory=CountedIds)
    limits: Mapping[str, Limit] = field(default_factory=dict)
    beside: Mapping[str, Messenger] = field(default_factory=dict)
    desks: tuple[ChatRef, ...] = ()
    bot: Bot = field(init=False)
    messenger: DiscordMessenger = field(init=False)
    _tasks: set[asyncio.Task[Any]] = field(default_factory=set, init=False)
    _context: Context = field(init=False)
    _over: asyncio.Event = field(init=False)

    @asynccontextmanager
    async def life(self) -> AsyncIterator[None]:
        """One life of the process, ended as a process is stopped unless it was killed before."""
        asyncio.get_running_loop().set_task_factory(make_task)  # type: ignore[arg-type]
        self._over, self._tasks, self._context = asyncio.Event(), set(), copy_context()
        self._context.run(LIFE.set, self._tasks)
        ready = asyncio.Event()
        life = self._begun(self._live(ready))
        await asyncio.wait({life, self._begun(ready.wait())}, return_when=asyncio.FIRST_COMPLETED)
        try:
            if not life.done():
                yield
        finally:
            self.store.gate.set()
            self._over.set()
            if not life.cancelled():
                await life

    async def kill(self) -> None:
        """End the life as ``kill -9`` does: nothing that was begun goes on, nothing is noted."""
        ended = [*self._tasks]
        for task in ended:
            task.cancel()
        await asyncio.gather(*ended, return_exceptions=True)
        for thread in threading.enumerate():
            if isinstance(thread, KeepAliveHandler):
                thread.stop()  # the one thing of the library that is no task
        await self.messenger.api.client.http.close()
        await self.server.until(lambda: not self.server.gateway.live)

    def ring(self) -> asyncio.Task[None]:
        """Everything the scheduler rings is rung, by the process: it ends where that is killed."""
        return self._begun(self.bot.tick())

    async def tick(self, by: timedelta = timedelta(seconds=5)) -> None:
        """Time passes, and everything is rung."""
        self.clock.turn(by)
        await self.bot.tick()

    def _begun(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Something the process does."""
        return self._context.run(asyncio.create_task, work)

    async def _live(self, ready: asyncio.Event) -> None:
        messenger = self.messenger = DiscordMessenger(Api(self.server.token, self.server.api, self.server.ws))
        speaks, own = {"discord": messenger, **self.beside}, frozenset({"discord"})
        edges = Edges(self.store, self.clock, self.ids, speaks, own, limits=self.limits)
        team = Team(moderators=(ChatRef("discord", str(self.desk.id)), *self.desks))
        self.bot = build(self.content, edges, team)
        ear, _ = listen_on_discord(messenger, self.bot)
        await messenger.try_to_open()
        await self.bot.start()
        running = asyncio.ensure_future(ear.run())
        try:
            await self.server.until(lambda: self.server.gateway.live)
            menu = slash_commands(self.content.phrases, self.clock.now())
            assert await put_commands(messenger, self.store, menu)
            ready.set()
            await self._over.wait()
        finally:
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
