"""How many sessions may be begun: Discord counts them by the day and takes away the token of who begins more.

Discord itself says how many are left, so nothing has to be kept: however often a program is started anew, it
begins them ever more slowly, so that they last until the count begins anew.
"""

from __future__ import annotations

from dataclasses import dataclass

RESERVE = 5
"""Sessions of the day that are left alone."""


class Spent(Exception):  # noqa: N818  (it says what it says)
    """So many sessions were begun today that no further one may be begun for ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Budget:
    """Sessions in a day, those that are left, and seconds until there are all of them again."""

    total: int
    remaining: int
    seconds: float


class Sessions:
    """Half of a day's sessions are begun at once; each of the others waits for its share of the day."""

    def __init__(self) -> None:
        self._since: float | None = None

    def begin(self, number: int, budget: Budget, now: float) -> None:
        """So many are to be begun at ``now``, seconds of any steady clock.

        Raises Spent; whoever waited for so long may begin.
        """
        left = budget.remaining - RESERVE
        if left < number:
            raise Spent(budget.seconds)
        if budget.remaining * 2 <= budget.total:
            if self._since is None:
                self._since = now + budget.seconds * number / left
            if now < self._since:
                raise Spent(self._since - now)
        self._since = None
