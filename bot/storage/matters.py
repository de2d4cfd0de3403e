"""What organisers have in hand: drafts, invitations, claims, disputes, questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.ports import Matter
from bot.storage.cursor import Cursor, Row, Statement, Value, places
from bot.storage.moments import micros, micros_or_none, moment, moment_or_none
from bot.storage.schema import Number, Word, matters
from bot.storage.seal import Hasher, Sealer

_m = matters.c
_the_matter = _m.id == bindparam("matter")
_changed = places("person", "state", "row", "due", "touched", "sealed")
_kind, _subject = _m.kind == bindparam("kind"), _m.subject == bindparam("subject")
_limit = bindparam("limit", type_=Number)
_begun_after = select(_m.seq).where(_m.id == bindparam("after")).scalar_subquery()
ADD = Statement(
    insert(matters)
    .values(**places("id", "kind", "subject", "key", "begun"), **_changed)
    .on_conflict_do_nothing(index_elements=["kind", "subject", "key"])
)
GET = Statement(select(matters).where(_the_matter))
BY_KEY = Statement(select(matters).where(_kind, _m.key == bindparam("key")).order_by(_m.seq).limit(1))
BY_KEY_OF = Statement(select(matters).where(_kind, _subject, _m.key == bindparam("key")))
CHANGE = Statement(update(matters).values(**_changed).where(_the_matter, _m.row == bindparam("expected")))
OF = Statement(
    select(matters)
    .where(
        _kind,
        _subject,
        or_(bindparam("wanted", type_=Word) == "", _m.state == bindparam("wanted", type_=Word)),
        _m.seq > func.coalesce(_begun_after, 0),
    )
    .order_by(_m.seq)
    .limit(_limit)
)
OF_PERSON = Statement(
    select(matters).where(_kind, _m.person == bindparam("person")).order_by(_m.seq.desc()).limit(_limit)
)
COUNT = Statement(
    select(_m.state, func.count().label("n")).where(_kind, _subject).group_by(_m.state).order_by(_m.state)
)
DUE = Statement(
    select(matters).where(_kind, _m.due <= bindparam("now")).order_by(_m.due, _m.seq).limit(_limit)
)
REMOVE = Statement(delete(matters).where(_the_matter))
PRUNE = Statement(delete(matters).where(_kind, _m.touched < bindparam("before")))


@dataclass(frozen=True, slots=True)
class StoredMatters:
    """See ``ports.Matters``."""

    cursor: Cursor
    sealer: Sealer
    hasher: Hasher

    def add(self, matter: Matter, now: datetime) -> bool:
        """Store a new matter; False where one of its kind and subject has its key already."""
        new: dict[str, Value] = {
            "id": matter.id,
            "kind": matter.kind,
            "subject": matter.subject,
            "key": self._hash(matter.kind, matter.key) if matter.key else None,
            "begun": micros(matter.begun),
        }
        return self.cursor.run(ADD, **new, **self._values(matter, now)) == 1

    def get(self, matter: str) -> Matter | None:
        """One matter."""
        row = self.cursor.row(GET, matter=matter)
        return self._matter(row) if row else None

    def by_key(self, kind: str, key: str, subject: str = "") -> Matter | None:
        """The matter of a kind with this key; of any subject where ``subject`` is empty."""
        named = {"kind": kind, "key": self._hash(kind, key)}
        row = (
            self.cursor.row(BY_KEY_OF, **named, subject=subject)
            if subject
            else self.cursor.row(BY_KEY, **named)
        )
        return self._matter(row) if row else None

    def change(self, changed: Matter, expected: int, now: datetime) -> bool:
        """Store a changed matter where the row is still ``expected``; False otherwise."""
        values = self._values(changed, now)
        return self.cursor.run(CHANGE, matter=changed.id, expected=expected, **values) == 1

    def of(
        self, kind: str, subject: str, *, state: str = "", after: str = "", limit: int = 50
    ) -> Sequence[Matter]:
        """Matters of a kind about a subject, in the order in which they began; ``after`` is an id."""
        rows = self.cursor.rows(OF, kind=kind, subject=subject, wanted=state, after=after, limit=limit)
        return [self._matter(row) for row in rows]

    def of_person(self, kind: str, person: str, limit: int = 50) -> Sequence[Matter]:
        """Matters of a kind that belong to a person, newest first."""
        return [
            self._matter(row) for row in self.cursor.rows(OF_PERSON, kind=kind, person=person, limit=limit)
        ]

    def count(self, kind: str, subject: str) -> Mapping[str, int]:
        """How many matters of a kind about a subject are in each state."""
        return {row["state"]: row["n"] for row in self.cursor.rows(COUNT, kind=kind, subject=subject)}

    def due(self, kind: str, now: datetime, limit: int = 100) -> Sequence[Matter]:
        """Matters of a kind whose time has come, oldest first."""
        return [self._matter(row) for row in self.cursor.rows(DUE, kind=kind, now=micros(now), limit=limit)]

    def remove(self, matter: str) -> bool:
        """Erase a matter; False where it is gone."""
        return self.cursor.run(REMOVE, matter=matter) == 1

    def prune(self, kind: str, before: datetime) -> int:
        """Erase those of a kind that nobody touched since before this time; returns how many."""
        return self.cursor.run(PRUNE, kind=kind, before=micros(before))

    def _hash(self, kind: str, key: str) -> str:
        return self.hasher.name("matter", kind, key)

    def _values(self, matter: Matter, now: datetime) -> dict[str, Value]:
        return {
            "person": matter.person,
            "state": matter.state,
            "row": matter.row,
            "due": micros_or_none(matter.due),
            "touched": micros(now),
            "sealed": self.sealer.seal("matters", matter.id, "sealed", dict(matter.body)),
        }

    def _matter(self, row: Row) -> Matter:
        return Matter(
            id=row["id"],
            kind=row["kind"],
            subject=row["subject"],
            state=row["state"],
            begun=moment(row["begun"]),
            person=row["person"],
            row=row["row"],
            due=moment_or_none(row["due"]),
            body=self.sealer.open("matters", row["id"], "sealed", row["sealed"]),
        )
