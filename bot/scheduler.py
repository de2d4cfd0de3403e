"""The alarm clock: rings a few functions every so often. What is due stands in the store, never here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.log import Event, event

Tick = Callable[[], Awaitable[object]]


class Scheduler:
    """``ticks`` by name: so many seconds between two rings, and what is rung.

    A tick never runs beside itself: a ring that comes while it runs makes it run once more afterwards. One
    that raises is logged and rings again.
    """

    def __init__(self, ticks: Mapping[str, tuple[float, Tick]]) -> None:
        self._ticks = ticks
        self._running: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._stopped = True
        self._bell = AsyncIOScheduler(timezone=UTC)

    def start(self) -> None:
        """Ring every tick once now, and from then on; inside a running loop, once."""
        self._stopped = False
        for name, (seconds, _) in self._ticks.items():
            self._bell.add_job(
                self._ring,
                "interval",
                args=[name],
                seconds=seconds,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
            self.nudge(name)
        self._bell.start()

    def nudge(self, name: str) -> None:
        """Run a tick soon, or once more where it is running now. KeyError for an unknown one."""
        _, tick = self._ticks[name]
        if self._stopped:
            return
        if name in self._running:
            self._again.add(name)
        else:
            self._running[name] = asyncio.create_task(self._run(name, tick))

    async def stop(self, within: float = 10.0) -> None:
        """Ring no more and wait for what runs; what takes longer than ``within`` seconds is cancelled."""
        if self._stopped:
            return
        self._stopped = True
        self._bell.shutdown(wait=False)
        running = set(self._running.values())
        if running:
            _, late = await asyncio.wait(running, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _ring(self, name: str) -> None:
        """What the bell calls: it returns at once, so that shutting the bell down never cuts a tick off."""
        self.nudge(name)

    async def _run(self, name: str, tick: Tick) -> None:
        try:
            await tick()
            event(Event.TICK_DONE, tick=name)
        except Exception as error:  # noqa: BLE001  (whatever it was, the clock goes on)
            event(Event.TICK_FAILED, tick=name, error=error)
        finally:
            del self._running[name]
            if name in self._again:
                self._again.discard(name)
                self.nudge(name)
