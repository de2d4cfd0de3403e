"""Bringing a database to this version's schema in one transaction: it has the old one or the new one."""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from bot.storage.trouble import StoreTooNew

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(connection: Connection) -> None:
    """Take the steps that are missing, inside the transaction the caller has begun; raises StoreTooNew."""
    current = MigrationContext.configure(connection).get_current_revision()
    if current == head():
        return
    if current is not None and current not in _known():
        raise StoreTooNew(f"the database has schema {current} of a newer version: update this program")
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def migrate_sqlite(raw: sqlite3.Connection) -> None:
    """The same for a raw SQLite connection that is in no transaction."""
    if _version(raw) == head():
        return
    engine = _engine(raw)
    with engine.connect() as connection, connection.begin():
        migrate(connection)


@cache
def head() -> str:
    """The newest schema this version knows."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def _version(raw: sqlite3.Connection) -> str | None:
    table = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    if raw.execute(table).fetchone() is None:
        return None
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None


@cache
def _known() -> frozenset[str]:
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config


def _engine(raw: sqlite3.Connection) -> Engine:
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Begin in so many words: by itself Python's sqlite3 would make the tables outside any transaction."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
