"""Time that passes only when nobody has anything to do: an event loop in one thread that can be repeated."""

from __future__ import annotations

import asyncio
import heapq
from asyncio import Handle, TimerHandle
from collections import deque
from collections.abc import Callable, Coroutine, Generator
from contextlib import suppress
from contextvars import Context
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

BEGIN = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
"""A Tuesday, 9:00 in Kuala Lumpur."""


@dataclass
class Time:
    """One time for everybody: the seconds that passed, and a wall clock that somebody may set wrong."""

    elapsed: float = 0.0
    wrong: timedelta = timedelta()

    def now(self) -> datetime:
        """What the wall clock says."""
        return BEGIN + timedelta(seconds=self.elapsed) + self.wrong


class VirtualLoop(asyncio.AbstractEventLoop):
    """The loop of one process. It knows tasks, timers and futures; files, sockets and threads it has none.

    When it is ``dead`` nothing of it ever runs again, as after a kill.
    """

    def __init__(self, time: Time) -> None:
        self.dead = False
        self._time = time
        self._ready: deque[Handle] = deque()
        self._timers: list[tuple[float, int, TimerHandle]] = []
        self._count = 0
        self._tasks: list[asyncio.Task[Any]] = []

    def run(self, seconds: float) -> None:
        """Let so much time pass, and do what comes up in it."""
        end = self._time.elapsed + seconds
        asyncio._set_running_loop(self)  # noqa: SLF001  (made for loops of one's own)
        try:
            while not self.dead and self._next(end):
                self._ready.popleft()._run()  # noqa: SLF001  (the same)
        finally:
            asyncio._set_running_loop(None)  # noqa: SLF001
        if not self.dead:
            self._time.elapsed = max(self._time.elapsed, end)

    def finish(self, most: float) -> None:
        """Let pass what time it takes until every task is done, at most so many seconds."""
        end = self._time.elapsed + most
        while self.busy and not self.dead and self._time.elapsed < end:
            coming = min((when for when, _, timer in self._timers if not timer.cancelled()), default=end)
            self.run(max(0.0, min(coming, end) - self._time.elapsed))

    def _next(self, end: float) -> bool:
        """Whether something is ready now, or becomes so until ``end``: then it is that time."""
        while not self._ready and self._timers and self._timers[0][0] <= end:
            when, _, timer = heapq.heappop(self._timers)
            if not timer.cancelled():
                self._time.elapsed = max(self._time.elapsed, when)
                self._ready.append(timer)
        return bool(self._ready)

    def bury(self) -> None:
        """Throw away what a dead loop still held."""
        self.dead = True
        for task in self._tasks:
            with suppress(RuntimeError):  # a coroutine that would rather wait: the dead do not
                task.get_coro().close()
        self._tasks.clear()
        self._ready.clear()
        self._timers.clear()

    @property
    def busy(self) -> bool:
        """Whether some task is not done."""
        self._tasks = [task for task in self._tasks if not task.done()]
        return bool(self._tasks)

    def time(self) -> float:
        return self._time.elapsed

    def call_soon(
        self, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> Handle:
        handle = Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    def call_later(
        self, delay: float, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> TimerHandle:
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(
        self, when: float, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> TimerHandle:
        timer = TimerHandle(when, callback, args, self, context)
        self._count += 1
        heapq.heappush(self._timers, (when, self._count, timer))
        return timer

    def create_future(self) -> asyncio.Future[Any]:
        return asyncio.Future(loop=self)

    def create_task(
        self,
        coro: Generator[Any, None, T] | Coroutine[Any, Any, T],
        *,
        name: str | None = None,
        context: Context | None = None,
    ) -> asyncio.Task[T]:
        task = asyncio.Task(coro, loop=self, name=name, context=context)
        self._tasks.append(task)
        return task

    def is_running(self) -> bool:
        return not self.dead

    def is_closed(self) -> bool:
        return self.dead

    def get_debug(self) -> bool:
        return False

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        """Tasks that a kill left behind are mentioned here: they are meant to be."""

    def _timer_handle_cancelled(self, handle: TimerHandle) -> None:
        """A cancelled timer is passed over when its time comes."""


def new_loop(time: Time) -> VirtualLoop:
    """A loop that knows what is asked of it here, and nothing else."""
    return VirtualLoop(time)  # type: ignore[abstract]
