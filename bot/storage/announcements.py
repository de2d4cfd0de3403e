"""What was to be announced."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from bot.campaign.announcement import Announcement, News
from bot.storage.cursor import Cursor, Statement, places
from bot.storage.moments import micros, moment
from bot.storage.schema import announcements

_a = announcements.c
ADD = Statement(
    insert(announcements)
    .values(**places("id", "campaign", "kind", "slot", "due", "facts"))
    .on_conflict_do_nothing(index_elements=["campaign", "kind", "slot"])
)
GET = Statement(select(announcements).where(_a.id == bindparam("announcement")))
LATEST = Statement(
    select(_a.slot)
    .where(_a.campaign == bindparam("campaign"), _a.kind == bindparam("kind"))
    .order_by(func.length(_a.slot).desc(), _a.slot.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class StoredAnnouncements:
    """See ``ports.Announcements``."""

    cursor: Cursor

    def add(self, announcement: Announcement) -> bool:
        """Store it; False where its slot is taken."""
        added = self.cursor.run(
            ADD,
            id=announcement.id,
            campaign=announcement.campaign,
            kind=announcement.kind.value,
            slot=announcement.slot,
            due=micros(announcement.due),
            facts=json.dumps(dict(announcement.facts)),
        )
        return added == 1

    def get(self, announcement: str) -> Announcement | None:
        """One announcement."""
        row = self.cursor.row(GET, announcement=announcement)
        if row is None:
            return None
        facts = json.loads(row["facts"])
        kind, due = News(row["kind"]), moment(row["due"])
        return Announcement(row["id"], row["campaign"], kind, row["slot"], due, facts)

    def latest_slot(self, campaign: str, kind: str) -> str:
        """The greatest slot announced so far, "" when none; a longer one is greater: 100 comes after 25."""
        row = self.cursor.row(LATEST, campaign=campaign, kind=kind)
        return str(row["slot"]) if row else ""
