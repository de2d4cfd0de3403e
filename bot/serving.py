"""The bot on the platforms that have a token: it serves until the machine asks it to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Protocol
from urllib.parse import urlsplit

from bot import host, log
from bot.app import Content, Edges, Team, build
from bot.features.guards import needs_administrator
from bot.menus import profiles
from bot.platforms.console.client import ConsoleMessenger
from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.intake import Intake
from bot.platforms.telegram.polling import Poller
from bot.platforms.telegram.profile import put_profile
from bot.platforms.telegram.webhook import LARGEST, Webhook
from bot.ports import Messenger, Store, StoreBusy, StoreFull, Watch
from bot.running import ringing, run_in, strangers
from bot.settings import Settings
from bot.web.server import Reply, Request, Route, WebServer

PROFILE_AGAIN = 60.0
"""Seconds until what could not be set is tried again."""


class Ear(Protocol):
    """What listens to a platform."""

    def stop(self) -> None:
        """Ask it to stop."""

    async def run(self) -> None:
        """Listen until it is asked to stop."""


async def serve(settings: Settings) -> int:
    """Run the bot on Telegram until SIGTERM or SIGINT; returns the exit code."""

    async def work(content: Content, team: Team, store: Store) -> None:
        await _serve(content, team, store, settings)

    return await run_in(settings, strangers(settings, {"console", "telegram"}), work)


async def _serve(content: Content, team: Team, store: Store, settings: Settings) -> None:
    """Open, start, listen, and stop in the opposite order."""
    clock, ids = host.SystemClock(), host.RandomIds()
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    telegram = TelegramMessenger(token, settings.telegram_api)
    messengers: dict[str, Messenger] = {"telegram": telegram, "console": ConsoleMessenger(store, clock, ids)}
    bot = build(content, Edges(store, clock, ids, messengers), team)
    intake = Intake(telegram, bot.turns.take, partial(needs_administrator, store))
    ear, server = _ear(settings, telegram, intake, bot)
    loop = asyncio.get_running_loop()
    for asked in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(asked, ear.stop)
    await telegram.try_to_open()
    await bot.start()
    try:
        async with _listening(server), ringing(bot):
            log.event(log.Event.PLATFORM_STARTED, platform="telegram")
            showing = asyncio.create_task(_show_profile(telegram, content, store))
            await ear.run()
            showing.cancel()
    finally:
        await telegram.close()


async def _show_profile(telegram: TelegramMessenger, content: Content, store: Store) -> None:
    """Set what Telegram shows of the bot where it changed; the bot serves meanwhile, and without it too."""
    words = tuple(profiles(content.phrases, host.SystemClock().now()))
    shown = False
    while not shown:
        with suppress(StoreFull, StoreBusy):
            shown = await put_profile(telegram, store, words)
        await asyncio.sleep(PROFILE_AGAIN)


def _ear(
    settings: Settings, telegram: TelegramMessenger, intake: Intake, watch: Watch
) -> tuple[Ear, WebServer | None]:
    """The webhook with its web server where the settings name an address, else the poller."""
    url, secret, listen = settings.telegram_webhook_url, settings.telegram_webhook_secret, settings.web_listen
    if not (url and secret and listen):
        return Poller(telegram, intake, watch=watch), None
    webhook = Webhook(telegram, intake, url, secret.get_secret_value(), watch=watch)
    route = Route("POST", urlsplit(url).path or "/", _accepting(webhook), LARGEST)
    return webhook, WebServer(*listen, [route])


def _accepting(webhook: Webhook) -> Callable[[Request], Awaitable[Reply]]:
    async def accept(request: Request) -> Reply:
        return Reply(await webhook.accept(request.headers, request.body))

    return accept


@asynccontextmanager
async def _listening(server: WebServer | None) -> AsyncIterator[None]:
    """The web server listens meanwhile."""
    if server is None:
        yield
        return
    await server.start()
    try:
        yield
    finally:
        await server.stop()
