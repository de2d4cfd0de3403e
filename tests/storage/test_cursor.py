from __future__ import annotations

import gc
import sqlite3
from itertools import product

import pytest
from sqlalchemy import text

from bot.storage import endorsement_statements
from bot.storage.cursor import SqliteCursor, Statement
from bot.storage.trouble import RolledBack
from bot.storage.tx import StoredTx


def statements() -> list[Statement]:
    assert StoredTx.__doc__  # it imports every noun
    for in_country, newest, from_end in product((True, False), repeat=3):
        endorsement_statements.page(in_country=in_country, newest=newest, from_end=from_end)
    return [found for found in gc.get_objects() if isinstance(found, Statement)]


def test_every_statement_uses_an_index_where_it_reads_many_rows(sqlite_template: str) -> None:
    """A list, a line or an outbox of a million rows must never be read from end to end."""
    small = {"notes", "paces", "routes", "chats", "papers"}
    raw = sqlite3.connect(sqlite_template)
    for statement in statements():
        sql, given = statement.sqlite
        places = dict.fromkeys(statement.core.compile().params, 1) | given
        plan = raw.execute(f"EXPLAIN QUERY PLAN {sql}", places).fetchall()
        for *_, detail in plan:
            table = detail.split()[1] if detail.startswith("SCAN") else ""
            assert not table or "USING" in detail or table in small, (sql, detail)
    raw.close()


def test_nothing_runs_outside_a_transaction() -> None:
    raw = sqlite3.connect(":memory:", isolation_level=None)
    cursor = SqliteCursor(raw)
    one = Statement(text("SELECT 1 AS one"))
    for run in (cursor.rows, cursor.row, cursor.run):
        with pytest.raises(RolledBack):
            run(one)
    raw.execute("BEGIN")
    row = cursor.row(one)
    assert row is not None
    assert row["one"] == 1
    raw.close()
