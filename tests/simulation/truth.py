"""What the database says, read beside the bot."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from bot.campaign.endorsement import Endorsement
from bot.ports import Tx
from bot.storage.batch import run_read
from bot.storage.cursor import SqliteCursor
from bot.storage.ready import make_ready
from bot.storage.seal import Sealer
from bot.storage.tx import StoredTx

T = TypeVar("T")


@dataclass
class Truth:
    """Reads of the run's own, never inside a transaction of the bot."""

    raw: sqlite3.Connection
    key: bytes
    tx: StoredTx = field(init=False)

    def __post_init__(self) -> None:
        sealer = Sealer(self.key)
        self.tx = StoredTx(SqliteCursor(self.raw), sealer, make_ready(self.raw, sealer))

    def ask(self, work: Callable[[Tx], T]) -> T:
        """What a work finds."""
        return cast("T", run_read(self.raw, self.tx, work).get())

    def rows(self, sql: str, *values: object) -> Sequence[Any]:
        """Rows as the database has them."""
        return self.raw.execute(sql, values).fetchall()

    def one(self, sql: str, *values: object) -> Any:
        """The first row, or None."""
        return self.raw.execute(sql, values).fetchone()

    def endorsements(self) -> list[Endorsement]:
        """All of them, opened."""
        ids = [row["id"] for row in self.rows("SELECT id FROM endorsements ORDER BY signed, id")]
        found = self.ask(lambda tx: [tx.endorsements.get(id_) for id_ in ids])
        return [each for each in found if each]

    def account(self, person: str) -> str:
        """The id of a person's account on their platform."""
        account = self.ask(lambda tx: tx.people.account(person))
        return account.id if account else ""

    def events_seen(self) -> dict[str, int]:
        """How many events of each account were applied."""
        sql = "SELECT substr(event, 1, instr(event, '.') - 1) AS who, count(*) AS n FROM events GROUP BY who"
        return {row["who"]: row["n"] for row in self.rows(sql)}
