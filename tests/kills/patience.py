"""How long somebody on Discord waits for news before they try again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random

from tests.kills.seat import PATIENCE
from tests.peers.discord_server import DiscordServer

SOON, LATE = 0.5, 2.0
"""Seconds after which somebody tries again where nothing happened; Discord itself says so after three."""
IMPATIENT = 0.2
"""So many press, or send a form, twice."""


def times(chance: Random) -> int:
    """How often they press."""
    return 2 if chance.random() < IMPATIENT else 1


async def changes(server: DiscordServer, seen: Callable[[], object], seconds: float) -> bool:
    """Whether what is seen becomes other within so many seconds."""
    before, now = seen(), asyncio.get_running_loop().time
    end = now() + seconds
    await server.until(lambda: seen() != before or now() > end, seconds + PATIENCE)
    return seen() != before
