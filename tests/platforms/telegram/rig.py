"""A messenger's intake with a bot of a few lines, by polling or by webhook, for as long as a test lasts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.dialog.messages import Incoming
from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.intake import SLOW, Asked, Intake, Take, of_none
from bot.platforms.telegram.polling import Poller
from bot.platforms.telegram.webhook import LARGEST, Webhook
from bot.ports import Watch
from bot.web.server import Reply, Request, Route, WebServer
from tests.peers.telegram_server import TelegramServer

SECRET = "a-secret-of-sixteen-letters"
PAUSE = 0.02


@dataclass
class Heard:
    """A bot that notes what it hears and says it is stored; ``gate`` holds it back until it is set."""

    events: list[Incoming] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    refuses: int = 0
    """So many turns are not stored."""

    def __post_init__(self) -> None:
        self.gate.set()

    @property
    def texts(self) -> list[str]:
        return [event.text or event.name or event.data for event in self.events]

    async def take(self, incoming: Incoming, committed: Callable[[], None]) -> None:
        self.events.append(incoming)
        await self.gate.wait()
        if self.refuses:
            self.refuses -= 1
        else:
            committed()


@asynccontextmanager
async def polling(
    messenger: TelegramMessenger,
    take: Take,
    needs: Asked = of_none,
    slow: float = SLOW,
    watch: Watch | None = None,
) -> AsyncIterator[Poller]:
    """A poller at work; stopped at the end as a process is stopped."""
    poller = Poller(messenger, Intake(messenger, take, needs, slow), PAUSE, watch)
    running = asyncio.ensure_future(poller.run())
    try:
        yield poller
    finally:
        poller.stop()
        await running


@asynccontextmanager
async def hooked(
    messenger: TelegramMessenger,
    take: Take,
    server: TelegramServer,
    needs: Asked = of_none,
    watch: Watch | None = None,
) -> AsyncIterator[Webhook]:
    """A webhook at work behind the real web server, known to the strict one."""
    intake = Intake(messenger, take, needs)
    hook: Webhook | None = None

    async def accept(request: Request) -> Reply:
        assert hook
        return Reply(await hook.accept(request.headers, request.body))

    web = WebServer("127.0.0.1", 0, [Route("POST", "/telegram", accept, LARGEST)])
    await web.start()
    url = f"http://127.0.0.1:{web.port}/telegram"
    hook = Webhook(messenger, intake, url, SECRET, PAUSE, watch=watch, look=PAUSE)
    running = asyncio.ensure_future(hook.run())
    try:
        await server.until(lambda: server.updates.hook)
        yield hook
    finally:
        server.updates.set_hook(None)
        hook.stop()
        try:
            await running
        finally:
            await web.stop()
