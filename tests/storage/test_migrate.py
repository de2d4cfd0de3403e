from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage.migrate import head, migrate_sqlite
from bot.storage.opening import open_store
from bot.storage.schema import metadata
from bot.storage.sqlite import connect
from bot.storage.trouble import StoreTooNew
from tests.storage.conftest import at, new_name, run
from tests.storage.made import KEY

SCHEMA = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE tbl_name NOT LIKE 'alembic%' ORDER BY name"
)
COLUMNS = """SELECT table_name, column_name, data_type, is_nullable, collation_name, column_default
FROM information_schema.columns
WHERE table_schema = 'public' AND table_name != 'alembic_version' ORDER BY 1, 2"""
INDEXES = """SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND tablename != 'alembic_version' ORDER BY 1"""
CONSTRAINTS = """SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND conrelid != 'alembic_version'::regclass ORDER BY 1"""


def difference(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


def test_the_steps_lead_to_the_tables_of_the_schema_on_sqlite(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "steps.db")) as raw:
        migrate_sqlite(raw)
        stepped = tables(raw)
    engine = create_engine(f"sqlite:///{tmp_path / 'models.db'}")
    metadata.create_all(engine)
    engine.dispose()
    with closing(sqlite3.connect(tmp_path / "models.db")) as raw:
        assert tables(raw) == stepped
    assert len(stepped) > 40
    engine = create_engine(f"sqlite:///{tmp_path / 'steps.db'}")
    with engine.connect() as connection:
        assert difference(connection) == []
    engine.dispose()


def tables(raw: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Every table and index; the parts of a table in any order."""
    rows = raw.execute(SCHEMA).fetchall()
    return [(*row[:3], sorted(line.strip("\t ,") for line in (row[3] or "").split("\n"))) for row in rows]


async def test_the_steps_lead_to_the_tables_of_the_schema_on_postgresql(
    postgres_server: str, postgres_url: str
) -> None:
    name = new_name("models")
    run(postgres_server, f"CREATE DATABASE {name}")
    run(at(postgres_server, name), "CREATE TABLE alembic_version (x int)")
    engine = create_async_engine(at(postgres_server, name).replace("postgresql:", "postgresql+asyncpg:"))
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    await engine.dispose()
    assert await described(at(postgres_server, name)) == await described(postgres_url)
    run(postgres_server, f"DROP DATABASE {name}")
    engine = create_async_engine(postgres_url.replace("postgresql:", "postgresql+asyncpg:"))
    async with engine.connect() as connection:
        assert await connection.run_sync(difference) == []
    await engine.dispose()


async def described(url: str) -> list[list[tuple[object, ...]]]:
    connection = await asyncpg.connect(url)
    found = [
        [tuple(row) for row in await connection.fetch(query)] for query in (COLUMNS, INDEXES, CONSTRAINTS)
    ]
    await connection.close()
    assert all(found)
    return found


def test_a_database_at_the_newest_schema_is_left_alone(sqlite_path: Path) -> None:
    with closing(connect(sqlite_path)) as raw, closing(sqlite3.connect(sqlite_path)) as watcher:
        before = watcher.execute("PRAGMA data_version").fetchone()
        migrate_sqlite(raw)
        assert watcher.execute("PRAGMA data_version").fetchone() == before


async def test_a_database_of_a_newer_version_is_refused(sqlite_path: Path, postgres_url: str) -> None:
    newer = "UPDATE alembic_version SET version_num = '9999'"
    with closing(sqlite3.connect(sqlite_path)) as raw, raw:
        raw.execute(newer)
    run(postgres_url, newer)
    for url in (f"sqlite:///{sqlite_path}", postgres_url):
        with pytest.raises(StoreTooNew, match="9999 of a newer version"):
            await open_store(url, KEY)


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Databases whose migration was killed, one at each statement, and what was said of each."""
    folder = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-m", "tests.storage.half_migration", str(folder)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    (folder / "said").write_text(said)
    return folder


def test_a_migration_killed_at_any_statement_leaves_the_old_schema_or_the_new(killed: Path) -> None:
    lines = [line.split() for line in (killed / "said").read_text().splitlines()]
    assert len(lines) > 40
    assert {tuple(left) for _, *left in lines} == {("none", "0"), (head(), "all")}
    assert lines[-1][1] == head()


async def test_a_store_opens_after_a_migration_was_killed(killed: Path) -> None:
    store = await open_store(f"sqlite:///{killed / '30.db'}", KEY)
    await store.transaction(lambda tx: tx.notes.put("a", "x"))
    await store.close()
