"""The real discord.py, with what it heard, and how it is asked."""

from __future__ import annotations

from typing import Any

import discord
from discord.http import Route

from tests.peers.discord_server import DiscordServer

Json = dict[str, Any]

READ: Json = {
    "name": "read",
    "description": "Read the statement",
    "options": [{"type": 3, "name": "topic", "description": "Which one", "autocomplete": True}],
}
SIGN: Json = {"type": 2, "style": 1, "label": "Sign", "custom_id": "p0:sign"}


def row(*parts: Json) -> Json:
    return {"type": 1, "components": list(parts)}


class Clock:
    """A time that a test sets."""

    def __init__(self) -> None:
        self.now = 1_780_000_000.0

    def __call__(self) -> float:
        return self.now


class Bot(discord.Client):
    """The real client, with what it heard."""

    def __init__(self, server: DiscordServer, intents: discord.Intents) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.01, max_ratelimit_timeout=30.0)
        self.server = server
        self.heard: list[str] = []
        self.asked: list[discord.Interaction[Any]] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Begin a second session without the library's pause."""

    async def on_ready(self) -> None:
        self.heard.append("ready")

    async def on_resumed(self) -> None:
        self.heard.append("resumed")

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        self.asked.append(interaction)

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message.content)

    async def call(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401  (JSON)
        more: dict[str, Any] = {} if body is None else {"json": body}
        return await self.http.request(Route(method, path), **more)

    async def code(self, method: str, path: str, body: object = None) -> int:
        """The code of the refusal; 0 where there is none."""
        try:
            await self.call(method, path, body)
        except discord.HTTPException as refusal:
            return refusal.code
        return 0
