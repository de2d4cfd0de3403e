"""The recorded acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.campaign.endorsement import Endorsement, Kind, Private
from bot.storage import endorsement_statements as ask
from bot.storage.cursor import Cursor, Statement, Value
from bot.storage.entries import changing, fixed, opened, public, sealed_private, tally
from bot.storage.moments import micros
from bot.storage.seal import Hasher, Sealer


@dataclass(frozen=True, slots=True)
class StoredEndorsements:
    """See ``ports.Endorsements``."""

    cursor: Cursor
    sealer: Sealer
    hasher: Hasher

    def add(self, endorsement: Endorsement, signer: str) -> bool:
        """Store a new endorsement; False where one of this signatory is live already."""
        values = {**fixed(endorsement), **changing(endorsement, self.sealer)}
        hashed = self.hasher.signer(endorsement.campaign, signer)
        private = sealed_private(endorsement.id, endorsement.private, self.sealer)
        return (
            self.cursor.run(ask.ADD, id=endorsement.id, signer=hashed, sealed_private=private, **values) == 1
        )

    def get(self, endorsement: str) -> Endorsement | None:
        """One endorsement, with its private details."""
        return self._one(ask.GET, endorsement=endorsement)

    def live(self, campaign: str, signer: str) -> Endorsement | None:
        """The live endorsement of this signatory key."""
        return self._one(ask.LIVE_OF, campaign=campaign, signer=self.hasher.signer(campaign, signer))

    def imported(self, campaign: str, signer: str) -> bool:
        """Whether a published name with this key was ever imported (also when it was withdrawn later)."""
        hashed = self.hasher.signer(campaign, signer)
        return self.cursor.row(ask.IMPORTED, campaign=campaign, signer=hashed) is not None

    def last(self, campaign: str, signer: str) -> Endorsement | None:
        """The newest endorsement of this signatory key, in whichever state it is."""
        return self._one(ask.LAST_OF, campaign=campaign, signer=self.hasher.signer(campaign, signer))

    def change(self, changed: Endorsement, expected: int) -> bool:
        """Store a changed endorsement where the row is still ``expected``.

        False otherwise, and where it would come alive beside another live one of the same signatory. The
        private details stay as they are: only ``seal_private`` changes them.
        """
        values = changing(changed, self.sealer)
        return self.cursor.run(ask.CHANGE, endorsement=changed.id, expected=expected, **values) == 1

    def of(self, person: str, limit: int = 50) -> Sequence[Endorsement]:
        """What this person signed, newest first; withdrawn ones too where they have a time to undo."""
        return self._all(ask.OF, person=person, limit=limit)

    def latest_of(self, person: str, kind: Kind) -> Endorsement | None:
        """The last endorsement of this kind this person made in any campaign."""
        return self._one(ask.LATEST_OF, person=person, kind=kind.value)

    def page(
        self,
        campaign: str,
        kind: Kind,
        *,
        after: int = 0,
        limit: int = 10,
        country: str = "",
        newest: bool = False,
    ) -> Sequence[Endorsement]:
        """Published, named ones by position, without private details; the newest first when ``newest``."""
        statement = ask.page(in_country=bool(country), newest=newest, from_end=newest and not after)
        values: dict[str, Value] = {"campaign": campaign, "kind": kind.value, "after": after, "limit": limit}
        return self._public(statement, country=country, **values)

    def number(self, campaign: str, kind: Kind, position: int) -> int:
        """How many published, named ones stand at or before this position."""
        return self._count(ask.NUMBER, campaign=campaign, kind=kind.value, position=position)

    def waiting(self, campaign: str = "", limit: int = 10) -> Sequence[Endorsement]:
        """Those in review, oldest first; of all campaigns when ``campaign`` is empty."""
        if campaign:
            return self._all(ask.WAITING_IN, campaign=campaign, limit=limit)
        return self._all(ask.WAITING, limit=limit)

    def queue(self) -> int:
        """How many are in review, of all campaigns."""
        return self._count(ask.QUEUE)

    def place_in_line(self, endorsement: Endorsement) -> int:
        """How many of the same campaign wait at or before this one."""
        signed = micros(endorsement.signed)
        return self._count(
            ask.PLACE, campaign=endorsement.campaign, signed=signed, endorsement=endorsement.id
        )

    def due(self, now: datetime, limit: int = 100) -> Sequence[Endorsement]:
        """Approved ones whose time to undo is over."""
        return self._all(ask.DUE, now=micros(now), limit=limit)

    def published_between(
        self, campaign: str, begin: datetime, end: datetime, limit: int = 200
    ) -> Sequence[Endorsement]:
        """Published ones with ``begin <= published < end`` in order, unnamed ones too; no private details."""
        return self._public(ask.BETWEEN, campaign=campaign, begin=micros(begin), end=micros(end), limit=limit)

    def signers(self, campaign: str, after: str = "", limit: int = 10_000) -> Sequence[str]:
        """The persons behind what is published of a campaign, each once, in order after ``after``."""
        rows = self.cursor.rows(ask.SIGNERS, campaign=campaign, after=after, limit=limit)
        return [row["person"] for row in rows]

    def gone(self, campaign: str, since: datetime) -> int:
        """How many that were published at ``since`` were taken off after it, and are off now."""
        return self._count(ask.GONE, campaign=campaign, since=micros(since))

    def bound_elsewhere(
        self, campaign: str, text: str, *, after: str = "", limit: int = 100
    ) -> Sequence[Endorsement]:
        """Live ones that are bound to another text than this hash, by id."""
        return self._all(ask.BOUND_ELSEWHERE, campaign=campaign, text=text, after=after, limit=limit)

    def count(self, campaign: str) -> Mapping[str, int]:
        """Every tally of the campaign counted from the rows."""
        named = self.cursor.rows(ask.COUNT_NAMED, campaign=campaign)
        unnamed = self.cursor.rows(ask.UNNAMED, campaign=campaign)
        return tally(named, unnamed, self.sealer)

    def seal_private(self, endorsement: str, private: Private) -> None:
        """Replace the private details (erasing them with an empty one)."""
        sealed = sealed_private(endorsement, private, self.sealer)
        self.cursor.run(ask.SEAL_PRIVATE, endorsement=endorsement, sealed_private=sealed)

    def _one(self, statement: Statement, **values: Value) -> Endorsement | None:
        row = self.cursor.row(statement, **values)
        return opened(row, self.sealer) if row else None

    def _all(self, statement: Statement, **values: Value) -> Sequence[Endorsement]:
        return [opened(row, self.sealer) for row in self.cursor.rows(statement, **values)]

    def _public(self, statement: Statement, **values: Value) -> Sequence[Endorsement]:
        return [public(row, self.sealer) for row in self.cursor.rows(statement, **values)]

    def _count(self, statement: Statement, **values: Value) -> int:
        row = self.cursor.row(statement, **values)
        return int(row["n"]) if row else 0
