"""The PostgreSQL store: one transaction per work, beside others, on a pool of connections.

The driver, asyncpg, is an optional extra: SQLAlchemy loads it when a store is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.ports import Conflict, StoreBusy, StoreFull, Tx
from bot.storage.batch import AGAIN
from bot.storage.cursor import PostgresCursor
from bot.storage.migrate import migrate
from bot.storage.seal import Hasher, Sealer
from bot.storage.secret import hasher
from bot.storage.trouble import StoreUnusable
from bot.storage.tx import StoredTx

T = TypeVar("T")

WAIT = "5s"
CONNECTIONS = 8
MIGRATION_LOCK = 0x50110A
"""Held by whoever migrates, so that two processes that start together do not both."""

CONCURRENCY = {"40001", "40P01", "23505"}
"""Serialization failure, deadlock, and a unique row that another committed while we waited: run again."""

FULL = {"53100", "25006", "58030"}
"""Disk full, read-only, input or output error."""

NEEDED = {
    "fsync": "on",
    "synchronous_commit": "on",
    "server_encoding": "UTF8",
    "transaction_read_only": "off",
}
"""Without these an answer could leave before its commit is safe, or nothing could be written."""


class PostgresStore:
    """See ``ports.Store``."""

    def __init__(self, engine: AsyncEngine, sealer: Sealer, hashes: Hasher) -> None:
        self._engine = engine
        self._reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._sealer = sealer
        self._hashes = hashes

    async def transaction(self, work: Callable[[Tx], T]) -> T:
        """Run a work in one transaction; again where another transaction was quicker."""
        for _ in range(AGAIN):
            try:
                return await self._once(self._engine, work)
            except Conflict:
                continue
            except DBAPIError as error:
                if _state(error) not in CONCURRENCY:
                    raise _outside(error) from error
        return await self._last(work)

    async def read(self, work: Callable[[Tx], T]) -> T:
        """Run a work that only reads on one unchanging view of the database."""
        try:
            return await self._once(self._reading, work)
        except DBAPIError as error:
            raise _outside(error) from error

    async def tidy(self) -> bool:
        """Give back the space of what was erased; it was sealed, so what is left until then says nothing."""
        loose = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        async with loose.connect() as connection:
            await connection.execute(text("VACUUM people, sessions, endorsements, posts"))
        return True

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()

    async def _once(self, engine: AsyncEngine, work: Callable[[Tx], T]) -> T:
        async with engine.begin() as connection:
            return await connection.run_sync(lambda c: work(self._tx(c)))

    async def _last(self, work: Callable[[Tx], T]) -> T:
        try:
            return await self._once(self._engine, work)
        except DBAPIError as error:
            raise _outside(error) from error

    def _tx(self, connection: Connection) -> Tx:
        return StoredTx(PostgresCursor(connection), self._sealer, self._hashes)


async def open_postgres(url: URL, sealer: Sealer) -> PostgresStore:
    """Open a database, migrated where needed; raises StoreUnusable, StoreBusy, StoreFull."""
    engine = _engine(url)
    try:
        async with engine.begin() as connection:
            hashes = await connection.run_sync(lambda c: _make_ready(c, sealer))
    except (SQLAlchemyError, OSError) as error:
        await engine.dispose()
        cause = str(error).partition("\n")[0]
        raise StoreUnusable(f"the database {url.render_as_string()} does not open: {cause}") from error
    except BaseException:
        await engine.dispose()
        raise
    return PostgresStore(engine, sealer, hashes)


def _engine(url: URL) -> AsyncEngine:
    settings = {"lock_timeout": WAIT, "application_name": "solidarity-bot"}
    try:
        return create_async_engine(
            url.set(drivername="postgresql+asyncpg"),
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_pre_ping=True,
            connect_args={"server_settings": settings},
        )
    except ModuleNotFoundError as error:
        raise StoreUnusable("PostgreSQL needs the extra: install solidarity-bot[postgresql]") from error


def _make_ready(connection: Connection, sealer: Sealer) -> Hasher:
    for name, wanted in NEEDED.items():
        got = connection.exec_driver_sql(f"SHOW {name}").scalar_one()
        if got != wanted:
            raise StoreUnusable(f"the PostgreSQL server must have {name}={wanted}, it says {got}")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
    migrate(connection)
    return hasher(PostgresCursor(connection), sealer)


def _state(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None) or "")


def _outside(error: DBAPIError) -> Exception:
    state = _state(error)
    if state in FULL:
        return StoreFull(str(error.orig))
    unreachable = error.connection_invalidated or state[:2] in {"08", "53", "57"} or state == "55P03"
    return StoreBusy(str(error.orig)) if unreachable else error
