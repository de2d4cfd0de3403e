"""Open talks. One that ended or expired leaves no row behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, false, select, true, update
from sqlalchemy.dialects.postgresql import insert

from bot.dialog.session import Session
from bot.storage.cursor import Cursor, Row, Statement, Value, places
from bot.storage.moments import micros
from bot.storage.schema import Number, sessions
from bot.storage.seal import Sealer

_s = sessions.c
_the_talk = _s.id == bindparam("session")
_changed = places("dialog", "subject", "at", "version", "sealed_rest", "touched")
_add = insert(sessions).values(reminded=false(), **places("id", "person"), **_changed)
OPEN = Statement(select(sessions).where(_s.person == bindparam("person")))
START = Statement(
    _add.on_conflict_do_update(
        index_elements=["person"],
        set_={name: _add.excluded[name] for name in ("id", "reminded", *_changed)},
    )
)
SAVE = Statement(update(sessions).values(**_changed).where(_the_talk, _s.version == bindparam("expected")))
END = Statement(delete(sessions).where(_the_talk))
IDLE = Statement(
    select(sessions)
    .where(_s.touched < bindparam("since"), _s.reminded.is_(false()))
    .order_by(_s.touched, _s.id)
    .limit(bindparam("limit", type_=Number))
)
STANDING = Statement(select(sessions).order_by(_s.touched, _s.id).limit(bindparam("limit", type_=Number)))
REMINDED = Statement(update(sessions).values(reminded=true()).where(_the_talk))
EXPIRE = Statement(delete(sessions).where(_s.touched < bindparam("before")))


@dataclass(frozen=True, slots=True)
class StoredSessions:
    """See ``ports.Sessions``."""

    cursor: Cursor
    sealer: Sealer

    def open(self, person: str) -> Session | None:
        """The person's open talk."""
        row = self.cursor.row(OPEN, person=person)
        return self._session(row) if row else None

    def start(self, session: Session, now: datetime) -> None:
        """Store a new talk; an open one of the same person is thrown away."""
        self.cursor.run(START, id=session.id, person=session.person, **self._changed(session, now))

    def save(self, session: Session, expected: int, now: datetime) -> bool:
        """Store a changed talk where its version is still ``expected``; False otherwise."""
        values = self._changed(session, now)
        return self.cursor.run(SAVE, session=session.id, expected=expected, **values) == 1

    def end(self, session: str, now: datetime) -> bool:  # noqa: ARG002  (the row goes; no time is kept)
        """End a talk and erase it; False when it was ended before."""
        return self.cursor.run(END, session=session) == 1

    def idle(self, since: datetime, limit: int = 100) -> Sequence[Session]:
        """Open talks untouched since then whose owner was not reminded yet."""
        return [self._session(row) for row in self.cursor.rows(IDLE, since=micros(since), limit=limit)]

    def standing(self, limit: int = 100) -> Sequence[Session]:
        """Open talks, the longest untouched first."""
        return [self._session(row) for row in self.cursor.rows(STANDING, limit=limit)]

    def reminded(self, session: str) -> None:
        """Remember that the owner was reminded once."""
        self.cursor.run(REMINDED, session=session)

    def expire(self, before: datetime) -> int:
        """Erase talks untouched since before this time; returns how many."""
        return self.cursor.run(EXPIRE, before=micros(before))

    def _changed(self, session: Session, now: datetime) -> dict[str, Value]:
        rest = {"answers": dict(session.answers), "changing": session.changing, "given": session.given}
        return {
            "dialog": session.dialog,
            "subject": session.subject,
            "at": session.at,
            "version": session.version,
            "sealed_rest": self.sealer.seal("sessions", session.id, "sealed_rest", rest),
            "touched": micros(now),
        }

    def _session(self, row: Row) -> Session:
        rest = self.sealer.open("sessions", row["id"], "sealed_rest", row["sealed_rest"])
        return Session(
            id=row["id"],
            person=row["person"],
            dialog=row["dialog"],
            subject=row["subject"],
            at=row["at"],
            version=row["version"],
            answers=rest["answers"],
            changing=rest["changing"],
            given=tuple(rest["given"]),
        )
