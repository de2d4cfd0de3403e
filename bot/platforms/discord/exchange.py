"""One interaction and what answers it: a first response in time, then follow-ups for fifteen minutes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from enum import Enum, IntEnum
from typing import Any, Protocol

from bot.dialog.messages import Attachment, Came, Incoming, Outgoing
from bot.platforms.discord.components import of_room
from bot.platforms.discord.forms import write_form
from bot.platforms.discord.reading import Kind
from bot.platforms.discord.receipts import LATE, LOST
from bot.platforms.discord.reply import EPHEMERAL, Reply
from bot.platforms.discord.writing import write
from bot.ports import Fate, Receipt

Payload = Mapping[str, Any]

CALLBACK = "/interactions/{webhook_id}/{webhook_token}/callback"
FOLLOW_UP = "/webhooks/{webhook_id}/{webhook_token}"
ORIGINAL = FOLLOW_UP + "/messages/@original"


class Call(Protocol):
    """Makes a call and says what became of it."""

    def __call__(
        self,
        method: str,
        path: str,
        body: Payload | None = None,
        file: Attachment | None = None,
        **where: str,
    ) -> Awaitable[Receipt]:
        """See ``client.Api.call``."""


class Response(IntEnum):
    """The kinds of a first response."""

    MESSAGE = 4
    THINKING = 5
    SILENCE = 6
    UPDATE = 7
    FORM = 9


class Stage(Enum):
    """How far the answer is."""

    FRESH = "fresh"
    DEFERRED = "deferred"
    ANSWERED = "answered"
    LATE = "late"


class Exchange:
    """One interaction. ``application`` gives the id of our application."""

    def __init__(self, reply: Reply, call: Call, application: Callable[[], str]) -> None:
        self._reply, self._call, self._application = reply, call, application
        self._stage = Stage.FRESH
        self._first: Response | None = None
        self._lock = asyncio.Lock()

    async def defer(self) -> None:
        """Tell Discord that the answer comes later, where nothing answered yet."""
        async with self._lock:
            if self._stage is not Stage.FRESH:
                return
            silent = self._has_message
            kind = Response.SILENCE if silent else Response.THINKING
            receipt = await self._respond(kind, {} if silent else {"flags": self._flags})
            if receipt.fate in {Fate.SENT, Fate.UNKNOWN}:
                self._stage = Stage.DEFERRED

    async def release(self) -> None:
        """The turn is over: what nothing answered must not look as if it failed."""
        if self._stage is Stage.FRESH:
            await self.defer()
        async with self._lock:
            if self._stage is Stage.DEFERRED and not self._has_message:
                await self._send("DELETE", ORIGINAL)

    async def say(self, incoming: Incoming, outgoing: Outgoing) -> Receipt:
        """Answer; a receipt with the reason ``LATE`` where the interaction can no longer be answered."""
        async with self._lock:
            if outgoing.sheet and outgoing.sheet.at_once and self._may_open:
                return await self._respond(Response.FORM, write_form(outgoing.sheet))
            receipt, payloads = Receipt(Fate.REFUSED, reason="empty"), self._written(incoming, outgoing)
            for number, payload in enumerate(payloads, 1):
                file = outgoing.attachment if number == len(payloads) else None
                in_place = number == 1 and self._in_place(incoming, outgoing)
                receipt = await self._part(payload, file, in_place=in_place)
                if receipt.fate is not Fate.SENT:
                    break
            return receipt

    def _written(self, incoming: Incoming, outgoing: Outgoing) -> Sequence[Payload]:
        """The parts. Where a room's card changes, the others are for one person alone: no button there."""
        payloads: Sequence[Payload] = write(outgoing)
        if self._seen_by_all and self._in_place(incoming, outgoing):
            payloads = _buttons_first(payloads)
        if incoming.private or not self._reply.in_guild:
            return payloads
        return [{**each, "components": of_room(each["components"])} for each in payloads]

    @property
    def card(self) -> str:
        """The card that others see too and that the token still changes, "" where it changes none."""
        is_card = self._seen_by_all and self._first in {Response.SILENCE, Response.UPDATE}
        return self._reply.message if is_card else ""

    @property
    def _has_message(self) -> bool:
        """Whether it was begun at a message, which can be left as it is."""
        return self._reply.type == Kind.COMPONENT or bool(self._reply.message)

    @property
    def _seen_by_all(self) -> bool:
        """Whether it was begun at a message that others see too."""
        return self._reply.in_guild and bool(self._reply.message) and not self._reply.ephemeral

    @property
    def _may_open(self) -> bool:
        """Whether a form may be opened: as a first response only, and never after a form."""
        return self._stage is Stage.FRESH and self._reply.type != Kind.FORM

    @property
    def _flags(self) -> int:
        """Whatever is said where others are is for one person alone."""
        return EPHEMERAL if self._reply.in_guild else 0

    def _in_place(self, incoming: Incoming, outgoing: Outgoing) -> bool:
        """Whether the card under the button or the form gives way; one that others see, only in a room."""
        reply = self._reply
        if not reply.message or (outgoing.clears and not reply.ephemeral):
            return False
        if incoming.private and self._seen_by_all:
            return False
        if incoming.came is Came.FORM:
            return True
        asked = incoming.came is Came.PRESS and outgoing.replaces
        return asked and (incoming.private or not outgoing.only)

    async def _part(self, payload: Payload, file: Attachment | None, *, in_place: bool) -> Receipt:
        new = {**payload, "flags": payload.get("flags", 0) | self._flags, **attached(file)}
        edited = {**payload, "attachments": [], **attached(file)}
        if self._stage is Stage.FRESH:
            updated = await self._respond(Response.UPDATE, edited, file) if in_place else None
            if updated and updated.reason != LOST:
                return updated
            return await self._respond(Response.MESSAGE, new, file)
        deferred = self._stage is Stage.DEFERRED
        if deferred and (in_place or not self._has_message):
            receipt = await self._send("PATCH", ORIGINAL, edited, file)
            if receipt.reason != LOST:
                return receipt
        return await self._send("POST", FOLLOW_UP, new, file)

    async def _respond(self, kind: Response, data: Payload, file: Attachment | None = None) -> Receipt:
        body = {"type": int(kind), **({"data": data} if data else {})}
        way = {"webhook_id": self._reply.interaction, "webhook_token": self._reply.token}
        receipt = self._noted(await self._call("POST", CALLBACK, body, file, **way))
        if receipt.fate is Fate.SENT:
            self._first = kind
        return receipt

    async def _send(
        self, method: str, path: str, body: Payload | None = None, file: Attachment | None = None
    ) -> Receipt:
        if self._stage is Stage.LATE:
            return Receipt(Fate.REFUSED, reason=LATE)
        token, application = self._reply.token, self._application()
        return self._noted(
            await self._call(method, path, body, file, webhook_id=application, webhook_token=token)
        )

    def _noted(self, receipt: Receipt) -> Receipt:
        """Once it is too late nothing more is tried: Discord counts what it refuses."""
        if receipt.reason == LATE:
            self._stage = Stage.LATE
        elif receipt.fate in {Fate.SENT, Fate.UNKNOWN}:
            self._stage = Stage.ANSWERED
        return receipt


def _buttons_first(payloads: Sequence[Payload]) -> Sequence[Payload]:
    """The parts with the buttons on the first."""
    rows = [payloads[-1]["components"], *([] for _ in payloads[1:])] if payloads else []
    return [{**each, "components": row} for each, row in zip(payloads, rows, strict=True)]


def attached(file: Attachment | None) -> dict[str, Any]:
    """What a message says of the file beside it."""
    return {"attachments": [{"id": 0, "filename": file.name}]} if file else {}
