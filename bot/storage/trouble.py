"""What can be wrong with a database: why a store does not open, what a failed statement means."""

from __future__ import annotations

import sqlite3

from bot.ports import StoreBusy, StoreFull

FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
PRIMARY = 0xFF
"""The low byte of SQLite's extended codes: the kind of error."""


class StoreUnusable(Exception):  # noqa: N818  (named as what it says)
    """The store cannot be opened; the message is one line that says what to do."""


class StoreTooNew(StoreUnusable):
    """The database was made by a newer version of this program."""


class WrongKey(StoreUnusable):
    """The database was sealed with another key."""


class StoreDamaged(StoreUnusable):
    """The database file is damaged, or no database of ours."""


class RolledBack(Exception):  # noqa: N818  (named as what happened)
    """The database gave up the whole transaction, not only one statement: nothing of it is left."""

    def __init__(self) -> None:
        super().__init__("the database gave up the transaction")


def outside(error: BaseException) -> BaseException:
    """What a failed work is answered: StoreFull, StoreBusy where the database could not, else the error."""
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY
    if code in BUSY:
        return StoreBusy(str(error))
    if code in FULL or isinstance(error, RolledBack):
        return StoreFull(str(error))
    if isinstance(error, StopIteration):
        return RuntimeError("a work raised StopIteration")
    return error


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that the file is damaged or no database."""
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY
    return code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
