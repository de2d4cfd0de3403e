from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
from collections.abc import AsyncIterator
from functools import partial

import pytest

from bot.storage.jobs import Jobs, start


def connector() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


@pytest.fixture
async def jobs() -> AsyncIterator[Jobs]:
    jobs = await start(connector)
    yield jobs
    await jobs.close()


async def test_jobs_run_one_after_the_other_in_one_other_thread(jobs: Jobs) -> None:
    done = list[tuple[int, int]]()

    def job(number: int, _: sqlite3.Connection) -> None:
        done.append((number, threading.get_ident()))

    await asyncio.gather(*(jobs.job(partial(job, n)) for n in range(20)))
    assert [number for number, _ in done] == list(range(20))
    assert len({thread for _, thread in done} - {threading.get_ident()}) == 1


async def test_a_job_has_the_raw_connection_and_answers_or_raises(jobs: Jobs) -> None:
    assert await jobs.job(lambda raw: raw.execute("SELECT 7").fetchone()) == (7,)
    with pytest.raises(ZeroDivisionError):
        await jobs.job(lambda _: 1 // 0)


async def test_a_cancelled_wait_leaves_the_job_whole(jobs: Jobs) -> None:
    begun, go, done = threading.Event(), threading.Event(), threading.Event()

    def job(raw: sqlite3.Connection) -> None:
        begun.set()
        go.wait(5)
        raw.execute("CREATE TABLE t (x)")
        done.set()

    waiting = asyncio.create_task(jobs.job(job))
    await asyncio.to_thread(begun.wait, 5)
    waiting.cancel()
    go.set()
    assert await jobs.job(lambda _: done.is_set())


async def test_a_program_that_forgets_to_close_can_end(jobs: Jobs) -> None:
    assert await jobs.job(lambda _: threading.current_thread().daemon)


async def test_a_connector_that_fails_says_so_and_leaves_no_thread() -> None:
    def broken() -> sqlite3.Connection:
        raise ZeroDivisionError

    before = threading.active_count()
    with pytest.raises(ZeroDivisionError):
        await start(broken)
    for _ in range(100):
        if threading.active_count() == before:
            break
        await asyncio.sleep(0.01)
    assert threading.active_count() == before


async def test_at_debug_no_log_tells_what_a_job_holds(jobs: Jobs, caplog: pytest.LogCaptureFixture) -> None:
    def job(name: str, raw: sqlite3.Connection) -> str:
        return name + str(raw)

    with caplog.at_level(logging.DEBUG):
        await jobs.job(partial(job, "Sombat Canary"))
    assert "executing" in caplog.text
    assert "Canary" not in caplog.text
