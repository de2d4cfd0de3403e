"""Budgets for sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from bot.storage.cursor import Cursor, Statement, places
from bot.storage.moments import micros, moment
from bot.storage.schema import paces
from bot.storage.seal import Hasher

_put = insert(paces).values(**places("name", "free_at"))
PUT = Statement(_put.on_conflict_do_update(index_elements=["name"], set_={"free_at": _put.excluded.free_at}))
GET = Statement(select(paces.c.free_at).where(paces.c.name == bindparam("name")))


@dataclass(frozen=True, slots=True)
class StoredPaces:
    """See ``ports.Paces``. A private chat's id is its owner's account, so names are stored as hashes."""

    cursor: Cursor
    hasher: Hasher

    def get(self, name: str) -> datetime | None:
        """The earliest time of the next send under this budget."""
        row = self.cursor.row(GET, name=self.hasher.name("pace", name))
        return moment(row["free_at"]) if row else None

    def put(self, name: str, free_at: datetime) -> None:
        """Remember it."""
        self.cursor.run(PUT, name=self.hasher.name("pace", name), free_at=micros(free_at))
