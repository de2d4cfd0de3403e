"""The one entrance: every interaction and direct message, from what the library hands us to a turn."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import replace
from typing import Any

import discord

from bot import log
from bot.campaign.refs import ChatRef
from bot.dialog.messages import Incoming
from bot.platforms.discord.exchange import CALLBACK
from bot.platforms.discord.forms import write_choices
from bot.platforms.discord.messenger import DiscordMessenger
from bot.platforms.discord.raw import Raw, id_of, text
from bot.platforms.discord.reading import PLATFORM, Kind, Typing, read, read_message, read_typing

Take = Callable[[Incoming, Callable[[], None]], Awaitable[None]]
"""Takes an event and calls back once it is stored; ``Turns.take``."""
Asked = Callable[[Incoming], Awaitable[ChatRef | None]]
"""The room of which it must be known, for an event, whether its person runs it; ``needs_administrator``."""
Suggest = Callable[[Typing], Iterable[tuple[str, str]]]
"""What is offered to somebody who types: labels and packed routes, from memory."""

PATIENCE = 1.5
"""Seconds without a commit after which Discord is told that the answer comes later; it waits for three."""
MOST = 3000
"""Events at work, beyond which no further one is begun."""
DRAIN = 10.0
_OFFERED = 8


async def of_none(_incoming: Incoming) -> ChatRef | None:
    """No room is asked about."""
    return None


def offer_nothing(_typing: Typing) -> Iterable[tuple[str, str]]:
    """Nothing is offered."""
    return ()


class Entrance:
    """Hands events on. ``rooms`` are the commands that are about the room they are used in."""

    def __init__(  # noqa: PLR0917  (everything it touches is handed in)
        self,
        messenger: DiscordMessenger,
        take: Take,
        rooms: Collection[str] = (),
        needs_administrator: Asked = of_none,
        suggest: Suggest = offer_nothing,
        patience: float = PATIENCE,
    ) -> None:
        self._messenger, self._take, self._rooms = messenger, take, rooms
        self._needs_administrator, self._suggest, self._patience = needs_administrator, suggest, patience
        self._work: set[asyncio.Task[None]] = set()
        self._stopped = False
        messenger.api.on("interaction", self.on_interaction)
        messenger.api.on("message", self.on_message)
        messenger.api.on("raw_message_edit", self.on_raw_message_edit)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """A command, something pressed, a form, or somebody who types."""
        given = assembled(interaction)
        if given["type"] == Kind.TYPING:
            await self._offer(given)
        elif (incoming := read(given, self._rooms)) is not None:
            await self.begin(incoming)
        elif given["type"] in set(Kind):
            log.event(log.Event.EVENT_UNREADABLE, platform=PLATFORM)

    async def on_message(self, message: discord.Message) -> None:
        """Words in the chat of the two of us; whatever is said elsewhere is none of our business."""
        await self._hear(_message(message))

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Words that were changed by their writer; a preview that Discord adds to them is no change."""
        if payload.data.get("edited_timestamp"):
            await self._hear(payload.data)

    async def _hear(self, message: object) -> None:
        me = self._messenger.api.client.user
        for incoming in read_message(message, str(me.id) if me else ""):
            await self.begin(incoming)

    async def begin(self, incoming: Incoming) -> None:
        """Take an event to its end, which a stop waits for."""
        if self._stopped or len(self._work) >= MOST:
            return
        task = asyncio.ensure_future(self._turn(incoming))
        self._work.add(task)
        task.add_done_callback(self._work.discard)
        await asyncio.shield(task)

    async def drain(self, seconds: float = DRAIN) -> None:
        """Begin nothing more, and wait until all that was begun is over, but not longer than this."""
        self._stopped = True
        if self._work:
            await asyncio.wait(self._work, timeout=seconds)

    async def _turn(self, incoming: Incoming) -> None:
        """A turn; where it takes long Discord is told so, and in the end nothing looks as if it failed."""
        exchange = self._messenger.begin(incoming)
        stored = asyncio.Event()
        waiting = asyncio.ensure_future(self._defer(exchange.defer, stored)) if exchange else None
        try:
            await self._guarded(incoming, stored.set)
            stored.set()
            if exchange and waiting:
                await waiting
                await exchange.release()
        finally:
            if waiting:
                waiting.cancel()
            self._messenger.forget(incoming)

    async def _defer(self, defer: Callable[[], Awaitable[None]], stored: asyncio.Event) -> None:
        try:
            await asyncio.wait_for(stored.wait(), self._patience)
        except TimeoutError:
            await defer()

    async def _guarded(self, incoming: Incoming, committed: Callable[[], None]) -> None:
        try:
            await self._take(await self._known(incoming), committed)
        except Exception as error:  # noqa: BLE001  (one event must not stop the others)
            log.event(log.Event.TURN_FAILED, error=error, event_id=incoming.event, platform=PLATFORM)

    async def _known(self, incoming: Incoming) -> Incoming:
        """The event with whether its person runs the room it is about; of its own room it says so itself."""
        try:
            room, person = await self._needs_administrator(incoming), incoming.person
        except Exception as error:  # noqa: BLE001  (whatever it is, the turn says what can be said)
            log.event(log.Event.TURN_FAILED, error=error, event_id=incoming.event, platform=PLATFORM)
            return incoming
        if room is None or person is None:
            return incoming
        known = incoming.administrator if room == incoming.chat else None
        if known is None:
            known = await self._messenger.is_administrator(room, person)
        return replace(incoming, room=room, administrator=known)

    async def _offer(self, given: Raw) -> None:
        """Offer something to somebody who types; where anything goes wrong, nothing."""
        typing, offered = read_typing(given), list[tuple[str, str]]()
        try:
            offered = list(self._suggest(typing)) if typing else []
        except Exception as error:  # noqa: BLE001  (whoever types must not wait for a bug of ours)
            log.event(log.Event.TURN_FAILED, error=error, event_id=id_of(given), platform=PLATFORM)
        body = {"type": _OFFERED, "data": write_choices(offered)}
        token = text(given["token"])
        await self._messenger.receipt("POST", CALLBACK, body, webhook_id=id_of(given), webhook_token=token)


def assembled(interaction: discord.Interaction[Any]) -> Raw:
    """What ``reading`` takes, from the library's object.

    Between others, where a person has brought us along, it is as in a server: answers are for one alone.
    """
    among = interaction.guild_id or (interaction.channel_id if interaction.context.private_channel else None)
    user, message = interaction.user, interaction.message
    return {
        "id": str(interaction.id),
        "token": interaction.token,
        "type": int(interaction.type.value),
        "data": interaction.data or {},
        "locale": str(interaction.locale.value),
        "guild_id": str(among) if among else None,
        "channel_id": str(interaction.channel_id) if interaction.channel_id else None,
        "user": _user(user),
        "permissions": str(interaction.permissions.value),
        "app_permissions": str(interaction.app_permissions.value),
        "here": interaction.is_guild_integration(),
        "channel_type": interaction.channel.type.value if interaction.channel else None,
        "message": {"id": str(message.id), "flags": message.flags.value} if message else None,
    }


def _user(user: discord.abc.User) -> Raw:
    shown = getattr(user, "global_name", None)
    return {"id": str(user.id), "name": user.name, "global_name": shown, "bot": user.bot}


def _message(message: discord.Message) -> Raw:
    """A message as ``reading`` takes it; one of a server the library does not know is of a server."""
    return {
        "id": str(message.id),
        "type": int(message.type.value),
        "content": message.content,
        "guild_id": None if isinstance(message.channel, discord.DMChannel) else str(message.channel.id),
        "author": _user(message.author),
        "attachments": _attachments(message),
        "message_reference": {"type": message.reference.type.value} if message.reference else None,
        "message_snapshots": [
            {"message": {"content": each.content, "attachments": _attachments(each)}}
            for each in message.message_snapshots
        ],
        "edited_timestamp": message.edited_at.isoformat() if message.edited_at else None,
    }


def _attachments(message: discord.Message | discord.MessageSnapshot) -> list[Raw]:
    return [
        {"url": each.url, "filename": each.filename, "size": each.size, "content_type": each.content_type}
        for each in message.attachments
    ]
