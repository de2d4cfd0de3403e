"""Files that people sent, as Discord's content servers give them out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from tests.peers.discord.weather import Fault, Trouble
from tests.peers.telegram_http import drop, hang

if TYPE_CHECKING:
    from tests.peers.discord.server import DiscordServer

PIECE = 1 << 16
ROAD = "/attachments/{channel}/{number}/{name}"


@dataclass
class Upload:
    """One file; ``expired`` says that its address is not signed any more."""

    content: bytes
    expired: bool = False
    leads_to: str = ""
    """Another address, to which whoever asks is sent."""
    served: int = 0
    """Bytes that were read of it, in all tries."""


async def serve(server: DiscordServer, request: web.Request) -> web.StreamResponse:
    """A file, without a length; whoever asks with a token in hand is told off."""
    name = f"GET {request.path}"
    server.calls.append((name, dict(request.query)))
    assert "Authorization" not in request.headers, "no token belongs here"
    trouble = server.weather.next(name) or Trouble(Fault.SLOW, seconds=0)
    if (early := await _meet(request, trouble)) is not None:
        return early
    upload = server.uploads.get(int(request.match_info["number"]))
    if upload is None or upload.expired or set(request.query) != {"ex", "is", "hm"}:
        return web.Response(status=404, text="This content is no longer available.")
    if upload.leads_to:
        return web.Response(status=302, headers={"Location": upload.leads_to})
    return await _stream(request, upload, cut=trouble.fault is Fault.LOST)


async def _meet(request: web.Request, trouble: Trouble) -> web.StreamResponse | None:
    match trouble.fault:
        case Fault.HANG:
            await hang(request, trouble.seconds)
            return drop(request)
        case Fault.SLOW:
            await asyncio.sleep(trouble.seconds)
        case Fault.CUT:
            return drop(request)
        case Fault.ERROR:
            return web.Response(status=500)
        case Fault.FLOOD:
            return web.Response(status=429, headers={"Retry-After": str(int(trouble.seconds))})
    return None


async def _stream(request: web.Request, upload: Upload, *, cut: bool) -> web.StreamResponse:
    """The bytes in pieces; ``cut``: the connection is lost in their middle."""
    answer = web.StreamResponse(headers={"Content-Type": "application/octet-stream"})
    await answer.prepare(request)
    end = len(upload.content) // 2 if cut else len(upload.content)
    for start in range(0, end, PIECE):
        piece = upload.content[start : min(start + PIECE, end)]
        try:
            await answer.write(piece)
        except ConnectionError:
            return answer
        upload.served += len(piece)
    if cut:
        return drop(request)
    await answer.write_eof()
    return answer
