"""What goes wrong on the way to Discord: scripted faults, and buckets that are empty."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from tests.peers.discord.refusal import Refused, too_many

_ROAD = re.compile(r"((GET|POST|PUT|PATCH|DELETE) )?(?!/?api/)[\w/@%.~-]*")
"""A method and a path below /api/v10, or a piece of it."""


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
    """429 with ``seconds`` to wait; ``scope`` "user", "shared" or "global"."""
    REFUSED = "refused"
    """The refusal with ``code``."""
    BANNED = "banned"
    """429 with a page and without Via, as for an address that asked too much."""


@dataclass
class Trouble:
    """A fault for the next ``times`` calls whose "METHOD /path" has ``road`` in it; "" is in all.

    The path is that below /api/v10, as in ``DiscordServer.calls``.
    """

    fault: Fault
    road: str = ""
    times: int = 1
    seconds: float = 1
    code: int = 0
    scope: str = "user"


@dataclass
class Bucket:
    """How many calls of a road with one major id are taken in so many seconds."""

    most: int = 50
    seconds: float = 1


@dataclass
class Weather:
    """Scripted troubles; ``limits`` are buckets by road, by ``clock`` (seconds).

    A road without a limit of its own has room for all; the real one tells its limits by headers alone, as
    this does.
    """

    clock: Callable[[], float]
    troubles: list[Trouble] = field(default_factory=list)
    limits: dict[str, Bucket] = field(default_factory=dict)
    floods: list[str] = field(default_factory=list)
    """Roads of the calls that came too early."""
    taken: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def expect(self, fault: Fault, road: str = "", **more: object) -> None:
        """Script a fault; see ``Trouble``. AssertionError for a road that no call can have."""
        assert _ROAD.fullmatch(road), f"no call has {road!r} in it: METHOD /path, or a piece of it"
        self.troubles.append(Trouble(fault, road, **more))  # type: ignore[arg-type]

    def calm(self) -> None:
        """No trouble any more."""
        self.troubles.clear()
        self.limits.clear()

    def next(self, call: str) -> Trouble | None:
        """The trouble this call meets."""
        for trouble in self.troubles:
            if trouble.road in call:
                trouble.times -= 1
                if trouble.times < 1:
                    self.troubles.remove(trouble)
                return trouble
        return None

    def take(self, road: str, major: str) -> dict[str, str]:
        """Room in a bucket, as headers; raises 429 where there is none."""
        limit = next((each for name, each in self.limits.items() if name in road), None)
        name, now = f"{road}:{major}", self.clock()
        bucket, known = limit or Bucket(), self.taken[name] if limit else deque[float]()
        while known and known[0] <= now - bucket.seconds:
            known.popleft()
        left = bucket.most - len(known)
        if left > 0:
            known.append(now)
        after = known[0] + bucket.seconds - now
        headers = self._headers(road, bucket, max(left - 1, 0), after)
        if left <= 0:
            self.floods.append(road)
            refusal: Refused = too_many(after)
            refusal.headers |= headers
            raise refusal
        return headers

    def _headers(self, road: str, bucket: Bucket, left: int, after: float) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(bucket.most),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset": f"{self.clock() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": sha256(road.encode()).hexdigest()[:16],
        }
