"""The network of this folder, but for fetching.py: discord.py's client, for its gateway and its limits.

What we send goes as raw JSON through its HTTP client, so that no view, tree or cache of the library remembers
anything. Addresses are process-wide in the library; they are set when a client is made.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.dialog.messages import Attachment
from bot.platforms.discord.sessions import Budget, Sessions

API = "https://discord.com/api/v10"
PATIENCE = 20.0
"""Seconds a call may take; it goes on without us then, for cancelled it would leave the library's locks."""
LONGEST_LIMIT = 30.0
"""Seconds of a rate limit that the library waits for itself; a longer one is told to us."""
Handler = Callable[..., Coroutine[Any, Any, None]]


class Api:
    """One bot's connection; it may be closed and opened anew. ``shards`` are ids and count, None for all."""

    def __init__(
        self,
        token: str,
        address: str = API,
        gateway: str | None = None,
        shards: tuple[Sequence[int], int] | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._token, self._gateway, self._shards, self._patience = token, gateway, shards, patience
        Route.BASE = address
        if gateway:
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
        self._handlers: dict[str, Handler] = {}
        self._calls: set[asyncio.Task[Any]] = set()
        self._sessions = Sessions()
        self._begun = False
        self.is_open = False
        self.client = self._make()

    @property
    def application(self) -> str:
        """The id of our application; "" before it was opened."""
        return str(self.client.application_id or "")

    def on(self, event: str, handler: Handler) -> None:
        """Hand an event of the library on; every handler runs in a task of its own."""
        self._handlers[f"on_{event}"] = handler
        setattr(self.client, f"on_{event}", handler)

    async def open(self) -> None:
        """Log in. Raises discord.LoginFailure, and whatever the network does."""
        if self.is_open:
            return
        await self.close()
        self.client, self._begun = self._make(), True
        await self.client.login(self._token)
        self.is_open = True

    async def listen(self) -> None:
        """Hear events until it is closed. Raises Spent, and what ended the session for good.

        Where no session may be begun yet it stays open, and what is to be sent can be sent.
        """
        count = await self._spend(len(self._shards[0]) if self._shards else 0)
        if self._gateway:
            self.client.shard_count = self.client.shard_count or count  # else the library asks for another
        try:
            await self.client.connect()
        except Exception:
            self.is_open = False  # the library closed it
            raise

    async def _spend(self, number: int) -> int:
        """Begin so many sessions (0: all that there should be), or raise Spent; how many there should be."""
        count, _, limit = await self.client.http.get_bot_gateway()
        budget = Budget(limit["total"], limit["remaining"], limit["reset_after"] / 1000)
        self._sessions.begin(number or count, budget, asyncio.get_running_loop().time())
        return count

    async def _before_identify(self, shard: int | None, *, initial: bool = False) -> None:
        """The library is about to begin a session by itself, which counts as any other."""
        if not initial:
            await self._spend(1)
        await type(self.client).before_identify_hook(self.client, shard, initial=initial)

    async def close(self) -> None:
        """Close every connection; what is on its way is given up."""
        self.is_open = False
        for call in self._calls:
            call.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)
        if self._begun:
            self._begun = False
            await self.client.close()

    async def call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | Sequence[Any] | None = None,
        file: Attachment | None = None,
        **where: str,
    ) -> Any:  # noqa: ANN401  (JSON)
        """Call the REST API and return its JSON.

        Raises what discord.py and aiohttp raise, TimeoutError where it takes too long.
        """
        more: dict[str, Any] = {} if body is None else {"json": body}
        if file is not None:
            more = {"form": _form(body, file)}
        call = asyncio.ensure_future(self.client.http.request(Route(method, path, **where), **more))
        self._calls.add(call)
        call.add_done_callback(self._ended)
        done, _ = await asyncio.wait({call}, timeout=self._patience)
        if not done:
            raise TimeoutError
        return call.result()

    def _ended(self, call: asyncio.Task[Any]) -> None:
        self._calls.discard(call)
        if not call.cancelled():
            call.exception()

    def _make(self) -> discord.AutoShardedClient:
        """A client that hears rooms and direct messages and keeps neither members nor messages."""
        ids, count = self._shards or ((), None)
        part: dict[str, Any] = {"shard_ids": list(ids), "shard_count": count} if ids else {}
        client = discord.AutoShardedClient(
            intents=discord.Intents(guilds=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=LONGEST_LIMIT,
            **part,
        )
        handlers = {**self._handlers, "before_identify_hook": self._before_identify}
        for name, handler in handlers.items():
            setattr(client, name, handler)
        return client


def _form(body: object, file: Attachment) -> list[dict[str, Any]]:
    """A body with a file beside it."""
    return [
        {"name": "payload_json", "value": json.dumps(body)},
        {"name": "files[0]", "value": file.content, "filename": file.name, "content_type": file.mime},
    ]
