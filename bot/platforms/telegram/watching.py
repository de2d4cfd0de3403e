"""Who else uses our token: a webhook that is not ours takes away what people write, another poller too.

Telegram shows no more than that. We say so to whoever watches, and take back what was taken: whoever has the
token can do this again and again, but people's words come to us meanwhile. What is set when we begin is no
sign: it may be our own from before the settings changed.
"""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass

from bot.platforms.telegram import raw
from bot.platforms.telegram.reading import PLATFORM
from bot.platforms.telegram.request import Api
from bot.ports import Watch

HEARD = 600.0
"""Seconds between two notes that we hear."""
LOOK = 60.0
"""Seconds between two looks at the webhook."""


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook: its address, "" where nothing is pushed, and whether nothing waits to be pushed."""

    url: str
    is_drained: bool


class Watching:
    """Tells whoever watches, if anybody does, what becomes of our ear."""

    def __init__(self, api: Api, watch: Watch | None) -> None:
        self._api, self._watch = api, watch
        self._told = -math.inf

    async def hears(self) -> None:
        """We are handed what people write; noted now and then."""
        now = asyncio.get_running_loop().time()
        if now - self._told >= HEARD:
            self._told = now
            if self._watch:
                await self._watch.heard(PLATFORM)

    async def after_conflict(self) -> None:
        """A poll was ended: by a webhook, which is taken away, or by another poller. Raises TelegramError."""
        is_hooked = bool((await self.look()).url)
        await self.shared("webhook" if is_hooked else "poller")
        if is_hooked:
            await self._api.bot.delete_webhook(drop_pending_updates=False)

    async def shared(self, how: str) -> None:
        """Somebody else uses our token."""
        if self._watch:
            await self._watch.shared(PLATFORM, how)

    async def look(self) -> Hook:
        """The webhook as Telegram has it. Raises TelegramError."""
        info = await self._api.call("getWebhookInfo", {})
        url, waiting = raw.part(info, "url"), raw.number(raw.part(info, "pending_update_count"))
        return Hook(url if isinstance(url, str) else "", is_drained=not waiting)
