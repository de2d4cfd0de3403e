"""What a turn of six statements costs the processor: ``python -m tests.storage.measure``.

"text" is what the store does (statements compiled once); "core" runs the same statements through SQLAlchemy.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Any, cast

from sqlalchemy import Connection, CursorResult, Executable, create_engine
from sqlalchemy.pool import StaticPool

from bot.campaign.announcement import Delivery, Policy
from bot.campaign.refs import AccountRef
from bot.dialog.session import Session
from bot.ports import Tx
from bot.storage.batch import run_batch
from bot.storage.cursor import Cursor, Row, SqliteCursor, Statement, Value
from bot.storage.database import open_sqlite
from bot.storage.ready import make_ready
from bot.storage.seal import Sealer
from bot.storage.sqlite import connect
from bot.storage.tx import StoredTx

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORKS = 2000


class CoreCursor:
    """Runs the Core statements themselves, synchronously, over the same raw connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, statement: Statement, /, **values: Value) -> Sequence[Row]:
        return self._execute(statement, values).mappings().all()

    def row(self, statement: Statement, /, **values: Value) -> Row | None:
        return self._execute(statement, values).mappings().first()

    def run(self, statement: Statement, /, **values: Value) -> int:
        return self._execute(statement, values).rowcount

    def _execute(self, statement: Statement, values: dict[str, Value]) -> CursorResult[Any]:
        return cast("CursorResult[Any]", self._connection.execute(cast("Executable", statement.core), values))


def turn(number: int) -> Callable[[Tx], object]:
    """A turn: event seen, person found, talk read, talk saved, something owed, answer owed."""

    def work(tx: Tx) -> object:
        tx.events.first("telegram", str(number), NOW)
        person = tx.people.meet(AccountRef("telegram", str(number % 100)), "en", NOW)
        session = tx.sessions.open(person.id)
        if session is None:
            tx.sessions.start(Session(f"s{number}", person.id, "endorse", "c", "name"), NOW)
        else:
            tx.sessions.save(replace(session, version=session.version + 1), session.version, NOW)
        key = f"k{number}"
        tx.deliveries.owe(Delivery(key, key, Policy.NOTICE, ("review", key), NOW, person=person.id))
        return tx.people.owe(person.id, ("session", "show"))

    return work


def measure(raw: sqlite3.Connection, cursor: Cursor, sealer: Sealer, batch: int) -> float:
    """Milliseconds of processor time per work, in batches of this size, without a loop around them."""
    tx = StoredTx(cursor, sealer, make_ready(raw, sealer))
    run_batch(raw, tx, [turn(-1 - n) for n in range(200)])
    raw.row_factory = sqlite3.Row if isinstance(cursor, SqliteCursor) else None
    begun = process_time()
    for first in range(0, WORKS, batch):
        run_batch(raw, tx, [turn(number) for number in range(first, first + batch)])
    return (process_time() - begun) / WORKS * 1000


async def measure_store(path: Path, sealer: Sealer, batch: int) -> float:
    """The same through the whole store: loop, queue, thread and commit."""
    store = await open_sqlite(path, sealer)
    await asyncio.gather(*(store.transaction(turn(-1 - n)) for n in range(200)))
    begun = process_time()
    for first in range(0, WORKS, batch):
        await asyncio.gather(*(store.transaction(turn(first + n)) for n in range(batch)))
    spent = (process_time() - begun) / WORKS * 1000
    await store.close()
    return spent


@contextmanager
def text_cursor(raw: sqlite3.Connection) -> Iterator[SqliteCursor]:
    """What the store uses."""
    yield SqliteCursor(raw)


@contextmanager
def core_cursor(raw: sqlite3.Connection) -> Iterator[CoreCursor]:
    """What it is compared with."""
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
    with engine.connect() as connection:
        yield CoreCursor(connection.execution_options(isolation_level="AUTOCOMMIT"))


def main() -> None:
    """Print a table."""
    sealer = Sealer(bytes(32))
    cursors: dict[str, Callable[[sqlite3.Connection], AbstractContextManager[Cursor]]] = {
        "text": text_cursor,
        "core": core_cursor,
    }
    with tempfile.TemporaryDirectory() as folder:
        for batch in (1, 20, 100):
            for name, make in cursors.items():
                path = Path(folder) / f"{name}{batch}.db"
                with closing(connect(path)) as raw, make(raw) as cursor:
                    spent = measure(raw, cursor, sealer, batch)
                sys.stdout.write(f"{name:6} batch {batch:3}: {spent:.3f} ms\n")
            spent = asyncio.run(measure_store(Path(folder) / f"store{batch}.db", sealer, batch))
            sys.stdout.write(f"store  batch {batch:3}: {spent:.3f} ms\n")


if __name__ == "__main__":
    main()
