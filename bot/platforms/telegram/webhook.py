"""Intake by webhook: Telegram hears 200 only after the turn is stored."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Mapping
from contextlib import suppress

from telegram.error import InvalidToken

from bot import log
from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.intake import Intake
from bot.platforms.telegram.patience import FIRST, Patience
from bot.platforms.telegram.reading import KINDS, PLATFORM
from bot.platforms.telegram.watching import LOOK, Watching
from bot.ports import Watch

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the name of the header)
LARGEST = 1024 * 1024
"""Bytes of an update; Telegram's own are far smaller."""
CONNECTIONS = 100

_TAKEN, _UNREADABLE, _FORBIDDEN, _TOO_LARGE, _LATER = 200, 400, 403, 413, 503


class Webhook:
    """Tells Telegram where to push (``run``) and takes what is pushed (``accept``)."""

    def __init__(
        self,
        messenger: TelegramMessenger,
        intake: Intake,
        url: str,
        secret: str,
        first_pause: float = FIRST,
        *,
        watch: Watch | None = None,
        look: float = LOOK,
    ) -> None:
        if not secret:
            raise ValueError("a webhook without a secret takes updates from anybody")
        self._messenger, self._intake = messenger, intake
        self._url, self._secret = url, secret
        self._patience, self._look = Patience(first_pause), look
        self._watching, self._took = Watching(messenger.api, watch), False

    def stop(self) -> None:
        """Ask to stop: what was begun is ended, further updates come again later."""
        self._patience.stop()

    async def run(self) -> None:
        """Tell Telegram the address, and again where somebody changed it, until the end.

        Somebody stops it, or the token is refused.
        """
        with suppress(InvalidToken):
            await self._patience.until_works(self._open)
            while not await self._patience.stopped_within(self._look):
                await self._patience.until_works(self._check)
        await self._intake.drain()

    async def accept(self, headers: Mapping[str, str], body: bytes) -> int:
        """The HTTP status for a pushed update. ``headers`` must find names whatever their case."""
        given = headers.get(SECRET, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret.encode()):
            return _FORBIDDEN
        if len(body) > LARGEST:
            return _TOO_LARGE
        if self._messenger.me is None or self._patience.stopped or self._intake.full:
            return _LATER
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            log.event(log.Event.EVENT_UNREADABLE, platform=PLATFORM)
            return _UNREADABLE
        return await self._taken(update)

    async def _open(self) -> None:
        await self._patience.unless_stopped(self._connect())

    async def _check(self) -> None:
        await self._patience.unless_stopped(self._look_after())

    async def _look_after(self) -> None:
        """Take back what was taken: another address, or none, means that somebody else has the token."""
        hook, taken, self._took = await self._watching.look(), self._took, False
        if hook.url != self._url:
            await self._watching.shared("webhook" if hook.url else "poller")
            await self._connect()
        elif taken or hook.is_drained:  # else it is we who cannot be reached
            await self._watching.hears()
        self._patience.good()

    async def _connect(self) -> None:
        await self._messenger.open()
        await self._messenger.api.bot.set_webhook(
            self._url,
            secret_token=self._secret,
            allowed_updates=KINDS,
            max_connections=CONNECTIONS,
            drop_pending_updates=False,
        )
        self._patience.good()

    async def _taken(self, update: object) -> int:
        """200 as soon as the turn is stored, 503 where it ended without."""
        status: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def tell(code: int) -> None:
            self._took |= code == _TAKEN
            if not status.done():
                status.set_result(code)

        task = self._intake.begin(update, lambda: tell(_TAKEN))
        if task:
            task.add_done_callback(lambda _task: tell(_LATER))
        return await status
