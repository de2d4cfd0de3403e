"""Cards in rooms that somebody just pressed, with the token by which each may still be changed.

Of old messages Discord lets us edit a few an hour in one channel; a card that was pressed is changed by the
token of its press. Remembered in memory alone, for as long as a token can be used.
"""

from __future__ import annotations

import asyncio

from bot.platforms.discord.clearing import TOKEN

MOST = 1000


class Pressed:
    """Remembers tokens by the card's message."""

    def __init__(self) -> None:
        self._tokens: dict[str, tuple[float, str]] = {}

    def note(self, message: str, token: str) -> None:
        """A card was pressed, and the press was answered by nothing else."""
        if len(self._tokens) >= MOST:
            self._tokens.clear()
        self._tokens[message] = asyncio.get_running_loop().time() + TOKEN, token

    def token(self, message: str) -> str:
        """The token by which a card may be changed, "" where there is none."""
        until, token = self._tokens.get(message, (0.0, ""))
        return token if until > asyncio.get_running_loop().time() else ""
