"""Discord over HTTP: every road this bot uses, who may walk it, and whatever goes wrong on its way."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.peers.discord import about, follow_ups, interactions, posting
from tests.peers.discord.posting import Call
from tests.peers.discord.refusal import Refused, bare, invalid, refused, too_many
from tests.peers.discord.weather import Fault, Trouble
from tests.peers.telegram_http import drop, gone, hang, page

if TYPE_CHECKING:
    from tests.peers.discord.server import DiscordServer

Do = Callable[["DiscordServer", Call], Any]

_MESSAGES = "/channels/{channel}/messages"
_WEBHOOK = "/webhooks/{application}/{token}"
ROADS: dict[tuple[str, str], Do] = {
    ("GET", "/gateway"): about.gateway,
    ("GET", "/gateway/bot"): about.gateway_bot,
    ("GET", "/users/@me"): about.me,
    ("GET", "/oauth2/applications/@me"): about.application,
    ("GET", "/applications/@me"): about.application,
    ("GET", "/applications/{application}/commands"): about.commands,
    ("PUT", "/applications/{application}/commands"): about.put_commands,
    ("POST", "/users/@me/channels"): about.open_dm,
    ("GET", "/channels/{channel}"): about.channel,
    ("GET", "/guilds/{guild}"): about.guild,
    ("GET", "/guilds/{guild}/roles"): about.roles,
    ("GET", "/guilds/{guild}/channels"): about.channels,
    ("GET", "/guilds/{guild}/members/{user}"): about.member,
    ("GET", _MESSAGES): posting.history,
    ("POST", _MESSAGES): posting.post,
    ("GET", _MESSAGES + "/{message}"): posting.get,
    ("PATCH", _MESSAGES + "/{message}"): posting.edit,
    ("DELETE", _MESSAGES + "/{message}"): posting.delete,
    ("POST", _MESSAGES + "/{message}/crosspost"): posting.crosspost,
    ("POST", "/interactions/{interaction}/{token}/callback"): interactions.answer,
    ("POST", _WEBHOOK): follow_ups.follow_up,
    ("GET", _WEBHOOK + "/messages/{message}"): follow_ups.get,
    ("PATCH", _WEBHOOK + "/messages/{message}"): follow_ups.edit,
    ("DELETE", _WEBHOOK + "/messages/{message}"): follow_ups.delete,
}
_OPEN = ("/interactions/", "/webhooks/")
"""Roads whose token stands in the path."""
_MAJOR = ("channel", "guild", "application")
_NUMBERS = frozenset({"channel", "guild", "user", "message", "application", "interaction"})


class Rest:
    """The REST API of a server, below /api/v10."""

    def __init__(self, server: DiscordServer) -> None:
        self._server = server
        self._roads = [(method, re.compile(_pattern(road)), road, do) for (method, road), do in ROADS.items()]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer a request, in JSON unless the weather says else."""
        path, headers = request.match_info["path"], dict[str, str]()
        try:
            road, do, parts = self._way(request.method, f"/{path}")
            self._check_token(request, road)
            headers |= self._server.weather.take(f"{request.method} {road}", _major(parts))
            call = await read(request, parts)
            name = f"{request.method} /{path}"
            self._server.calls.append((name, call.body))
            trouble = self._server.weather.next(name) or Trouble(Fault.SLOW, seconds=0)
            return await self._meet(request, call, do, headers, trouble)
        except Refused as refusal:
            self._server.refusals.append((f"{request.method} /{path}", refusal.body))
            return _json(refusal.body, refusal.status, headers | refusal.headers)
        finally:
            self._server.changed()

    def _way(self, method: str, path: str) -> tuple[str, Do, dict[str, str]]:
        fits = [(each, found) for each in self._roads if (found := each[1].fullmatch(path))]
        if not fits:
            raise bare(404, "Not Found")
        for (known, _, road, do), found in fits:
            if known == method:
                _check_numbers(found.groupdict())
                return road, do, found.groupdict()
        raise bare(405, "Method Not Allowed")

    def _check_token(self, request: web.Request, road: str) -> None:
        if road.startswith(_OPEN):
            return
        if request.headers.get("Authorization") != f"Bot {self._server.token}":
            self._server.unauthorised += 1
            raise bare(401, "Unauthorized")

    async def _meet(
        self, request: web.Request, call: Call, do: Do, headers: dict[str, str], trouble: Trouble
    ) -> web.StreamResponse:
        """The call, and whatever goes wrong on its way."""
        if trouble.fault is Fault.HANG:
            await hang(request, trouble.seconds)
        if trouble.fault is Fault.CUT or gone(request):
            return drop(request)
        _refuse(trouble)
        if trouble.fault is Fault.BANNED:
            return page(429)
        result = do(self._server, call)
        self._server.changed()
        if trouble.seconds + self._server.latency and trouble.fault is Fault.SLOW:
            await asyncio.sleep(trouble.seconds + self._server.latency)
        match trouble.fault:
            case Fault.LOST:
                return drop(request)
            case Fault.HTML:
                return page(502)
            case Fault.NONSENSE:
                return page(200)
        return web.Response(status=204, headers=headers) if result is None else _json(result, 200, headers)


def _refuse(trouble: Trouble) -> None:
    match trouble.fault:
        case Fault.ERROR:
            raise bare(500, "Internal Server Error")
        case Fault.REFUSED:
            raise refused(trouble.code)
        case Fault.FLOOD:
            raise too_many(trouble.seconds, trouble.scope, trouble.code)


async def read(request: web.Request, parts: dict[str, str]) -> Call:
    """The call: its JSON, or a form with payload_json and files[n]. 50109 where it is no JSON."""
    files: dict[int, tuple[str, bytes]] = {}
    text = ""
    if request.content_type == "multipart/form-data":
        for name, value in (await request.post()).items():
            if name == "payload_json":
                text = value if isinstance(value, str) else ""
            elif (found := re.fullmatch(r"files\[(\d)\]", name)) and isinstance(value, web.FileField):
                files[int(found[1])] = (value.filename, value.file.read())
            else:
                raise invalid(name, "UNKNOWN_FIELD", "this peer knows payload_json and files[n]")
    else:
        text = await request.text()
    try:
        body = json.loads(text) if text or request.method in {"PUT", "PATCH"} else {}
    except ValueError:
        raise refused(50109) from None
    if text and not files and request.content_type not in {"application/json", "multipart/form-data"}:
        raise bare(415, "Unsupported Media Type")
    if not isinstance(body, dict | list) or (isinstance(body, list) and request.method != "PUT"):
        raise refused(50109)
    return Call(parts, body, files, dict(request.query))


def _check_numbers(parts: dict[str, str]) -> None:
    for name, value in parts.items():
        fine = value.isdecimal() and int(value) < 1 << 63
        if name in _NUMBERS and not fine and value != "@original":
            raise invalid(f"{name}_id", "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')


def _major(parts: dict[str, str]) -> str:
    return next((parts[name] for name in _MAJOR if name in parts), "")


def _pattern(road: str) -> str:
    return re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", road)


def _json(body: object, status: int, headers: dict[str, str]) -> web.Response:
    """Content-Type is exactly "application/json": the library reads an object of nothing else."""
    return web.Response(
        status=status, body=json.dumps(body).encode(), headers=headers | {"Content-Type": "application/json"}
    )
