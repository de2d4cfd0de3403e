from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest

from bot.log import Event
from bot.scheduler import Scheduler

NEVER = 3600.0
OFTEN = 0.01


def ringing(seconds: float, tick: Callable[[], Awaitable[None]]) -> Scheduler:
    return Scheduler({"tick": (seconds, tick)})


async def test_a_tick_rings_at_the_start_and_again_and_again() -> None:
    rung = asyncio.Semaphore(0)

    async def tick() -> None:
        rung.release()

    scheduler = ringing(OFTEN, tick)
    scheduler.start()
    async with asyncio.timeout(20):
        for _ in range(5):
            await rung.acquire()
    await scheduler.stop()


async def test_a_nudge_runs_a_tick_soon() -> None:
    rung = asyncio.Semaphore(0)

    async def tick() -> None:
        rung.release()

    scheduler = ringing(NEVER, tick)
    scheduler.start()
    async with asyncio.timeout(20):
        await rung.acquire()
        scheduler.nudge("tick")
        await rung.acquire()
    await scheduler.stop()


async def test_a_tick_never_runs_beside_itself_and_no_nudge_is_lost() -> None:
    at_once, most = 0, 0
    gate, done = asyncio.Event(), asyncio.Semaphore(0)

    async def tick() -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await gate.wait()
        at_once -= 1
        done.release()

    scheduler = ringing(NEVER, tick)
    scheduler.start()
    await asyncio.sleep(0)
    for _ in range(3):
        scheduler.nudge("tick")
    assert (most, done.locked()) == (1, True)
    gate.set()
    async with asyncio.timeout(20):
        await done.acquire()
        await done.acquire()
    await scheduler.stop()
    assert most == 1


async def test_a_tick_that_raises_is_logged_and_rings_again(caplog: pytest.LogCaptureFixture) -> None:
    rung = asyncio.Semaphore(0)

    async def tick() -> None:
        rung.release()
        raise ValueError("a secret name")

    scheduler = ringing(OFTEN, tick)
    with caplog.at_level(logging.ERROR, logger="bot"):
        scheduler.start()
        async with asyncio.timeout(20):
            for _ in range(3):
                await rung.acquire()
        await scheduler.stop()
    failed = [record for record in caplog.records if record.msg is Event.TICK_FAILED]
    assert len(failed) >= 2
    assert failed[0].__dict__["fields"]["tick"] == "tick"
    assert isinstance(failed[0].__dict__["fields"]["error"], ValueError)


async def test_stopping_waits_for_what_is_running_and_rings_no_more() -> None:
    begun, finished = asyncio.Event(), 0

    async def tick() -> None:
        nonlocal finished
        begun.set()
        await asyncio.sleep(0.05)
        finished += 1

    scheduler = ringing(OFTEN, tick)
    scheduler.start()
    await begun.wait()
    scheduler.nudge("tick")
    await scheduler.stop()
    assert finished == 1
    scheduler.nudge("tick")
    await asyncio.sleep(0.1)
    assert finished == 1
    await scheduler.stop()


async def test_what_takes_too_long_is_cut_off() -> None:
    cut = asyncio.Event()

    async def tick() -> None:
        try:
            await asyncio.sleep(NEVER)
        finally:
            cut.set()

    scheduler = ringing(NEVER, tick)
    scheduler.start()
    await asyncio.sleep(0)
    await scheduler.stop(within=0.01)
    assert cut.is_set()


async def test_ticks_do_not_wait_for_each_other() -> None:
    rung = asyncio.Semaphore(0)

    async def slow() -> None:
        await asyncio.sleep(NEVER)

    async def quick() -> None:
        rung.release()

    scheduler = Scheduler({"slow": (NEVER, slow), "quick": (OFTEN, quick)})
    scheduler.start()
    async with asyncio.timeout(20):
        for _ in range(3):
            await rung.acquire()
    await scheduler.stop(within=0.01)


async def test_an_unknown_tick_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        ringing(NEVER, asyncio.sleep).nudge("other")  # type: ignore[arg-type]
