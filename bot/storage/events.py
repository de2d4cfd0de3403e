"""Events seen, so that a redelivered one changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete
from sqlalchemy.dialects.postgresql import insert

from bot.storage.cursor import Cursor, Statement, places
from bot.storage.moments import micros
from bot.storage.schema import events

_add = insert(events).values(**places("platform", "event", "seen", "error"))
_one = ["platform", "event"]
FIRST = Statement(_add.on_conflict_do_nothing(index_elements=_one))
BURY = Statement(_add.on_conflict_do_update(index_elements=_one, set_={"error": _add.excluded.error}))
PRUNE = Statement(delete(events).where(events.c.seen < bindparam("before")))


@dataclass(frozen=True, slots=True)
class StoredEvents:
    """See ``ports.Events``."""

    cursor: Cursor

    def first(self, platform: str, event: str, now: datetime) -> bool:
        """Mark the event as seen; False when it was seen before."""
        return self.cursor.run(FIRST, platform=platform, event=event, seen=micros(now), error="") == 1

    def bury(self, platform: str, event: str, error: str, now: datetime) -> None:
        """Mark an event as dead: its id and the exception's class name."""
        self.cursor.run(BURY, platform=platform, event=event, seen=micros(now), error=error)

    def prune(self, before: datetime) -> int:
        """Forget events seen before this time; returns how many."""
        return self.cursor.run(PRUNE, before=micros(before))
