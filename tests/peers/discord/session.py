"""A session with the events it missed, and the connection it is heard through."""

from __future__ import annotations

import asyncio
import json
import zlib
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]

DISPATCH, RECONNECT, INVALID, HELLO, ACK = 0, 7, 9, 10, 11


class Closed(Exception):  # noqa: N818  (the gateway hangs up)
    """The gateway closes the connection with this code (documentation: close event codes)."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(eq=False)
class Line:
    """One connection; all it says is one zlib stream where that was asked for."""

    request: web.Request
    socket: web.WebSocketResponse
    stream: Any = None
    session: Session | None = None
    outbox: asyncio.Queue[Json | int] = field(default_factory=asyncio.Queue)

    def say(self, op: int, data: object = None, name: str | None = None, seq: int | None = None) -> None:
        """Send a payload, after all before it."""
        self.outbox.put_nowait({"op": op, "d": data, "t": name, "s": seq})

    def hang_up(self, code: int) -> None:
        """Close, after all that was said."""
        self.outbox.put_nowait(code)

    def cut(self) -> None:
        """Be gone without a word."""
        if self.request.transport:
            self.request.transport.abort()

    async def write(self) -> None:
        """Send what is in the outbox, until the last."""
        while not isinstance(payload := await self.outbox.get(), int):
            text = json.dumps(payload)
            if self.stream is None:
                await self.socket.send_str(text)
            else:
                packed = self.stream.compress(text.encode()) + self.stream.flush(zlib.Z_SYNC_FLUSH)
                await self.socket.send_bytes(packed)
        await self.socket.close(code=payload)


@dataclass(eq=False)
class Session:
    """What was identified once; ``events`` are all it was told, in order of their numbers from 1."""

    id: str
    shard: int
    shards: int
    intents: int
    events: list[tuple[str, Json]] = field(default_factory=list)
    line: Line | None = None

    def tell(self, name: str, data: Json) -> None:
        """An event: now, or at a resume."""
        self.events.append((name, data))
        if self.line:
            self.line.say(DISPATCH, data, name, len(self.events))

    def replay(self, seq: int) -> None:
        """What came after an event."""
        for number, (name, data) in enumerate(self.events[seq:], seq + 1):
            if self.line:
                self.line.say(DISPATCH, data, name, number)
        self.tell("RESUMED", {"_trace": []})
