"""Files that people sent: named by the Bot API (getFile), then downloaded from its file tree."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from tests.peers.telegram_http import drop, hang, no, page
from tests.peers.telegram_refusal import Refused, too_many
from tests.peers.telegram_weather import Fault, Trouble

if TYPE_CHECKING:
    from tests.peers.telegram_server import TelegramServer

PIECE = 1 << 16


@dataclass
class Sent:
    """A file; ``path`` is its place in the tree, ``expired`` says that nothing stands there any more."""

    content: bytes
    path: str
    expired: bool = False
    served: int = 0
    """Bytes that were read of it, in all tries."""


def keep(server: TelegramServer, number: str, name: str, content: bytes) -> Sent:
    """Put a file into the tree, under the ending that its name has."""
    ending = name.rpartition(".")[2] or "dat"
    server.files[number] = Sent(content, f"documents/file_{len(server.files)}.{ending}")
    return server.files[number]


async def download(server: TelegramServer, request: web.Request) -> web.StreamResponse:
    """The bytes of a file, without a length: who reads must know when to stop."""
    if request.match_info["token"] != server.token:
        server.unauthorised += 1
        return no(Refused(401, "Unauthorized"))
    path = request.match_info["path"]
    server.calls.append(("download", {"path": path}))
    trouble = server.weather.next("download", None) or Trouble(Fault.SLOW, seconds=0)
    if (early := await _meet(request, trouble)) is not None:
        return early
    sent = next((each for each in server.files.values() if each.path == path and not each.expired), None)
    if sent is None:
        return no(Refused(404, "Not Found"))
    return await _stream(request, sent, cut=trouble.fault is Fault.LOST)


async def _meet(request: web.Request, trouble: Trouble) -> web.StreamResponse | None:
    match trouble.fault:
        case Fault.HANG:
            await hang(request, trouble.seconds)
            return drop(request)
        case Fault.SLOW:
            await asyncio.sleep(trouble.seconds)
        case Fault.CUT:
            return drop(request)
        case Fault.HTML:
            return page(502)
        case Fault.ERROR:
            return no(Refused(500, "Internal Server Error"))
        case Fault.FLOOD:
            return no(too_many(int(trouble.seconds)))
    return None


async def _stream(request: web.Request, sent: Sent, *, cut: bool) -> web.StreamResponse:
    """The bytes in pieces; ``cut``: the connection is lost in their middle."""
    answer = web.StreamResponse(headers={"Content-Type": "application/octet-stream"})
    await answer.prepare(request)
    end = len(sent.content) // 2 if cut else len(sent.content)
    for start in range(0, end, PIECE):
        piece = sent.content[start : min(start + PIECE, end)]
        try:
            await answer.write(piece)
        except ConnectionError:
            return answer
        sent.served += len(piece)
    if cut:
        return drop(request)
    await answer.write_eof()
    return answer
