"""One life of the bot's process: the real bot on the run's database, until it is killed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.app import Bot
from bot.ports import StoreFull, Tx
from bot.storage.direct import DirectStore
from tests.simulation.doom import Doom
from tests.simulation.virtual import VirtualLoop

T = TypeVar("T")

_HURRY = 0.02
"""Seconds a transaction may wait for its turn, and its answer for its way back."""

DECIDED: ContextVar[int] = ContextVar("DECIDED", default=0)
"""After how many transactions of the run it was decided what this task says."""


@dataclass(frozen=True)
class QueuedStore:
    """The store as a task sees it: there is a queue before it, so that others may come in between."""

    real: DirectStore
    doom: Doom

    async def transaction(self, work: Callable[[Tx], T]) -> T:
        await self._wait()
        answer = await self.real.transaction(work)
        DECIDED.set(self.doom.transactions)
        await self._wait()
        return answer

    async def read(self, work: Callable[[Tx], T]) -> T:
        await self._wait()
        return await self.real.read(work)

    async def tidy(self) -> bool:
        return await self.real.tidy()

    async def close(self) -> None:
        """The run's database outlives its processes."""

    async def _wait(self) -> None:
        if self.doom.happens(0.5):
            await asyncio.sleep(self.doom.chance.random() * _HURRY)


@dataclass
class Process:
    """The built bot in its own loop. What the scheduler would ring is rung by the run."""

    loop: VirtualLoop
    bot: Bot
    _rung: dict[str, asyncio.Task[Any]] = field(default_factory=dict)
    _tasks: list[asyncio.Task[Any]] = field(default_factory=list)

    @property
    def dead(self) -> bool:
        """Whether it was killed."""
        return self.loop.dead

    def start(self) -> None:
        """Start the bot; one that finds the disk full gives up."""
        start = self.begin(self.bot.start())
        self.rest()
        if start.done() and isinstance(start.exception(), StoreFull):
            self.kill()

    def begin(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Begin something that goes on while time passes."""
        task = self.loop.create_task(work)
        self._tasks.append(task)
        return task

    def ring(self, *names: str) -> None:
        """Ring ticks, except those that still run."""
        for name in names:
            running = self._rung.get(name)
            if running is None or running.done():
                self._rung[name] = self.begin(self._tick(name))

    async def _tick(self, name: str) -> None:
        await self.bot.ticks()[name][1]()

    def run(self, seconds: float) -> None:
        """Let so much time pass."""
        self.loop.run(seconds)

    def rest(self, most: float = 600.0) -> None:
        """Let it run until nothing is going on, at most so many seconds."""
        self.loop.finish(most)

    def kill(self) -> None:
        """It is gone, whatever it was doing."""
        self.loop.bury()

    def faults(self) -> list[Exception]:
        """What tasks that ended raised since the last call, beside a full disk: each is a bug of ours."""
        done = [task for task in self._tasks if task.done()]
        self._tasks = [task for task in self._tasks if not task.done()]
        raised = [task.exception() for task in done if not task.cancelled()]
        return [
            error for error in raised if isinstance(error, Exception) and not isinstance(error, StoreFull)
        ]
