"""What goes wrong on the way: scripted faults, bans, and the pace the real server keeps."""

from __future__ import annotations

import asyncio
import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from tests.peers.telegram_refusal import Refused, too_many


class Fault(StrEnum):
    """One thing that goes wrong with one call."""

    SLOW = "slow"
    """The answer comes late."""
    CUT = "cut"
    """The connection drops before anything happened."""
    LOST = "lost"
    """It happened, and the connection drops before the answer."""
    HTML = "html"
    """It happened, and a proxy answers 502 with a page."""
    ERROR = "error"
    """500, and it did not happen."""
    NONSENSE = "nonsense"
    """It happened; the answer is 200 with something that is no JSON."""
    HANG = "hang"
    """Nothing happens for so long, and nothing at all where the caller has hung up meanwhile."""
    FLOOD = "flood"
    """429 with ``seconds`` to wait."""
    REFUSED = "refused"
    """400 with ``words``."""
    TOO_LARGE = "too large"
    """413, as the real server says it."""
    FORBIDDEN_PAGE = "forbidden page"
    """A proxy on the way answers 403 with a page."""
    BUSY_PAGE = "busy page"
    """A proxy on the way answers 429 with a page."""


@dataclass
class Trouble:
    """A fault for the next ``times`` calls of a method (any, where it is empty), in one chat or in all."""

    fault: Fault
    method: str = ""
    chat: int | None = None
    times: int = 1
    seconds: float = 1
    words: str = ""


@dataclass
class Limits:
    """How many messages: a second in all, a minute in one group or channel."""

    second: int = 30
    minute: int = 20


@dataclass
class Weather:
    """Scripted troubles, and with ``limits`` the pace of the real server, by ``clock`` (seconds)."""

    troubles: list[Trouble] = field(default_factory=list)
    limits: Limits | None = None
    bans: dict[int | None, float] = field(default_factory=dict)
    floods: list[int] = field(default_factory=list)
    """Chats of the calls that came too early."""
    sent: dict[int | None, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    clock: Callable[[], float] = field(default_factory=lambda: _now)
    taken: list[tuple[float, int]] = field(default_factory=list)
    """When each message was taken, and its chat."""

    def expect(self, fault: Fault, method: str = "", **more: object) -> None:
        """Script a fault; see ``Trouble``."""
        self.troubles.append(Trouble(fault, method, **more))  # type: ignore[arg-type]

    def calm(self) -> None:
        """No trouble any more."""
        self.troubles.clear()
        self.bans.clear()

    def ban(self, seconds: float, chat: int | None = None) -> None:
        """Refuse what is sent to a chat, or to any, for so long."""
        self.bans[chat] = self.clock() + seconds

    def next(self, method: str, chat: int | None) -> Trouble | None:
        """The trouble this call meets."""
        for trouble in self.troubles:
            if trouble.method in {"", method} and trouble.chat in {None, chat}:
                trouble.times -= 1
                if trouble.times < 1:
                    self.troubles.remove(trouble)
                return trouble
        return None

    def check_pace(self, chat: int) -> None:
        """Raise 429 where a message to this chat comes too early."""
        for banned in (None, chat):
            if (left := self.bans.get(banned, 0) - self.clock()) > 0:
                self._refuse(chat, left)
        if self.limits:
            self._count(None, chat, self.limits.second, 1)
            if chat < 0:
                self._count(chat, chat, self.limits.minute, 60)
        self.taken.append((self.clock(), chat))

    def _count(self, budget: int | None, chat: int, most: int, seconds: float) -> None:
        sent, now = self.sent[budget], self.clock()
        while sent and sent[0] <= now - seconds:
            sent.popleft()
        if len(sent) >= most:
            self._refuse(chat, sent[0] + seconds - now)
        sent.append(now)

    def _refuse(self, chat: int, left: float) -> None:
        self.floods.append(chat)
        refusal: Refused = too_many(math.ceil(left))
        raise refusal


def _now() -> float:
    return asyncio.get_running_loop().time()
