"""Statements, and the cursors that run them inside an open transaction.

A statement is written once in SQLAlchemy Core and compiled once per database to text. Running Core each
time costs twice as much (``tests/storage/measure.py``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import Connection, bindparam
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.sql.elements import BindParameter, ClauseElement

from bot.storage.trouble import RolledBack

Value = str | int | bytes | bool | None


class Row(Protocol):
    """One row; columns by name."""

    def __getitem__(self, column: str, /) -> Any:  # noqa: ANN401  (what a column holds, the schema says)
        """The value of a column."""


class Statement:
    """A Core statement with named places. Values that never change stand in it already."""

    def __init__(self, core: ClauseElement) -> None:
        self.core = core

    @cached_property
    def sqlite(self) -> tuple[str, dict[str, Value]]:
        """The text for SQLite, and the values that stand in it already."""
        compiled = self.core.compile(dialect=sqlite.dialect(paramstyle="named"))
        return str(compiled), _given(compiled.params)

    @cached_property
    def postgres(self) -> tuple[str, dict[str, Value], tuple[str, ...]]:
        """The text for PostgreSQL, the values that stand in it already, and the order of the places."""
        compiled = self.core.compile(dialect=asyncpg.dialect())  # type: ignore[no-untyped-call]
        order: Sequence[str] = getattr(compiled, "positiontup", None) or ()
        return str(compiled), _given(compiled.params), tuple(order)


def _given(values: dict[str, Any]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}


def places(*names: str) -> dict[str, BindParameter[Any]]:
    """Places for values, named as the columns they fill."""
    return {name: bindparam(name) for name in names}


class Cursor(Protocol):
    """What runs statements."""

    def rows(self, statement: Statement, /, **values: Value) -> Sequence[Row]:
        """Run a statement and return all its rows."""

    def row(self, statement: Statement, /, **values: Value) -> Row | None:
        """Run a statement and return its first row, if any."""

    def run(self, statement: Statement, /, **values: Value) -> int:
        """Run a statement that changes something and return how many rows it changed."""


class SqliteCursor:
    """Runs statements on a raw connection, and never outside a transaction.

    Where the disk is full SQLite may drop the whole transaction; a work that went on after that would commit
    each further statement by itself.
    """

    def __init__(self, raw: sqlite3.Connection) -> None:
        raw.row_factory = sqlite3.Row
        self._raw = raw

    def rows(self, statement: Statement, /, **values: Value) -> Sequence[Row]:
        """See ``Cursor``."""
        return self._execute(statement, values).fetchall()

    def row(self, statement: Statement, /, **values: Value) -> Row | None:
        """See ``Cursor``."""
        rows = self._execute(statement, values).fetchall()
        return rows[0] if rows else None

    def run(self, statement: Statement, /, **values: Value) -> int:
        """See ``Cursor``."""
        return self._execute(statement, values).rowcount

    def _execute(self, statement: Statement, values: dict[str, Value]) -> sqlite3.Cursor:
        if not self._raw.in_transaction:
            raise RolledBack
        text, given = statement.sqlite
        return self._raw.execute(text, given | values if given else values)


class PostgresCursor:
    """Runs statements on SQLAlchemy's connection, inside ``run_sync``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, statement: Statement, /, **values: Value) -> Sequence[Row]:
        """See ``Cursor``."""
        text, given, order = statement.postgres
        values = given | values
        result = self._connection.exec_driver_sql(text, tuple(values[name] for name in order))
        return result.mappings().all()

    def row(self, statement: Statement, /, **values: Value) -> Row | None:
        """See ``Cursor``."""
        rows = self.rows(statement, **values)
        return rows[0] if rows else None

    def run(self, statement: Statement, /, **values: Value) -> int:
        """See ``Cursor``."""
        text, given, order = statement.postgres
        values = given | values
        return self._connection.exec_driver_sql(text, tuple(values[name] for name in order)).rowcount
