"""Making a SQLite database ready: created, whole, of this version's schema, and of our key."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.storage.cursor import SqliteCursor
from bot.storage.migrate import migrate_sqlite
from bot.storage.seal import Hasher, Sealer
from bot.storage.secret import hasher
from bot.storage.sqlite import check, connect, create


def make_file_ready(path: Path, sealer: Sealer) -> Hasher:
    """Make a file ready before the store opens it; raises StoreUnusable, StoreBusy, StoreFull."""
    create(path)
    with closing(connect(path)) as raw:
        check(raw)
        return make_ready(raw, sealer)


def make_ready(raw: sqlite3.Connection, sealer: Sealer) -> Hasher:
    """Migrate an open database and read its secret; raises StoreUnusable."""
    migrate_sqlite(raw)
    raw.execute("BEGIN IMMEDIATE")
    try:
        hashes = hasher(SqliteCursor(raw), sealer)
        raw.execute("COMMIT")
    finally:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
    return hashes
