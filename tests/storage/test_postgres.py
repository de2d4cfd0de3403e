from __future__ import annotations

import asyncio

import asyncpg
import pytest

from bot.ports import Conflict, StoreBusy, StoreFull, Tx
from bot.storage.opening import open_store
from bot.storage.trouble import StoreUnusable
from tests.storage.conftest import run
from tests.storage.made import KEY, Ground, both

TRIGGER = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'planted' USING ERRCODE = NEW.name; END $$;
CREATE TRIGGER refuse BEFORE INSERT ON routes EXECUTE FUNCTION refuse();
"""


async def test_two_works_that_lock_crosswise_both_succeed(postgres_url: str) -> None:
    store = await open_store(postgres_url, KEY)
    meet = Ground("postgres", postgres_url).meeting()

    def work(first: str, second: str, tx: Tx) -> str:
        tx.notes.put(first, "x")
        meet()
        tx.notes.put(second, "x")
        return first

    answers = await both(store, lambda tx: work("a", "b", tx), lambda tx: work("b", "a", tx))
    assert answers == ["a", "b"]
    await store.close()


async def test_a_conflict_runs_again_five_times(postgres_url: str) -> None:
    store, ran = await open_store(postgres_url, KEY), list[int]()

    def work(limit: int, tx: Tx) -> int:
        ran.append(limit)
        tx.notes.put("a", str(len(ran)))
        if ran.count(limit) <= limit:
            raise Conflict
        return limit

    assert await store.transaction(lambda tx: work(5, tx)) == 5
    with pytest.raises(Conflict):
        await store.transaction(lambda tx: work(6, tx))
    assert (ran.count(5), ran.count(6)) == (6, 6)
    assert await store.read(lambda tx: tx.notes.get("a")) == "6"
    await store.close()


async def test_a_work_that_raises_leaves_nothing(postgres_url: str) -> None:
    store = await open_store(postgres_url, KEY)

    def work(tx: Tx) -> None:
        tx.notes.put("a", "x")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.transaction(work)
    assert await store.read(lambda tx: tx.notes.get("a")) == ""
    await store.close()


async def test_tasks_cancelled_at_fifty_moments_harm_nobody(postgres_url: str) -> None:
    store = await open_store(postgres_url, KEY)

    def work(tx: Tx) -> None:
        for name in ("a", "b", "c"):
            tx.tallies.add("asean", {name: 1})

    for number in range(50):
        victim = asyncio.create_task(store.transaction(work))
        neighbour = asyncio.create_task(store.transaction(lambda tx: tx.tallies.add("other", {"n": 1})))
        await asyncio.sleep(number / 10_000)
        victim.cancel()
        await asyncio.gather(victim, return_exceptions=True)
        await neighbour
    tallies = await store.read(lambda tx: tx.tallies.get("asean"))
    assert len(set(tallies.values())) <= 1
    assert await store.read(lambda tx: tx.tallies.get("other")) == {"n": 50}
    await store.close()


@pytest.mark.parametrize(
    ("state", "expected"),
    [("53100", StoreFull), ("25006", StoreFull), ("55P03", StoreBusy), ("57014", StoreBusy)],
)
async def test_what_the_server_cannot_do_is_full_or_busy(
    postgres_url: str, state: str, expected: type[Exception]
) -> None:
    connection = await asyncpg.connect(postgres_url)
    await connection.execute(TRIGGER.replace("NEW.name", f"'{state}'"))
    await connection.close()
    store = await open_store(postgres_url, KEY)
    with pytest.raises(expected, match="planted"):
        await store.transaction(lambda tx: tx.routes.keep("t", ("a",)))
    await store.transaction(lambda tx: tx.notes.put("a", "x"))
    await store.close()


async def test_a_server_that_drops_its_connections_is_busy_and_then_used_again(postgres_url: str) -> None:
    store = await open_store(postgres_url, KEY)
    admin = await asyncpg.connect(postgres_url)
    await admin.execute("BEGIN; LOCK notes")
    waiting = asyncio.create_task(store.transaction(lambda tx: tx.notes.put("a", "x")))
    waits = "wait_event_type = 'Lock' AND datname = current_database()"
    others = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {waits}"  # noqa: S608
    while not await admin.fetch(others):  # noqa: ASYNC110  (another process is waited for)
        await asyncio.sleep(0.01)
    with pytest.raises(StoreBusy):
        await waiting
    await admin.execute("ROLLBACK")
    await admin.close()
    await store.transaction(lambda tx: tx.notes.put("a", "y"))
    assert await store.read(lambda tx: tx.notes.get("a")) == "y"
    await store.close()


async def test_connections_that_were_dropped_while_idle_are_not_used(postgres_url: str) -> None:
    store = await open_store(postgres_url, KEY)
    await asyncio.gather(*(store.transaction(lambda tx: tx.notes.put("a", "x")) for _ in range(5)))
    admin = await asyncpg.connect(postgres_url)
    mine = "application_name = 'solidarity-bot' AND datname = current_database()"
    await admin.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {mine}")  # noqa: S608
    await admin.close()
    await asyncio.gather(*(store.transaction(lambda tx: tx.notes.put("a", "y")) for _ in range(5)))
    await store.close()


async def test_a_read_cannot_write(postgres_url: str) -> None:
    store = await open_store(postgres_url, KEY)
    with pytest.raises(StoreFull, match="read-only"):
        await store.read(lambda tx: tx.notes.put("a", "x"))
    await store.close()


async def test_tidying_is_possible(postgres_url: str) -> None:
    store = await open_store(postgres_url, KEY)
    assert await store.tidy()
    await store.close()


@pytest.mark.parametrize("setting", ["synchronous_commit = off", "default_transaction_read_only = on"])
async def test_a_server_that_would_lose_answers_is_refused(postgres_url: str, setting: str) -> None:
    name = postgres_url.partition("?")[0].rpartition("/")[2]
    run(postgres_url, f"ALTER DATABASE {name} SET {setting}")
    with pytest.raises(StoreUnusable, match="must have"):
        await open_store(postgres_url, KEY)
