"""Publishing: a post in an announcement channel goes to the rooms that follow it, as far as Discord lets us.

A post that is not published is there all the same, so nothing fails for it. It is published before it counts
as sent: whoever sends it again after a crash publishes it too. What Discord puts off is tried again later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import discord

from bot.dialog.messages import Outgoing
from bot.platforms.discord.client import Api
from bot.platforms.discord.exchange import Call
from bot.ports import Fate, Receipt

PUBLISH = "/channels/{channel_id}/messages/{message_id}/crosspost"
PAUSES = (60.0, 600.0, 3600.0)
"""Seconds between two tries, at least."""
_MISSED = frozenset({Fate.UNSENT, Fate.UNKNOWN})

Sleep = Callable[[float], Awaitable[object]]


class Publishing:
    """Publishes posts; ``call`` says what became of a call."""

    def __init__(self, api: Api, call: Call, sleep: Sleep = asyncio.sleep) -> None:
        self._api, self._call, self._sleep = api, call, sleep
        self._put_off: set[asyncio.Task[None]] = set()

    def stop(self) -> None:
        """Publish nothing more."""
        for task in self._put_off:
            task.cancel()

    async def publish(self, room: str, message: str, outgoing: Outgoing) -> None:
        """Publish a post of ours; a card with presses is for those who are there."""
        if any(key.data for row in outgoing.keys for key in row) or not self._is_followed(room):
            return
        receipt = await self._try(room, message)
        if receipt.fate in _MISSED:
            task = asyncio.ensure_future(self._again(room, message, receipt))
            self._put_off.add(task)
            task.add_done_callback(self._put_off.discard)

    async def _again(self, room: str, message: str, receipt: Receipt) -> None:
        for pause in PAUSES:
            await self._sleep(max(receipt.retry, pause))
            receipt = await self._try(room, message)
            if receipt.fate not in _MISSED:
                return

    async def _try(self, room: str, message: str) -> Receipt:
        return await self._call("POST", PUBLISH, channel_id=room, message_id=message)

    def _is_followed(self, room: str) -> bool:
        """Whether it is an announcement channel, or may be one: Discord refuses to publish elsewhere."""
        known = self._api.client.get_channel(int(room))
        return known is None or (isinstance(known, discord.TextChannel) and known.is_news())
