from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random

import pytest

from bot.campaign.refs import AccountRef
from bot.ports import StoreBusy, StoreFull, Tx
from bot.storage.database import Lane, SqliteStore, open_sqlite, start_lane
from bot.storage.ready import make_file_ready
from bot.storage.seal import Sealer
from bot.storage.sqlite import connect, connect_reader
from tests.storage.made import KEY, MINUTE, NOW, each, session


@pytest.fixture
async def lanes(sqlite_path: Path) -> list[Lane]:
    """A writer and a reader, to be taken apart by the test."""
    sealer = Sealer(KEY)
    hashes = make_file_ready(sqlite_path, sealer)
    connectors = (connect, connect_reader)
    return [await start_lane(partial(connector, sqlite_path), sealer, hashes) for connector in connectors]


@pytest.fixture
async def store(lanes: list[Lane]) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(lanes[0], lanes[1:])
    yield store
    await store.close()


async def on_writer(lanes: list[Lane], statement: str) -> object:
    return await lanes[0].jobs.job(lambda raw: raw.execute(statement).fetchone())


async def traced(lanes: list[Lane], statement: str) -> list[str]:
    """A list that grows with each such statement of the writer."""
    found = list[str]()

    def trace(raw: sqlite3.Connection) -> None:
        raw.set_trace_callback(lambda sql: found.append(sql) if sql == statement else None)

    await lanes[0].jobs.job(trace)
    return found


def put(name: str, size: int = 1) -> Callable[[Tx], str]:
    def work(tx: Tx) -> str:
        tx.notes.put(name, "x" * size)
        return name

    return work


def names(path: Path) -> set[str]:
    """What another process sees."""
    with closing(sqlite3.connect(path)) as raw:
        return {row[0] for row in raw.execute("SELECT name FROM notes WHERE name != 'secret'")}


async def test_an_answer_leaves_only_after_the_commit(store: SqliteStore, sqlite_path: Path) -> None:
    async def ask(name: str) -> bool:
        return await store.transaction(put(name)) in names(sqlite_path)

    assert all(await asyncio.gather(*(ask(str(n)) for n in range(20))))


async def test_works_that_wait_share_one_commit(store: SqliteStore, lanes: list[Lane]) -> None:
    commits = await traced(lanes, "COMMIT")
    await asyncio.gather(*(store.transaction(put(str(n))) for n in range(250)))
    assert len(commits) == 3


async def test_a_work_that_raises_does_not_touch_its_neighbours(
    store: SqliteStore, sqlite_path: Path
) -> None:
    def fail(tx: Tx) -> str:
        put("failed")(tx)
        raise ZeroDivisionError

    works = [fail if n % 7 == 3 else put(str(n)) for n in range(40)]
    answers = await asyncio.gather(*map(store.transaction, works), return_exceptions=True)
    kept = {answer for answer in answers if isinstance(answer, str)}
    assert len(kept) == 34
    assert {type(answer) for answer in answers} == {str, ZeroDivisionError}
    assert names(sqlite_path) == kept


async def test_stop_iteration_in_a_work_stops_nobody(store: SqliteStore) -> None:
    with pytest.raises(RuntimeError):
        await store.transaction(lambda _: next(iter(())))
    assert await store.transaction(put("a")) == "a"


async def test_a_disk_that_fills_answers_full_and_heals(
    store: SqliteStore, lanes: list[Lane], sqlite_path: Path
) -> None:
    pages = await on_writer(lanes, "PRAGMA page_count")
    assert isinstance(pages, tuple | sqlite3.Row)
    await on_writer(lanes, f"PRAGMA max_page_count={pages[0] + 8}")
    works = [put(f"{n:02}", 10_000 if n % 3 else 10) for n in range(30)]
    answers = await asyncio.gather(*map(store.transaction, works), return_exceptions=True)
    kept = {answer for answer in answers if isinstance(answer, str)}
    assert {type(answer) for answer in answers} == {str, StoreFull}
    assert names(sqlite_path) == kept
    await on_writer(lanes, "PRAGMA max_page_count=1000000")
    assert len(await asyncio.gather(*map(store.transaction, works))) == 30
    assert len(names(sqlite_path)) == 30


async def test_tasks_cancelled_at_two_hundred_moments_harm_nobody(
    store: SqliteStore, lanes: list[Lane], sqlite_path: Path
) -> None:
    chance, kept = Random(11), set[str]()
    for number in range(200):
        victims = [asyncio.create_task(store.transaction(put(f"victim {number}")))]
        neighbours = [asyncio.create_task(store.transaction(put(f"{number}/{n}"))) for n in range(3)]
        await asyncio.sleep(chance.choice((0, 0, 0.0005, 0.001, 0.003)))
        victims[0].cancel()
        (answer,) = await asyncio.gather(*victims, return_exceptions=True)
        assert isinstance(answer, asyncio.CancelledError | str)
        kept |= {str(answer)} if isinstance(answer, str) else set()
        kept |= set(await asyncio.gather(*neighbours))
        assert await lanes[0].jobs.job(lambda raw: raw.in_transaction) is False
    assert kept <= names(sqlite_path)
    assert len(kept) >= 600


async def test_a_work_cancelled_before_it_began_never_runs(store: SqliteStore, sqlite_path: Path) -> None:
    go = threading.Event()
    first = asyncio.create_task(store.transaction(lambda _: go.wait(5)))
    await asyncio.sleep(0.01)
    waiting = asyncio.create_task(store.transaction(put("never")))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    go.set()
    assert await first
    assert await store.transaction(put("later")) == "later"
    assert names(sqlite_path) == {"later"}


async def test_another_process_that_holds_the_database_for_a_while_is_waited_for(
    store: SqliteStore, sqlite_path: Path
) -> None:
    with closing(sqlite3.connect(sqlite_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = asyncio.gather(*(store.transaction(put(str(n))) for n in range(10)))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        other.execute("COMMIT")
        assert len(await waiting) == 10


async def test_one_that_holds_it_too_long_makes_all_who_wait_busy_and_no_work_run(
    store: SqliteStore, lanes: list[Lane], sqlite_path: Path
) -> None:
    await on_writer(lanes, "PRAGMA busy_timeout=20")
    begun = await traced(lanes, "BEGIN IMMEDIATE")
    ran = list[Tx]()
    with closing(sqlite3.connect(sqlite_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answers = await asyncio.gather(
            *(store.transaction(ran.append) for _ in range(10)), return_exceptions=True
        )
    assert [type(answer) for answer in answers] == [StoreBusy] * 10
    assert ran == []
    assert len(begun) == 1
    assert await store.transaction(put("a")) == "a"


async def test_reading_goes_on_beside_a_long_work(store: SqliteStore) -> None:
    await store.transaction(put("a"))
    go = threading.Event()

    def long(tx: Tx) -> bool:
        tx.notes.put("a", "changed")
        return go.wait(5)

    writing = asyncio.create_task(store.transaction(long))
    await asyncio.sleep(0.01)
    assert await store.read(lambda tx: tx.notes.get("a")) == "x"
    go.set()
    assert await writing
    assert await store.read(lambda tx: tx.notes.get("a")) == "changed"


async def test_a_read_cannot_write_and_gives_its_reader_back(store: SqliteStore, sqlite_path: Path) -> None:
    for _ in range(3):
        with pytest.raises(StoreFull, match="readonly"):
            await store.read(put("a"))
    reading = asyncio.create_task(store.read(lambda tx: tx.notes.get("a")))
    await asyncio.sleep(0)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    assert await store.read(lambda tx: tx.notes.get("a")) == ""
    assert names(sqlite_path) == set()


async def test_two_stores_on_one_file_keep_all_of_four_hundred_changes(sqlite_path: Path) -> None:
    stores = [await open_sqlite(sqlite_path, Sealer(KEY)) for _ in range(2)]
    works = [stores[n % 2].transaction(lambda tx: tx.tallies.add("asean", {"n": 1})) for n in range(400)]
    await asyncio.gather(*works)
    assert await stores[0].read(lambda tx: tx.tallies.get("asean")) == {"n": 400}
    for store in stores:
        await store.close()


async def test_closing_finishes_what_is_queued_and_takes_no_more(sqlite_path: Path) -> None:
    store = await open_sqlite(sqlite_path, Sealer(KEY))
    works = [asyncio.create_task(store.transaction(put(str(n)))) for n in range(250)]
    await asyncio.sleep(0)
    await store.close()
    assert len(await asyncio.gather(*works)) == 250
    assert len(names(sqlite_path)) == 250
    with pytest.raises(RuntimeError, match="closed"):
        await store.transaction(put("a"))
    assert not sqlite_path.with_name("bot.db-wal").exists()


async def test_what_was_erased_is_in_no_file_after_tidying(store: SqliteStore, sqlite_path: Path) -> None:
    """Answers are sealed, so it is their ciphertext that must be gone."""

    def talk(tx: Tx, number: int) -> None:
        met = tx.people.meet(AccountRef("telegram", str(number)), "", NOW)
        answers = {"official": "Sombat " * 50}
        tx.sessions.start(session(met.id, id=f"s{number}", answers=answers), NOW + number * MINUTE)

    await each(store, talk, range(50))
    with closing(sqlite3.connect(sqlite_path)) as raw:
        sealed = [row[0] for row in raw.execute("SELECT sealed_rest FROM sessions")]
    assert len(sealed) == 50
    assert all(found(sqlite_path, piece) for piece in sealed)
    await each(store, lambda tx, n: tx.sessions.end(f"s{n}", NOW), range(25))
    await store.transaction(lambda tx: tx.sessions.expire(NOW + 99 * MINUTE))
    assert await store.tidy()
    assert not any(found(sqlite_path, piece) for piece in sealed)


def found(path: Path, piece: bytes) -> bool:
    return any(piece[17:49] in file.read_bytes() for file in path.parent.iterdir())


async def test_at_debug_no_log_holds_what_works_carry(
    store: SqliteStore, caplog: pytest.LogCaptureFixture
) -> None:
    def work(name: str, tx: Tx) -> str:
        tx.notes.put(name, name)
        raise ValueError(name)

    with caplog.at_level(logging.DEBUG):
        for run in (store.transaction, store.read):
            with pytest.raises((ValueError, StoreFull)):
                await run(partial(work, "Sombat Canary"))
    assert "Canary" not in caplog.text
