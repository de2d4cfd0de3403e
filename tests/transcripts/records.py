"""What a bot has in its store, so that two bots on two platforms can be held against each other."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import LargeBinary, Table

from bot.storage.schema import metadata
from bot.storage.seal import Sealer
from tests.stage import KEY

LEFT_OUT = {
    "events": "the platform's own names of events; what became of them stands in every other table",
    "paces": "how fast a platform lets us speak; the console has no limit",
    "posts": "the console's screen; elsewhere the platform keeps it",
    "notes": "the secret of this database, what a console has seen, when a platform was last heard",
}
LEFT_OUT_COLUMNS = {
    "deliveries.message": "the platform's own name of a message",
    "deliveries.due": "a room's pace plans a message some seconds later",
}
CHANCE = re.compile(r"\b(?:[0-9a-f]{40}|[a-z2-7]{16,32})\b")
"""Keyed hashes, and names drawn by chance: each becomes a number, in the order of rows."""
EVENT = re.compile(r"(?<=let-in/platform/)[\w.]+")
"""The platform's own name of an event."""
PLATFORM = re.compile(r"\b(?:console|discord|telegram)\b")

Rows = dict[str, list[str]]


def records(raw: sqlite3.Connection, names: Mapping[str, str]) -> Rows:
    """Every row of every table as sorted JSON, opened where it is sealed; ``names`` of accounts and chats.

    Two bots that did the same have the same, whatever platform, ids, keyed hashes and names of chats.
    """
    tables = [table for table in metadata.sorted_tables if table.name not in LEFT_OUT]
    found = {table.name: list(_rows(raw, table)) for table in tables}
    same = Same(names)
    return {name: [same.line(name, row) for row in rows] for name, rows in found.items()}


def _rows(raw: sqlite3.Connection, table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table, oldest first, in clear."""
    sealer = Sealer(KEY)
    columns = [column.name for column in table.columns]
    own = "id" if "id" in columns else columns[0]
    own = "id" if "id" in columns else columns[0]
    listed = ", ".join(f'"{column}"' for column in columns)
    for values in raw.execute(f"SELECT {listed} FROM {table.name} ORDER BY rowid"):  # noqa: S608
        row = dict(zip(columns, values, strict=True))
        for column in table.columns:
            if isinstance(column.type, LargeBinary) and row[column.name] is not None:
                row[column.name] = sealer.open(table.name, row[own], column.name, row[column.name])
        yield row


class Same:
    """Puts one name for what differs by nature."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = sorted(names.items(), key=lambda pair: -len(pair[0]))
        self._drawn: dict[str, str] = {}

    def line(self, table: str, row: Mapping[str, Any]) -> str:
        """One row."""
        kept = {name: value for name, value in row.items() if f"{table}.{name}" not in LEFT_OUT_COLUMNS}
        written = json.dumps(kept, sort_keys=True, ensure_ascii=False)
        for name, said in self._names:
            written = written.replace(name, said)
        written = CHANCE.sub(lambda found: self._number(found[0]), written)
        return EVENT.sub("event", PLATFORM.sub("platform", written))

    def _number(self, drawn: str) -> str:
        return self._drawn.setdefault(drawn, f"drawn-{len(self._drawn) + 1}")
