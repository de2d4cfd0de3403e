"""What the database says, read beside the bot."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar, cast

from bot.campaign.endorsement import Endorsement
from bot.ports import Tx
from bot.storage.batch import run_batch, run_read
from bot.storage.cursor import SqliteCursor
from bot.storage.ready import make_ready
from bot.storage.seal import Sealer
from bot.storage.tx import StoredTx

T = TypeVar("T")


@dataclass
class Truth:
    """A way in of the run's own, never inside a transaction of the bot."""

    raw: sqlite3.Connection
    key: bytes
    tx: StoredTx = field(init=False)

    def __post_init__(self) -> None:
        sealer = Sealer(self.key, chance=Random(0).randbytes)
        self.tx = StoredTx(SqliteCursor(self.raw), sealer, make_ready(self.raw, sealer))

    def ask(self, work: Callable[[Tx], T]) -> T:
        """What a work finds."""
        return cast("T", run_read(self.raw, self.tx, work).get())

    def do(self, work: Callable[[Tx], object]) -> None:
        """What was so before the run began."""
        run_batch(self.raw, self.tx, [work])[0].get()

    def rows(self, sql: str, *values: object) -> Sequence[Any]:
        """Rows as the database has them."""
        return self.raw.execute(sql, values).fetchall()

    def one(self, sql: str, *values: object) -> Any:  # noqa: ANN401  (a row)
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
