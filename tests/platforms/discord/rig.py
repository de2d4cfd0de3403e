"""A bot of a few lines behind the real entrance, gateway and messenger, on the strict Discord."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.dialog.messages import Attachment, Incoming, Outgoing
from bot.dialog.text import Paragraph, Plain
from bot.platforms.discord.client import Api
from bot.platforms.discord.commands import Command, Option, write_commands
from bot.platforms.discord.entrance import Entrance
from bot.platforms.discord.gateway import Gateway
from bot.platforms.discord.messenger import DiscordMessenger
from bot.platforms.discord.profile import COMMANDS
from bot.platforms.discord.reading import Typing
from bot.platforms.discord.rooms import Rooms
from bot.ports import Fate, Receipt
from tests.peers.discord_server import DiscordServer

FILE = Attachment("a.txt", b"x", "text/plain")
CARD = Outgoing((Paragraph(((Plain("a card"),),)),))
SAID = {"en": "Said in English"}
MENU = (
    Command("start", {}, SAID),
    Command("sign", {}, SAID, (Option("statement", {}, SAID),)),
)


def offer(typing: Typing) -> Iterable[tuple[str, str]]:
    """What is offered to who types."""
    if typing.text == "break":
        raise RuntimeError("Canary words")
    return [(f"{typing.text}estine", "s/palestine")]


@dataclass
class Rig:
    """What the bot hears, and what became of its answers; ``gate`` holds back what is not stored yet."""

    server: DiscordServer
    messenger: DiscordMessenger
    events: list[Incoming] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    says: Outgoing | None = CARD

    async def take(self, incoming: Incoming, committed: Callable[[], None]) -> None:
        """One turn."""
        self.events.append(incoming)
        await self.gate.wait()
        committed()
        if self.says:
            self.receipts.append(await self.messenger.answer(incoming, self.says))

    async def put_menu(self) -> None:
        """Commands that people can use."""
        written, application = write_commands(MENU), self.messenger.api.application
        receipt = await self.messenger.receipt("PUT", COMMANDS, written, application_id=application)
        assert receipt.fate is Fate.SENT


def ear_of(server: DiscordServer, patience: float = 0.0) -> tuple[Rig, Gateway]:
    """A bot that does not listen yet; after ``patience`` seconds without a commit an answer comes later."""
    rig = Rig(server, DiscordMessenger(Api(server.token, server.api, server.ws, patience=5)))
    entrance = Entrance(rig.messenger, rig.take, suggest=offer, patience=patience)
    Rooms(rig.messenger.api, entrance.begin)
    return rig, Gateway(rig.messenger, entrance, first_pause=0.01)


@asynccontextmanager
async def running(rig: Rig, ear: Gateway) -> AsyncIterator[None]:
    """The bot at work; stopped at the end as a process is stopped."""
    work = asyncio.ensure_future(ear.run())
    try:
        yield
    finally:
        rig.gate.set()
        ear.stop()
        await work
        await rig.messenger.close()


@asynccontextmanager
async def listening(server: DiscordServer, patience: float = 0.0) -> AsyncIterator[Rig]:
    """A bot that hears, with a menu."""
    rig, ear = ear_of(server, patience)
    async with running(rig, ear):
        await server.until(lambda: server.gateway.live)
        await rig.put_menu()
        yield rig
