from __future__ import annotations

import sqlite3
from pathlib import Path
from random import Random

import pytest

from bot.ports import Conflict, StoreFull, Tx
from bot.storage.direct import open_direct
from tests.storage.made import KEY, copy_in_memory, person


class Crash(BaseException):
    """The process dies here."""


class Switch:
    """A hook that crashes while it is on."""

    on = False

    def __call__(self) -> None:
        if self.on:
            raise Crash


def put(tx: Tx) -> str:
    tx.notes.put("a", "kept")
    return "answer"


async def test_a_crash_before_the_commit_leaves_nothing_and_after_it_everything(sqlite_path: Path) -> None:
    before, after = Switch(), Switch()
    store = open_direct(sqlite_path, KEY, before_commit=before, after_commit=after)
    before.on = True
    with pytest.raises(Crash):
        await store.transaction(put)
    assert await store.read(lambda tx: tx.notes.get("a")) == ""
    before.on, after.on = False, True
    with pytest.raises(Crash):
        await store.transaction(put)
    await store.close()
    store = open_direct(sqlite_path, KEY)
    assert await store.read(lambda tx: tx.notes.get("a")) == "kept"
    assert await store.transaction(put) == "answer"
    assert await store.tidy()
    await store.close()


async def test_a_work_that_raises_leaves_nothing_and_a_conflict_runs_again(sqlite_path: Path) -> None:
    store, tries = open_direct(sqlite_path, KEY), list[str]()

    def work(tx: Tx) -> None:
        tries.append(tx.notes.get("a"))
        put(tx)
        raise Conflict

    with pytest.raises(Conflict):
        await store.transaction(work)
    assert tries == [""] * 6
    assert await store.read(lambda tx: tx.notes.get("a")) == ""
    await store.close()


async def test_a_read_cannot_write(sqlite_path: Path) -> None:
    store = open_direct(sqlite_path, KEY)
    with pytest.raises(StoreFull, match="readonly"):
        await store.read(put)
    assert await store.transaction(put) == "answer"
    await store.close()


async def test_a_database_in_memory_is_migrated_and_one_from_a_template_is_ready(
    sqlite_template: Path,
) -> None:
    for raw in (sqlite3.connect(":memory:", isolation_level=None), copy_in_memory(str(sqlite_template))):
        store = open_direct(raw, KEY)
        assert await store.transaction(put) == "answer"
        await store.close()


async def test_a_seed_repeats_every_byte() -> None:
    dumps = list[list[str]]()
    for _ in range(2):
        raw = sqlite3.connect(":memory:", isolation_level=None)
        store = open_direct(raw, KEY, chance=Random(3).randbytes)
        await person(store)
        dumps.append(list(raw.iterdump()))
        await store.close()
    assert dumps[0] == dumps[1]
