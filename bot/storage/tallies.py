"""Kept counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, literal, select
from sqlalchemy.dialects.postgresql import insert

from bot.storage.cursor import Cursor, Statement, places
from bot.storage.schema import positions, tallies

_add = insert(tallies).values(**places("campaign", "name", "n"))
ADD = Statement(
    _add.on_conflict_do_update(index_elements=["campaign", "name"], set_={"n": tallies.c.n + _add.excluded.n})
)
GET = Statement(
    select(tallies.c.name, tallies.c.n).where(
        tallies.c.campaign == bindparam("campaign"), tallies.c.n != literal(0)
    )
)
_next = insert(positions).values(last=literal(1), **places("campaign"))
NEXT = Statement(
    _next.on_conflict_do_update(
        index_elements=["campaign"], set_={"last": positions.c.last + literal(1)}
    ).returning(positions.c.last)
)


@dataclass(frozen=True, slots=True)
class StoredTallies:
    """See ``ports.Tallies``."""

    cursor: Cursor

    def add(self, campaign: str, changes: Mapping[str, int]) -> None:
        """Add to named tallies, in the order of their names: two transactions never wait for each other."""
        for name, n in sorted(changes.items()):
            self.cursor.run(ADD, campaign=campaign, name=name, n=n)

    def get(self, campaign: str) -> Mapping[str, int]:
        """All tallies of a campaign by name, without those that came back to nothing."""
        return {row["name"]: row["n"] for row in self.cursor.rows(GET, campaign=campaign)}

    def next_position(self, campaign: str) -> int:
        """The next position on the list; never given twice."""
        row = self.cursor.row(NEXT, campaign=campaign)
        if row is None:
            raise LookupError(campaign)
        return int(row["last"])
