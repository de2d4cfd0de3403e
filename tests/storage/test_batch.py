from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.ports import Conflict, StoreFull, Tx
from bot.storage.batch import run_batch, run_read
from bot.storage.cursor import SqliteCursor
from bot.storage.ready import make_ready
from bot.storage.seal import Sealer
from bot.storage.sqlite import connect
from bot.storage.tx import StoredTx
from tests.storage.made import KEY


@pytest.fixture
def raw(sqlite_path: Path) -> Iterator[sqlite3.Connection]:
    raw = connect(sqlite_path)
    yield raw
    raw.close()


@pytest.fixture
def tx(raw: sqlite3.Connection) -> Tx:
    sealer = Sealer(KEY)
    return StoredTx(SqliteCursor(raw), sealer, make_ready(raw, sealer))


def put(name: str, size: int = 1) -> Callable[[Tx], str]:
    def work(tx: Tx) -> str:
        tx.notes.put(name, "x" * size)
        return name

    return work


def fail(error: BaseException) -> Callable[[Tx], str]:
    def work(tx: Tx) -> str:
        tx.notes.put("failed", "x")
        raise error

    return work


def names(raw: sqlite3.Connection) -> list[str]:
    rows = raw.execute("SELECT name FROM notes WHERE name != 'secret' ORDER BY name").fetchall()
    return [row[0] for row in rows]


@pytest.mark.parametrize("error", [ZeroDivisionError(), KeyboardInterrupt(), SystemExit(1)])
def test_a_work_that_raises_takes_back_its_own_only(
    raw: sqlite3.Connection, tx: Tx, error: BaseException
) -> None:
    outcomes = run_batch(raw, tx, [put("a"), fail(error), put("b")])
    assert [outcome.answer for outcome in outcomes] == ["a", None, "b"]
    assert outcomes[1].error is error
    assert names(raw) == ["a", "b"]
    assert not raw.in_transaction


def test_a_refused_statement_takes_back_its_own_work_only(raw: sqlite3.Connection, tx: Tx) -> None:
    def refused(tx: Tx) -> str:
        tx.notes.put("failed", "x")
        raw.execute("INSERT INTO notes (name, value) VALUES ('secret', 'x')")
        return "never"

    outcomes = run_batch(raw, tx, [put("a"), refused, put("b")])
    assert isinstance(outcomes[1].error, sqlite3.IntegrityError)
    assert names(raw) == ["a", "b"]


def test_a_conflict_runs_again_five_times(raw: sqlite3.Connection, tx: Tx) -> None:
    ran = list[int]()

    def stubborn(limit: int) -> Callable[[Tx], int]:
        def work(tx: Tx) -> int:
            ran.append(limit)
            tx.notes.put(f"{limit} {ran.count(limit)}", "x")
            if ran.count(limit) <= limit:
                raise Conflict
            return limit

        return work

    outcomes = run_batch(raw, tx, [stubborn(5), stubborn(6)])
    assert outcomes[0].answer == 5
    assert isinstance(outcomes[1].error, Conflict)
    assert (ran.count(5), ran.count(6)) == (6, 6)
    assert names(raw) == ["5 6"]


def test_stop_iteration_becomes_an_error_a_future_can_carry(raw: sqlite3.Connection, tx: Tx) -> None:
    (outcome,) = run_batch(raw, tx, [lambda _: next(iter(()))])
    assert isinstance(outcome.error, RuntimeError)


def limit(raw: sqlite3.Connection, spare: int) -> None:
    """Let the file grow by so many pages, and no more."""
    pages = raw.execute("PRAGMA page_count").fetchone()[0]
    raw.execute(f"PRAGMA max_page_count={pages + spare}")


def test_a_disk_that_fills_in_a_batch_loses_nothing_that_was_answered(
    raw: sqlite3.Connection, tx: Tx
) -> None:
    limit(raw, 8)
    works = [put(f"{n:02}", 10_000 if n % 3 else 10) for n in range(30)]
    outcomes = run_batch(raw, tx, works)
    kept = [outcome.answer for outcome in outcomes if outcome.error is None]
    assert names(raw) == kept
    assert {f"{n:02}" for n in range(0, 30, 3)} <= set(kept)
    assert {type(outcome.error) for outcome in outcomes} == {type(None), StoreFull}
    assert not raw.in_transaction
    assert raw.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    raw.execute("PRAGMA max_page_count=1000000")
    assert all(outcome.error is None for outcome in run_batch(raw, tx, works))
    assert len(names(raw)) == 30


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_work_that_hides_a_full_disk_cannot_go_on_without_its_transaction(
    raw: sqlite3.Connection, tx: Tx, *, goes_on: bool
) -> None:
    def hides(tx: Tx) -> str:
        with suppress(Exception):
            tx.notes.put("big", "x" * 100_000)
        return put("small")(tx) if goes_on else "never"

    limit(raw, 4)
    outcomes = run_batch(raw, tx, [put("a"), hides, put("b")])
    assert [type(outcome.error) for outcome in outcomes] == [type(None), StoreFull, type(None)]
    assert names(raw) == ["a", "b"]


def test_what_the_hook_before_the_commit_raises_takes_all_back(raw: sqlite3.Connection, tx: Tx) -> None:
    def crash() -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        run_batch(raw, tx, [put("a")], crash)
    assert names(raw) == []
    assert not raw.in_transaction


def test_a_read_ends_its_transaction_whatever_happens(raw: sqlite3.Connection, tx: Tx) -> None:
    assert run_read(raw, tx, lambda tx: tx.notes.get("a")).get() == ""
    outcome = run_read(raw, tx, fail(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        outcome.get()
    assert not raw.in_transaction
    assert names(raw) == []
