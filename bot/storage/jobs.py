"""A connection with a thread of its own that runs whole jobs: all that touches aiosqlite's protected parts.

A job is one function; nothing of another task can come between its statements, and cancelling the task that
waits for it does not stop it half-way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TypeVar, cast

import aiosqlite

T = TypeVar("T")

CHUNK = 64
"""Rows that aiosqlite fetches at once; our jobs fetch for themselves."""


class Jobs(aiosqlite.Connection):
    """Runs jobs one after the other in its own thread.

    The thread keeps no program alive: one that ends without closing must end, and SQLite survives that.
    """

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, CHUNK)
        self._thread.daemon = True

    async def job(self, task: Callable[[sqlite3.Connection], T]) -> T:
        """Run a function with the raw connection in the thread; returns or raises what it does.

        aiosqlite prints at DEBUG what it runs, so it is handed a closure, whose name tells nothing.
        """
        raw = self._conn
        return cast("T", await self._execute(lambda: task(raw)))  # type: ignore[no-untyped-call]


async def start(connector: Callable[[], sqlite3.Connection]) -> Jobs:
    """Open a connection inside a new thread; raises what ``connector`` raises, and the thread ends then."""
    return cast("Jobs", await Jobs(connector))
