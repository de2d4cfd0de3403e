"""One web server for everything: it knows addresses and sizes, the routes are handed in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from aiohttp import web

from bot import log

SLOWEST = 15.0
"""Seconds within which a request's body must have come."""
_IDLE = 75.0
_GRACE = 10.0
"""Seconds for requests at work when the server stops."""
_HEADERS = {"X-Content-Type-Options": "nosniff", "Server": ""}


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked; ``headers`` finds names whatever their case."""

    headers: Mapping[str, str]
    body: bytes = b""
    path: str = ""
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered; ``kind`` is the body's MIME type."""

    status: int
    body: bytes = b""
    kind: str = "text/plain"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Route:
    """An address and who answers there; a longer body than ``largest`` bytes is refused."""

    method: str
    path: str
    answer: Callable[[Request], Awaitable[Reply]]
    largest: int = 64 * 1024


class WebServer:
    """Listens at ``host:port`` (port 0: any that is free) between ``start`` and ``stop``."""

    def __init__(self, host: str, port: int, routes: Sequence[Route]) -> None:
        self._host, self._port, self._routes = host, port, routes
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Begin to listen; OSError where the address is taken or not ours."""
        app = web.Application(client_max_size=max((route.largest for route in self._routes), default=1))
        for route in self._routes:
            app.router.add_route(route.method, route.path, _handler(route))
        self._runner = web.AppRunner(
            app, access_log=None, keepalive_timeout=_IDLE, shutdown_timeout=_GRACE, handle_signals=False
        )
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError:
            await self.stop()
            raise

    @property
    def port(self) -> int:
        """The port it listens at."""
        if self._runner is None or not self._runner.addresses:
            raise RuntimeError("the server is not started")
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """End what is at work and listen no more; harmless where it never began."""
        if self._runner is not None:
            runner, self._runner = self._runner, None
            await runner.cleanup()


def _handler(route: Route) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(SLOWEST):
                body = await _body(request, route.largest)
        except TimeoutError:
            return _response(Reply(408))
        if body is None:
            return _response(Reply(413))
        try:
            return _response(await route.answer(Request(request.headers, body, request.path, request.query)))
        except Exception as error:  # noqa: BLE001  (a fault in one route must not stop the others)
            log.event(log.Event.WEB_FAILED, error=error)
            return _response(Reply(500))

    return handle


async def _body(request: web.Request, largest: int) -> bytes | None:
    """The body; None where it is too long."""
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        return None
    return body if len(body) <= largest else None


def _response(reply: Reply) -> web.Response:
    return web.Response(
        status=reply.status,
        body=reply.body,
        content_type=reply.kind,
        charset="utf-8" if reply.kind.startswith("text/") else None,
        headers={**_HEADERS, **reply.headers},
    )
