"""The ledger of consents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select

from bot.ports import Consent
from bot.storage.cursor import Cursor, Row, Statement, places
from bot.storage.moments import micros, moment
from bot.storage.schema import consents

_fields = ("endorsement", "purpose", "granted", "wording", "text", "language", "at")
ADD = Statement(insert(consents).values(**places(*_fields)))
OF = Statement(
    select(consents).where(consents.c.endorsement == bindparam("endorsement")).order_by(consents.c.seq)
)


@dataclass(frozen=True, slots=True)
class StoredConsents:
    """See ``ports.Consents``."""

    cursor: Cursor

    def add(self, consent: Consent) -> None:
        """Add a row."""
        self.cursor.run(
            ADD,
            endorsement=consent.endorsement,
            purpose=consent.purpose,
            granted=consent.granted,
            wording=consent.wording,
            text=consent.text,
            language=consent.language,
            at=micros(consent.at),
        )

    def of(self, endorsement: str) -> Sequence[Consent]:
        """The rows of one endorsement, oldest first."""
        return [_consent(row) for row in self.cursor.rows(OF, endorsement=endorsement)]


def _consent(row: Row) -> Consent:
    return Consent(
        row["endorsement"],
        row["purpose"],
        bool(row["granted"]),
        row["wording"],
        row["text"],
        row["language"],
        moment(row["at"]),
    )
