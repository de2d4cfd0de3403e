"""Reading a call however it was sent, and the ways to answer it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import web

from tests.peers.telegram_methods import METHODS
from tests.peers.telegram_refusal import Refused, refused

BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
_TEXTS = frozenset(
    {
        "text",
        "caption",
        "callback_query_id",
        "url",
        "secret_token",
        "name",
        "description",
        "short_description",
    }
    | {"language_code", "action", "parse_mode", "file_id"}
)
"""Parameters that are text; every other one is read as JSON."""


async def read(request: web.Request, method: str) -> dict[str, Any]:
    """The parameters, however they were sent: as JSON, as a form, or with files."""
    if request.content_type == "application/json":
        given = await request.json()
    else:
        given = {name: _field(value) for name, value in (await request.post()).items()}
    call = {name: _value(name, value) for name, value in given.items()}
    if unknown := set(call) - set(METHODS[method][1].split()):
        raise refused(f"this bot sends parameters that {method} does not know: {sorted(unknown)}")
    return call


def _field(value: object) -> object:
    return (value.filename, value.file.read()) if isinstance(value, web.FileField) else value


def _value(name: str, value: object) -> object:
    if not isinstance(value, str) or name in _TEXTS:
        return value
    try:
        return json.loads(value)
    except ValueError:
        if name == "chat_id":  # a "@name"
            return value
        raise refused(f"can't parse {name}") from None


def no(refusal: Refused) -> web.Response:
    """The server's refusal."""
    return web.json_response(refusal.body, status=refusal.status)


def drop(request: web.Request) -> web.Response:
    """Hang up."""
    if request.transport:
        request.transport.abort()
    return web.Response()


def page(status: int) -> web.Response:
    """What a proxy answers in the server's place."""
    return web.Response(status=status, text=BAD_GATEWAY, content_type="text/html")


def gone(request: web.Request) -> bool:
    """Whether the caller has hung up."""
    return request.transport is None or request.transport.is_closing()


async def hang(request: web.Request, seconds: float) -> None:
    """Do nothing until the time is over or the caller hangs up."""
    end = asyncio.get_running_loop().time() + seconds
    while not gone(request) and asyncio.get_running_loop().time() < end:  # noqa: ASYNC110  (nothing tells)
        await asyncio.sleep(0.02)
