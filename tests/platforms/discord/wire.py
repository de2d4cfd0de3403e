"""A small server with Discord's two doors, for what the library and we do with them; it checks nothing.

The strict one is ``tests/peers/discord_server.py``.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "MTIzNDU2.Gabcde.a-canary-token_a-canary-token"
Json = dict[str, Any]
USER: Json = {"id": "42", "username": "mira", "discriminator": "0", "avatar": None, "global_name": "Mira"}
ME: Json = {"id": "700", "username": "bot", "discriminator": "0", "avatar": None, "bot": True}
PLACE: Json = {"channel_id": "900", "channel": {"id": "900", "type": 1}, "context": 1, "user": USER}
SERVER: Json = {
    "channel_id": "20",
    "channel": {"id": "20", "type": 0, "name": "news", "position": 1},
    "guild_id": "10",
    "context": 0,
    "guild": {"id": "10", "features": [], "locale": "en-US"},
    "member": {
        "user": USER,
        "roles": [],
        "joined_at": "2020-01-01T00:00:00+00:00",
        "permissions": "0",
        "deaf": False,
        "mute": False,
        "flags": 0,
    },
}


@dataclass
class Wire:
    """What was called, and what is answered by path; ``failing`` has a status and a code."""

    calls: list[tuple[str, str, Any]] = field(default_factory=list)
    failing: dict[str, tuple[int, int]] = field(default_factory=dict)
    api: str = ""
    gateway: str = ""
    remaining: int = 999
    identified: int = 0
    _socket: web.WebSocketResponse | None = None
    _runner: web.AppRunner | None = None
    _numbers: int = 1000

    async def start(self) -> Wire:
        app = web.Application()
        app.router.add_get("/gateway", self._hear)
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        place = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self.api, self.gateway = f"http://{place}/api/v10", f"ws://{place}/gateway"
        return self

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def until(self, true: Callable[[], object], seconds: float = 20) -> None:
        """Wait until it is true; no bound that a test asserts."""
        end = asyncio.get_running_loop().time() + seconds
        while not true():
            assert asyncio.get_running_loop().time() < end, self.calls
            await asyncio.sleep(0.01)

    def called(self, path: str) -> list[Any]:
        """The bodies of calls whose "METHOD /path" holds this."""
        return [body for how, where, body in self.calls if path in f"{how} {where}"]

    async def happen(self, what: str, **event: Any) -> None:  # noqa: ANN401  (JSON)
        """An event of the gateway."""
        await self.until(lambda: self._socket)
        assert self._socket
        self._numbers += 1
        await self._socket.send_json({"op": 0, "s": self._numbers, "t": what, "d": event})

    async def interact(self, kind: int, data: Json, place: Json = PLACE, **more: Any) -> str:  # noqa: ANN401
        """Somebody uses a command, presses, fills in or types; returns the id."""
        number = str(self._numbers + 1)
        base = {"id": number, "application_id": "701", "type": kind, "data": data, "token": f"tok{number}"}
        rest = {"version": 1, "locale": "en-US", "entitlements": [], "attachment_size_limit": 1000000}
        owners = {"authorizing_integration_owners": {}, "app_permissions": "0"}
        await self.happen("INTERACTION_CREATE", **base, **rest, **owners, **place, **more)
        return number

    async def _rest(self, request: web.Request) -> web.Response:
        path = "/" + request.match_info["path"]
        body = None
        if request.content_type == "application/json":
            body = await request.json()
        self.calls.append((request.method, path, body))
        for part, (status, code) in self.failing.items():
            if part in path:
                return said({"code": code, "message": "Canary words"}, status)
        if path.endswith("/callback"):
            return web.Response(status=204)
        return said(self._known(path) or {"id": "555"})

    def _known(self, path: str) -> Json | None:
        budget = {"total": 1000, "remaining": self.remaining, "reset_after": 1000, "max_concurrency": 1}
        application = {
            "id": "701",
            "name": "bot",
            "icon": None,
            "description": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "00",
            "flags": 0,
            "team": None,
            "owner": USER,
        }
        return {
            "/users/@me": ME,
            "/oauth2/applications/@me": application,
            "/gateway/bot": {"url": self.gateway, "shards": 1, "session_start_limit": budget},
            "/users/@me/channels": {"id": "900", "type": 1},
        }.get(path)

    async def _hear(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 45000}, "s": None, "t": None})
        with suppress(ConnectionError):
            async for message in socket:
                await self._heard(socket, json.loads(message.data))
        return socket

    async def _heard(self, socket: web.WebSocketResponse, said: Json) -> None:
        if said["op"] == 1:
            await socket.send_json({"op": 11, "d": None, "s": None, "t": None})
        elif said["op"] == 2:
            self.identified += 1
            ready = {"v": 10, "user": ME, "guilds": [], "session_id": "s", "resume_gateway_url": self.gateway}
            more = {"shard": [0, 1], "application": {"id": "701", "flags": 0}}
            await socket.send_json({"op": 0, "s": 1, "t": "READY", "d": {**ready, **more}})
            self._socket = socket


def said(body: Json, status: int = 200) -> web.Response:
    """JSON as Discord sends it: a charset would make it text to the library."""
    headers = {"Content-Type": "application/json"}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=headers)
