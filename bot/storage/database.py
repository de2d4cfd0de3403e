"""The SQLite store: one writing thread that takes many works in one commit, and a few readers beside it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

from bot.ports import Tx
from bot.storage.batch import Outcome, Work, run_batch, run_read
from bot.storage.cursor import SqliteCursor
from bot.storage.jobs import Jobs, start
from bot.storage.ready import make_file_ready
from bot.storage.seal import Hasher, Sealer
from bot.storage.sqlite import connect, connect_reader, truncate_log
from bot.storage.tx import StoredTx

T = TypeVar("T")

BATCH = 100
"""The most works in one commit: about 20 ms, the longest that anybody waits for neighbours."""

READERS = 2


@dataclass(frozen=True, slots=True)
class Lane:
    """A connection with its thread, and the nouns over it."""

    jobs: Jobs
    tx: Tx

    async def batch(self, works: Sequence[Work]) -> list[Outcome]:
        """Run works in one commit."""
        return await self.jobs.job(lambda raw: run_batch(raw, self.tx, works))

    async def read(self, work: Work) -> Outcome:
        """Run a work that only reads."""
        return await self.jobs.job(lambda raw: run_read(raw, self.tx, work))


@dataclass(frozen=True, slots=True)
class Order:
    """A work that waits, and where its answer goes."""

    work: Work
    answer: asyncio.Future[Any]

    def settle(self, outcome: Outcome) -> None:
        """Hand over what became of the work, unless nobody waits any more."""
        if self.answer.done():
            return
        if outcome.error is None:
            self.answer.set_result(outcome.answer)
        else:
            self.answer.set_exception(outcome.error)


class SqliteStore:
    """See ``ports.Store``. A work whose task is cancelled while waiting is dropped; once begun it is kept."""

    def __init__(self, writer: Lane, readers: Sequence[Lane]) -> None:
        self._writer = writer
        self._readers = readers
        self._free: asyncio.LifoQueue[Lane] = asyncio.LifoQueue()
        for reader in readers:
            self._free.put_nowait(reader)
        self._orders: deque[Order] = deque()
        self._pump: asyncio.Task[None] | None = None
        self._closed = False

    async def transaction(self, work: Callable[[Tx], T]) -> T:
        """Run a work with its neighbours in one commit, and return its answer after that."""
        if self._closed:
            raise RuntimeError("the store is closed")
        order = Order(work, asyncio.get_running_loop().create_future())
        self._orders.append(order)
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._run())
        return cast("T", await order.answer)

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Run a work that only reads, beside the writer."""
        lane = await self._free.get()
        try:
            outcome = await lane.read(work)
        finally:
            self._free.put_nowait(lane)
        return cast("T", outcome.get())

    async def tidy(self) -> bool:
        """Take what was erased out of the log as well; False while a reader holds it: try again later."""
        return await self._writer.jobs.job(truncate_log)

    async def close(self) -> None:
        """Finish what is queued and close; the writer last, so that it empties the log."""
        self._closed = True
        if self._pump is not None:
            await self._pump
        for lane in (*self._readers, self._writer):
            await lane.jobs.close()

    async def _run(self) -> None:
        while self._orders:
            taken = [self._orders.popleft() for _ in range(min(BATCH, len(self._orders)))]
            wanted = [order for order in taken if not order.answer.done()]
            try:
                outcomes = await self._writer.batch([order.work for order in wanted])
            except Exception as error:  # noqa: BLE001  (the thread is gone: everybody who waits must hear of it)
                outcomes = [Outcome(error=error)] * len(wanted)
            for order, outcome in zip(wanted, outcomes, strict=True):
                order.settle(outcome)


async def open_sqlite(path: Path, sealer: Sealer) -> SqliteStore:
    """Open a database file, made and migrated where needed; raises StoreUnusable, StoreBusy, StoreFull."""
    hashes = await asyncio.to_thread(make_file_ready, path, sealer)
    async with AsyncExitStack() as started:
        lanes = list[Lane]()
        for connector in (connect, *[connect_reader] * READERS):
            lanes.append(await start_lane(partial(connector, path), sealer, hashes))
            started.push_async_callback(lanes[-1].jobs.close)
        started.pop_all()
    return SqliteStore(lanes[0], lanes[1:])


async def start_lane(connector: Callable[[], sqlite3.Connection], sealer: Sealer, hashes: Hasher) -> Lane:
    """Open a connection in a thread of its own; ``connector`` runs in that thread."""
    jobs = await start(connector)
    return Lane(jobs, await jobs.job(lambda raw: StoredTx(SqliteCursor(raw), sealer, hashes)))
