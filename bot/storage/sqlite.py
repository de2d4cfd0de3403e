"""One SQLite connection: how it is opened, and the settings it must have."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from bot.storage.trouble import StoreDamaged, StoreUnusable, is_damage, outside

WAIT_SECONDS = 5
STATEMENTS = 256
"""Prepared statements kept by a connection; we have about a hundred."""

OWNER_ONLY = 0o600

LINKED: tuple[int, ...] = sqlite3.sqlite_version_info
"""The version of SQLite this process runs with."""
SOUND = (3, 51, 3)
"""The first SQLite without the WAL-reset fault, which our one writing connection does not reach."""

PRAGMAS: dict[str, str | int] = {
    "busy_timeout": WAIT_SECONDS * 1000,
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
}
"""Read back after they were set: some builds and file systems quietly ignore them."""


def is_old(version: tuple[int, ...]) -> bool:
    """Whether a SQLite of this version, as ``LINKED``, still has the WAL-reset fault."""
    return version < SOUND


def create(path: Path) -> None:
    """Make the file, readable by its owner only; SQLite gives its companions the same mode."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY))
        path.chmod(OWNER_ONLY)
    except OSError as error:
        raise StoreUnusable(f"the database {path} cannot be written: {error.strerror}") from error


def connect(path: Path) -> sqlite3.Connection:
    """Open a connection for writing with our settings; raises StoreUnusable."""
    raw = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None, cached_statements=STATEMENTS)
    try:
        prepare(raw)
    except BaseException:
        raw.close()
        raise
    return raw


def connect_reader(path: Path) -> sqlite3.Connection:
    """Open a connection that can only read and never moves the log into the file; raises StoreUnusable."""
    raw = connect(path)
    raw.execute("PRAGMA wal_autocheckpoint=0")
    raw.execute("PRAGMA query_only=1")
    return raw


def prepare(raw: sqlite3.Connection, *, in_memory: bool = False) -> None:
    """Set and read back what a connection must have; ``in_memory`` has no log. Raises StoreUnusable."""
    try:
        for name, wanted in PRAGMAS.items():
            raw.execute(f"PRAGMA {name}={wanted}")
            got = raw.execute(f"PRAGMA {name}").fetchone()[0]
            if got != wanted and not (in_memory and name == "journal_mode"):
                raise StoreUnusable(f"this SQLite does not take {name}={wanted} here, it says {got}")
    except sqlite3.Error as error:
        raise _unusable(error) from error


def check(raw: sqlite3.Connection) -> None:
    """Look through the file for damage; raises StoreDamaged."""
    try:
        fault = raw.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise _unusable(error) from error
    if fault != "ok":
        raise StoreDamaged(f"the database is damaged, restore a backup: {fault}")


def truncate_log(raw: sqlite3.Connection) -> bool:
    """Move the log into the file and empty it of what was erased. False while a reader holds it."""
    busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy


def _unusable(error: sqlite3.Error) -> BaseException:
    if is_damage(error):
        return StoreDamaged(f"this is no database or a damaged one, restore a backup: {error}")
    return outside(error)
