"""Kills migrations: ``python -m tests.storage.half_migration FOLDER``.

For each statement of a migration a child process begins it on a new file and is killed as that statement
begins. One line for each says the number, the version found afterwards and how many of the tables are there:
0, some or all.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from contextlib import closing
from itertools import count
from pathlib import Path

from bot.storage.migrate import migrate_sqlite
from bot.storage.schema import metadata
from bot.storage.sqlite import connect


def begin(path: Path, last: int) -> None:
    """Migrate, and die as the statement with this number begins."""
    numbers = count(1)

    def trace(_: str) -> None:
        if next(numbers) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    raw = connect(path)
    raw.set_trace_callback(trace)
    migrate_sqlite(raw)
    os._exit(0)


def kill_at(path: Path, statement: int) -> bool:
    """Whether the child was killed; False when it was through before."""
    child = os.fork()
    if child == 0:
        begin(path, statement)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def left(path: Path) -> str:
    """The version and the tables that a database has."""
    with closing(sqlite3.connect(path)) as raw:
        tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        versioned = "alembic_version" in tables
        rows = raw.execute("SELECT version_num FROM alembic_version").fetchall() if versioned else []
    ours = tables & set(metadata.tables)
    amount = "all" if ours == set(metadata.tables) else "some" if ours else "0"
    return f"{rows[0][0] if rows else 'none'} {amount}"


def main() -> None:
    """Kill at each statement."""
    folder = Path(sys.argv[1])
    with closing(connect(folder / "warm.db")) as raw:
        migrate_sqlite(raw)  # so that no child has to read and compile the steps anew
    for statement in count(1):
        path = folder / f"{statement}.db"
        killed = kill_at(path, statement)
        sys.stdout.write(f"{statement} {left(path)}\n")
        if not killed:
            break


if __name__ == "__main__":
    main()
