"""The door to the strict local Discord in the folder ``discord`` beside this file."""

from __future__ import annotations

from tests.peers.discord.server import BOT, TOKEN, DiscordServer

__all__ = ["BOT", "TOKEN", "DiscordServer"]
