"""Rooms we lose, seen by the gateway: we were put out, a channel or thread is deleted, rights are gone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC
from typing import Any

import discord

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Came, Incoming
from bot.platforms.discord.client import Api
from bot.platforms.discord.reading import PLATFORM

Begin = Callable[[Incoming], Awaitable[None]]

_MOST_KNOWN = 10_000


class Rooms:
    """Tells ``begin`` of every room that is lost, once for as long as it is lost. Nothing else is kept."""

    def __init__(self, api: Api, begin: Begin) -> None:
        self._begin = begin
        self._lost: set[int] = set()
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
        await self._lose(each.id for each in (*guild.channels, *guild.threads))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """We are let in again: its rooms may be lost anew. Who let us in nobody tells."""
        self._lost -= {each.id for each in (*guild.channels, *guild.threads)}

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel is gone, and its threads with it."""
        await self._lose([channel.id, *(each.id for each in _threads(channel))])

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread is gone."""
        await self._lose([payload.thread_id])

    async def on_guild_channel_update(self, _before: object, after: discord.abc.GuildChannel) -> None:
        """Rights in a channel may have changed."""
        await self._look([after])

    async def on_guild_role_update(self, _before: object, after: discord.Role) -> None:
        """Rights in a server may have changed."""
        await self._look(after.guild.channels)

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Rights in a server may have changed."""
        await self._look(role.guild.channels)

    async def on_member_update(self, _before: object, after: discord.Member) -> None:
        """What we are in a server may have changed."""
        if after.id == after.guild.me.id:
            await self._look(after.guild.channels)

    async def _look(self, channels: Iterable[discord.abc.GuildChannel]) -> None:
        """Tell of those where we may not speak now."""
        closed = [each for each in channels if not _may_speak(each)]
        self._lost -= {each.id for each in channels} - {each.id for each in closed}
        await self._lose(
            number
            for each in closed
            for number in (each.id, *(thread.id for thread in _threads(each)))
            if number not in self._lost
        )

    async def _lose(self, numbers: Iterable[int]) -> None:
        if len(self._lost) >= _MOST_KNOWN:
            self._lost.clear()
        for number in list(numbers):
            self._lost.add(number)
            now = discord.utils.utcnow().astimezone(UTC)
            event = f"lost/{number}/{now.timestamp()}"
            chat = ChatRef(PLATFORM, str(number))
            await self._begin(Incoming(event, Came.REMOVED, chat, None, private=False))


def _may_speak(channel: discord.abc.GuildChannel) -> bool:
    rights = channel.permissions_for(channel.guild.me)
    return rights.view_channel and rights.send_messages


def _threads(channel: discord.abc.GuildChannel) -> list[Any]:
    return list(getattr(channel, "threads", ()))
