"""Where a process can die, and where its disk can be full."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from bot.ports import StoreFull
from tests.simulation.trace import Trace
from tests.simulation.virtual import VirtualLoop
from tests.simulation.weather import Crash, Weather


@dataclass
class Doom:
    """``loop`` is that of the process which lives now; ``transactions`` counts those of the whole run."""

    chance: Random
    trace: Trace
    weather: Weather
    loop: VirtualLoop
    transactions: int = 0

    def point(self, name: str, times: int = 1) -> None:
        """A point at which the process may die, so many times as likely as elsewhere."""
        if self.happens(self.weather.crash * times):
            self.trace.note("crash", name)
            self.loop.dead = True
            raise Crash(name)

    def before_commit(self) -> None:
        """The last moment at which nothing is stored."""
        self.point("before the commit")
        if self.happens(self.weather.full):
            self.trace.note("the disk is full")
            raise StoreFull

    def after_commit(self) -> None:
        """It is stored, and nobody was told."""
        self.transactions += 1
        self.point("after the commit")

    def happens(self, likely: float) -> bool:
        """Whether something of this chance happens now."""
        return likely > 0 and self.chance.random() < likely
