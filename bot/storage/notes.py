"""Small facts about this installation."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from bot.storage.cursor import Cursor, Statement, places
from bot.storage.schema import notes

_put = insert(notes).values(**places("name", "value"))
PUT = Statement(_put.on_conflict_do_update(index_elements=["name"], set_={"value": _put.excluded.value}))
ADD = Statement(_put.on_conflict_do_nothing(index_elements=["name"]))
GET = Statement(select(notes.c.value).where(notes.c.name == bindparam("name")))


@dataclass(frozen=True, slots=True)
class StoredNotes:
    """See ``ports.Notes``."""

    cursor: Cursor

    def get(self, name: str) -> str:
        """The value, "" when absent."""
        row = self.cursor.row(GET, name=name)
        return str(row["value"]) if row else ""

    def put(self, name: str, value: str) -> None:
        """Store it."""
        self.cursor.run(PUT, name=name, value=value)

    def add(self, name: str, value: str) -> None:
        """Store it where there is none yet; whoever was first keeps their value."""
        self.cursor.run(ADD, name=name, value=value)
