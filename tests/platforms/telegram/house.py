"""The whole bot from the composition root on a strict Bot API, which may be killed and started anew."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from bot.app import Bot, Content, Edges, Team, build
from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Incoming, Phrase
from bot.features.guards import needs_administrator
from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.fetching import fetch
from bot.platforms.telegram.intake import SLOW
from bot.platforms.telegram.limit import LIMIT
from bot.ports import Messenger, Store
from bot.publication.signatory_list import listing
from bot.storage.direct import open_direct
from tests.peers.telegram_chats import Chat, Message
from tests.peers.telegram_people import Person, Press
from tests.peers.telegram_server import TelegramServer
from tests.platforms.telegram.rig import hooked, polling
from tests.stage import KEY, CountedIds, HandClock
from tests.transcripts.play import set_up

DESK = -1000000000001
LIFE: ContextVar[set[asyncio.Task[Any]] | None] = ContextVar("LIFE", default=None)
"""Every task of a life of the bot, so that it can be killed beside the server in the same loop."""


def make_task(
    loop: asyncio.AbstractEventLoop,
    work: Coroutine[Any, Any, Any],
    **more: Any,  # noqa: ANN401
) -> asyncio.Task[Any]:
    """A task that its life knows of; a connection of the web server is closed by the server alone."""
    task = asyncio.Task(work, loop=loop, **more)
    if (life := LIFE.get()) is not None and getattr(work, "__qualname__", "") != "RequestHandler.start":
        life.add(task)
    return task


@dataclass
class House:
    """One bot, one store, one server; ``mode`` is how updates come in."""

    server: TelegramServer
    content: Content
    store: Store
    mode: str
    clock: HandClock = field(default_factory=HandClock)
    ids: CountedIds = field(default_factory=CountedIds)
    slow: float = SLOW
    speaks: Callable[[TelegramMessenger], Messenger] = field(default=lambda real: real)
    """What the bot speaks through: the real messenger, or one that looks on."""
    owners: frozenset[AccountRef] = frozenset()
    watch: bool = True
    """Whether the bot is told when it hears nothing, or somebody else does."""
    busy: int = field(default=0, init=False)
    """Turns at work."""
    desk: Chat = field(init=False)
    asa: Person = field(init=False)
    bot: Bot = field(init=False)
    _life: asyncio.Task[None] | None = None
    _tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.asa = self.server.user(9, name="Asa")
        self.desk = self.server.group(DESK, "Desk", members={9: "member"})

    async def open(self) -> None:
        """Begin a life of the process."""
        asyncio.get_running_loop().set_task_factory(make_task)  # type: ignore[arg-type]
        ready = asyncio.Event()
        self._tasks = set()
        self._life = asyncio.ensure_future(self._live(ready))
        await self.server.until(lambda: ready.is_set() or (self._life and self._life.done()))
        if self._life.done():
            self._life.result()

    async def close(self) -> None:
        """End it as a process is stopped."""
        if self._life:
            self._life.cancel()
            with suppress(asyncio.CancelledError):
                await self._life
            await self.bot.turns.flush()

    async def kill(self) -> None:
        """End it as ``kill -9`` does: nothing that was begun goes on, nothing is noted."""
        for task in [*self._tasks, self._life]:
            if task:
                task.cancel()
        await asyncio.gather(*filter(None, [*self._tasks, self._life]), return_exceptions=True)
        self._life = None

    async def take(self, incoming: Incoming, committed: Callable[[], None]) -> None:
        """Take an event, and count it while it is at work."""
        self.busy += 1
        try:
            await self.bot.turns.take(incoming, committed)
        finally:
            self.busy -= 1
            self.server.changed()

    async def tick(self, by: timedelta = timedelta(seconds=5)) -> None:
        """Time passes, and everything the scheduler rings is rung."""
        self.clock.turn(by)
        await self.bot.tick()

    async def _live(self, ready: asyncio.Event) -> None:
        LIFE.set(self._tasks)
        messenger = TelegramMessenger(self.server.token, self.server.api, patience=5)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(messenger.close)
            speaks, reads = {"telegram": self.speaks(messenger)}, {"telegram": partial(fetch, messenger.api)}
            edges = Edges(
                self.store,
                self.clock,
                self.ids,
                speaks,
                fetch=reads,
                links={"telegram": messenger.link},
                limits={"telegram": LIMIT},
            )
            team = Team(self.owners, (ChatRef("telegram", str(DESK)),))
            self.bot = build(self.content, edges, team)
            await messenger.open()
            await self.bot.start()
            take, needs = self.take, partial(needs_administrator, self.store)
            watch = self.bot if self.watch else None
            if self.mode == "polling":
                await stack.enter_async_context(polling(messenger, take, needs, self.slow, watch))
            else:
                await stack.enter_async_context(hooked(messenger, take, self.server, needs, watch))
            ready.set()
            await asyncio.Event().wait()

    # What people do and see

    def label(self, key: str, **values: str) -> str:
        """What stands on a button, in English."""
        return self.content.phrases.text("en", Phrase(key, values), self.clock.now(), "UTC")

    async def card(self, chat: Chat, key: str) -> Message:
        """The bot's newest message in a chat, once it has this button."""
        label = self.label(key)
        await self.server.until(lambda: chat.from_bot and label in chat.last.labels)
        return chat.last

    async def tap(self, who: Person, chat: Chat, key: str) -> Press | Message:
        """Press a button of the newest card in a chat, once it is there."""
        card = await self.card(chat, key)
        return who.tap(card, self.label(key))

    async def text(self, chat: Chat, words: str) -> Message:
        """The bot's newest message in a chat, once it says this."""
        await self.server.until(lambda: chat.from_bot and words in chat.last.plain)
        return chat.last

    async def listed(self) -> list[str]:
        """The published list."""
        found = await self.store.read(lambda tx: listing(tx, "palestine"))
        return [signatory.line for signatory in found.organisations]


def make_house(server: TelegramServer, content: Content, mode: str, setup: str) -> House:
    """A bot on an empty store with the content a transcript would ask for."""
    wanted, _ = set_up(f"setup: {setup}", content)
    store = open_direct(sqlite3.connect(":memory:", isolation_level=None), KEY)
    return House(server, wanted, store, mode)
