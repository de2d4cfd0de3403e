"""Discord's gateway: who is let in, what sessions are told, and the ways in which it fails."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import Callable, Iterable
from typing import Any

from aiohttp import WSMsgType, web

from tests.peers.discord.session import ACK, HELLO, INVALID, RECONNECT, Closed, Line, Session

Json = dict[str, Any]

GUILDS, DIRECT_MESSAGES = 1 << 0, 1 << 12
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
"""Members, presences, the content of messages."""
KNOWN_INTENTS = (1 << 26) - 1
NORMAL = frozenset({1000, 1001})
"""Close codes with which a client ends its session."""


Greeting = Callable[[Session], Iterable[tuple[str, Json]]]


class Gateway:
    """All sessions of one bot. ``greet`` says what a new one is told; ``changed`` that something happened."""

    def __init__(self, token: Callable[[], str], greet: Greeting, changed: Callable[[], None]) -> None:
        self._token, self._greet, self._changed = token, greet, changed
        self.sessions: dict[str, Session] = {}
        self.lines: list[Line] = []
        self.identified: list[Json] = []
        """What every IDENTIFY said."""
        self.resumed: list[Json] = []
        """What every RESUME said."""
        self.closed: list[int] = []
        """The codes the gateway hung up with by itself."""
        self.starts_left = 1000
        self.starts_anew = 14_400.0
        """Seconds until there are a thousand again; the clock of a test does not move it."""
        self.heartbeat = 41.25
        self.beats = 0
        self.deaf = False
        """Whether heartbeats are no longer acknowledged, as on a dead line."""
        self.shut = False
        """Whether nobody is let in (503)."""

    @property
    def live(self) -> list[Session]:
        """The sessions somebody listens to."""
        return [session for session in self.sessions.values() if session.line]

    # Means for tests

    def drop(self, code: int | None = None) -> None:
        """Cut all connections (with a close code, where one is given); sessions can be resumed."""
        for line in [*self.lines]:
            self._leave(line)
            if code is None:
                line.cut()
            else:
                line.hang_up(code)

    def reconnect(self) -> None:
        """Ask all to connect anew (op 7)."""
        for line in [*self.lines]:
            line.say(RECONNECT)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell all that their session is invalid (op 9)."""
        for line in [*self.lines]:
            if not resumable and line.session:
                self.sessions.pop(line.session.id, None)
            line.say(INVALID, resumable)

    def forget(self) -> None:
        """Lose all sessions: whoever resumes has to identify."""
        self.sessions.clear()

    def tell(self, name: str, data: Json, *, guild: int | None = None, intent: int = 0) -> None:
        """An event, to the sessions of its shard that asked for it: (guild_id >> 22) % shards, else 0."""
        for session in self.sessions.values():
            shard = 0 if guild is None else (guild >> 22) % session.shards
            if session.shard == shard and session.intents & intent == intent:
                session.tell(name, data)

    # Connections

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection to its end."""
        if self.shut:
            return web.Response(status=503)
        if request.query.get("v") != "10" or request.query.get("encoding") != "json":
            return web.Response(status=400, text="this peer speaks version 10 in JSON")
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        packs = request.query.get("compress") == "zlib-stream"
        line = Line(request, socket, zlib.compressobj() if packs else None)
        self.lines.append(line)
        writer = asyncio.ensure_future(line.write())
        line.say(HELLO, {"heartbeat_interval": int(self.heartbeat * 1000), "_trace": []})
        try:
            await self._listen(line)
        except Closed as closed:
            self.closed.append(closed.code)
            line.hang_up(closed.code)
            await asyncio.wait({writer}, timeout=5)
        finally:
            self._end(line)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
        return socket

    async def _listen(self, line: Line) -> None:
        async for message in line.socket:
            if message.type is not WSMsgType.TEXT:
                raise Closed(4002)
            try:
                said = json.loads(message.data)
                op, data = said["op"], said.get("d")
            except (ValueError, KeyError, TypeError):
                raise Closed(4002) from None
            self._hear(line, op, data)
            self._changed()

    def _hear(self, line: Line, op: object, data: Any) -> None:  # noqa: ANN401  (JSON)
        """Answer a payload. A beat may come before IDENTIFY, all else not (4003)."""
        match op:
            case 1:
                self.beats += 1
                if not self.deaf:
                    line.say(ACK)
            case 2 if line.session:
                raise Closed(4005)
            case 2:
                self._identify(line, data)
            case 6:
                self._resume(line, data)
            case 3 | 4 | 8 if line.session is None:
                raise Closed(4003)
            case 3:
                pass
            case _:
                raise Closed(4001)

    def _identify(self, line: Line, data: Json) -> None:
        """Begin a session; beyond the day's number of them a token is taken away (4004)."""
        self.identified.append(data)
        self._check(data)
        self.starts_left -= 1
        shard, shards = data.get("shard") or (0, 1)
        session = Session(f"s{len(self.identified)}", shard, shards, data["intents"], line=line)
        self.sessions[session.id] = line.session = session
        for name, event in self._greet(session):
            session.tell(name, event)

    def _check(self, data: Json) -> None:
        """4004 wrong token, 4010 shard, 4013 unknown intents, 4014 those not allowed, 4002 no properties."""
        if data.get("token") != self._token() or self.starts_left < 1:
            raise Closed(4004)
        shard, shards = data.get("shard") or (0, 1)
        if not 0 <= shard < shards:
            raise Closed(4010)
        intents = data.get("intents")
        if not isinstance(intents, int) or intents & ~KNOWN_INTENTS:
            raise Closed(4013)
        if intents & PRIVILEGED:
            raise Closed(4014)
        if not {"os", "browser", "device"} <= set(data.get("properties", {})):
            raise Closed(4002)

    def _resume(self, line: Line, data: Json) -> None:
        """Go on with a session, all that was missed first; op 9 where there is none."""
        self.resumed.append(data)
        if data.get("token") != self._token():
            raise Closed(4004)
        session, seq = self.sessions.get(str(data.get("session_id"))), data.get("seq")
        if session is None or line.session:
            line.say(INVALID, data=False)
            return
        if not isinstance(seq, int) or seq > len(session.events):
            raise Closed(4007)
        if session.line:  # the old connection is dead, it only does not know
            session.line.hang_up(4000)
            self._leave(session.line)
        session.line, line.session = line, session
        session.replay(seq)

    def _leave(self, line: Line) -> None:
        if line in self.lines:
            self.lines.remove(line)
        if line.session and line.session.line is line:
            line.session.line = None

    def _end(self, line: Line) -> None:
        """The connection is over; closed with 1000 or 1001 by the other side, so is the session."""
        theirs = line in self.lines
        self._leave(line)
        if line.session and theirs and line.socket.close_code in NORMAL:
            self.sessions.pop(line.session.id, None)
        self._changed()

    async def stop(self) -> None:
        """Hang up on everybody."""
        self.drop(1001)
        await asyncio.sleep(0)
