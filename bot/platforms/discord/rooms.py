"""Rooms we lose, seen by the gateway: we were put out, a channel is deleted, rights are gone or back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC

import discord

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Came, Incoming
from bot.platforms.discord.client import Api
from bot.platforms.discord.reading import PLATFORM

Begin = Callable[[Incoming], Awaitable[None]]

_MOST_KNOWN = 10_000


class Rooms:
    """Tells ``begin`` of every room that is lost, once for as long as it is, and where we may speak again.

    Nothing else is kept: after a start only the gateway's own "before" says that rights are back.
    """

    def __init__(self, api: Api, begin: Begin) -> None:
        self._begin = begin
        self._lost: set[int] = set()
        self._telling = asyncio.Lock()
        api.on("guild_remove", self.on_guild_remove)
        api.on("guild_join", self.on_guild_join)
        api.on("guild_channel_delete", self.on_guild_channel_delete)
        api.on("guild_channel_update", self.on_guild_channel_update)
        api.on("raw_thread_delete", self.on_raw_thread_delete)
        api.on("guild_role_update", self.on_guild_role_update)
        api.on("guild_role_delete", self.on_guild_role_delete)
        api.on("member_update", self.on_member_update)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """We were put out of a server; one that is only unavailable is not told so."""
        await self._lose((each.id for each in (*guild.channels, *guild.threads)), Came.REMOVED)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """We are let in again: its rooms may be lost anew. Who let us in nobody tells."""
        self._lost -= {each.id for each in (*guild.channels, *guild.threads)}

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel is gone, and its threads with it."""
        await self._lose(_with_threads(channel), Came.REMOVED)

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread is gone."""
        await self._lose([payload.thread_id], Came.REMOVED)

    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """Rights in a channel may have changed."""
        await self._look([after], back=not _may_speak(before))

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Rights in a server may have changed."""
        more = after.permissions.value & ~before.permissions.value
        await self._look(after.guild.channels, back=bool(more) and after in after.guild.me.roles)

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Rights in a server may have changed."""
        await self._look(role.guild.channels)

    async def on_member_update(self, before: discord.Member, after: discord.Member) -> None:
        """What we are in a server may have changed."""
        if after.id == after.guild.me.id:
            await self._look(after.guild.channels, back=before.roles != after.roles)

    async def _look(self, channels: Iterable[discord.abc.GuildChannel], *, back: bool = False) -> None:
        """Tell where we may not speak now, and where we may again; ``back``: that may be anywhere here."""
        rooms = [each for each in channels if isinstance(each, discord.abc.Messageable)]
        closed = [number for each in rooms if not _may_speak(each) for number in _with_threads(each)]
        opened = [number for each in rooms if _may_speak(each) for number in _with_threads(each)]
        returned = [number for number in opened if back or number in self._lost]
        self._lost -= {*opened}
        await self._lose([number for number in closed if number not in self._lost], Came.SILENCED)
        await self._tell(returned, Came.RETURNED)

    async def _lose(self, numbers: Iterable[int], came: Came) -> None:
        lost = list(numbers)
        if len(self._lost) + len(lost) > _MOST_KNOWN:
            self._lost.clear()
        self._lost |= {*lost}
        await self._tell(lost, came)

    async def _tell(self, numbers: Iterable[int], came: Came) -> None:
        """What happened first is told first."""
        async with self._telling:
            for number in numbers:
                now = discord.utils.utcnow().astimezone(UTC)
                event, chat = f"{came}/{number}/{now.timestamp()}", ChatRef(PLATFORM, str(number))
                await self._begin(Incoming(event, came, chat, None, private=False))


def _may_speak(channel: discord.abc.GuildChannel) -> bool:
    rights = channel.permissions_for(channel.guild.me)
    return rights.view_channel and rights.send_messages


def _with_threads(channel: discord.abc.GuildChannel) -> list[int]:
    return [channel.id, *(each.id for each in getattr(channel, "threads", ()))]
