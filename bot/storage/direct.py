"""A store without threads: the same works on SQLite in the loop's own thread, for the simulation."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from bot.ports import Tx
from bot.storage.batch import nothing, run_batch, run_read
from bot.storage.cursor import SqliteCursor
from bot.storage.ready import make_ready
from bot.storage.seal import Chance, Sealer
from bot.storage.sqlite import connect, create, prepare, truncate_log
from bot.storage.tx import StoredTx

T = TypeVar("T")


class DirectStore:
    """See ``ports.Store``.

    ``before_commit`` and ``after_commit`` may raise: the simulation crashes there. What is raised before the
    commit rolls it back; what is raised after it finds everything kept, and only the answer is lost.
    """

    def __init__(
        self,
        raw: sqlite3.Connection,
        tx: Tx,
        *,
        before_commit: Callable[[], None] = nothing,
        after_commit: Callable[[], None] = nothing,
    ) -> None:
        self._raw = raw
        self._tx = tx
        self._before_commit = before_commit
        self._after_commit = after_commit

    async def transaction(self, work: Callable[[Tx], T]) -> T:
        """Run a work in one transaction."""
        (outcome,) = run_batch(self._raw, self._tx, [work], self._before_commit)
        answer = cast("T", outcome.get())
        self._after_commit()
        return answer

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Run a work that only reads; a work that writes fails as it would on any other store."""
        self._raw.execute("PRAGMA query_only=1")
        outcome = run_read(self._raw, self._tx, work)
        self._raw.execute("PRAGMA query_only=0")
        return cast("T", outcome.get())

    async def tidy(self) -> bool:
        """Take what was erased out of the log as well."""
        return truncate_log(self._raw)

    async def close(self) -> None:
        """Close the connection."""
        self._raw.close()


def open_direct(
    database: Path | sqlite3.Connection,
    key: bytes,
    *,
    chance: Chance = os.urandom,
    before_commit: Callable[[], None] = nothing,
    after_commit: Callable[[], None] = nothing,
) -> DirectStore:
    """Open a file, or take over a connection (made with ``isolation_level=None``, perhaps in memory).

    Migrates where needed; a connection that got its tables from a template is ready at once. ``chance`` gives
    the random bytes, so that a seed can repeat them. Raises StoreUnusable.
    """
    raw = _connection(database)
    sealer = Sealer(key, chance=chance)
    tx = StoredTx(SqliteCursor(raw), sealer, make_ready(raw, sealer))
    return DirectStore(raw, tx, before_commit=before_commit, after_commit=after_commit)


def _connection(database: Path | sqlite3.Connection) -> sqlite3.Connection:
    if isinstance(database, Path):
        create(database)
        return connect(database)
    prepare(database, in_memory=not database.execute("PRAGMA database_list").fetchone()[2])
    return database
