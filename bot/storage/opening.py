"""Opening the store that a setting names."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.ports import Store
from bot.storage.database import open_sqlite
from bot.storage.postgres import open_postgres
from bot.storage.seal import Sealer
from bot.storage.trouble import StoreUnusable


async def open_store(url: str, key: bytes, *older: bytes) -> Store:
    """Open ``sqlite:///path`` or ``postgresql://…`` and bring it to this version's schema.

    ``key`` seals, and it and the ``older`` ones open; each has at least 32 bytes, else ValueError. Raises
    StoreUnusable with one line that says what to do; StoreBusy and StoreFull as any transaction.
    """
    sealer = Sealer(key, *older)
    where = _read(url)
    if where.get_backend_name() == "postgresql":
        return await open_postgres(where, sealer)
    if where.get_backend_name() == "sqlite" and where.database and where.database != ":memory:":
        return await open_sqlite(Path(where.database), sealer)
    raise StoreUnusable("the database must be named as sqlite:///path/to/file or postgresql://user@host/name")


def _read(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError as error:
        raise StoreUnusable("the database's address cannot be read: write sqlite:///path/to/file") from error
