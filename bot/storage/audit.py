"""What happened to endorsements, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update

from bot.campaign.endorsement import FORGOTTEN, State, Step
from bot.ports import AuditEvent
from bot.storage.cursor import Cursor, Row, Statement, places
from bot.storage.moments import micros, moment
from bot.storage.schema import audit

_fields = ("campaign", "endorsement", "step", "state", "row", "actor", "at")
ADD = Statement(insert(audit).values(**places(*_fields)))
OF = Statement(select(audit).where(audit.c.endorsement == bindparam("endorsement")).order_by(audit.c.seq))
UNLINK = Statement(
    update(audit)
    .values(actor=bindparam("forgotten"))
    .where(audit.c.endorsement == bindparam("of"), audit.c.actor == bindparam("person"))
)


@dataclass(frozen=True, slots=True)
class StoredAudit:
    """See ``ports.Audit``. The database refuses a second event for one version of a row (invariant E8)."""

    cursor: Cursor

    def add(self, event: AuditEvent) -> None:
        """Add a row."""
        self.cursor.run(
            ADD,
            campaign=event.campaign,
            endorsement=event.endorsement,
            step=event.step.value,
            state=event.state.value,
            row=event.row,
            actor=event.actor,
            at=micros(event.at),
        )

    def unlink(self, endorsement: str, person: str) -> None:
        """The steps of this person with this endorsement do not say any more that it was them."""
        self.cursor.run(UNLINK, of=endorsement, person=person, forgotten=FORGOTTEN)

    def of(self, endorsement: str) -> Sequence[AuditEvent]:
        """The events of one endorsement, oldest first."""
        return [_event(row) for row in self.cursor.rows(OF, endorsement=endorsement)]


def _event(row: Row) -> AuditEvent:
    return AuditEvent(
        row["campaign"],
        row["endorsement"],
        Step(row["step"]),
        State(row["state"]),
        row["row"],
        row["actor"],
        moment(row["at"]),
    )
