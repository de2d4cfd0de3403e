"""A campaign: a statement, a window of time, who may sign and what is announced."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class FieldRule(StrEnum):
    """Whether the endorse dialog asks for a field."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    OFF = "off"


FIELDS = ("official", "original", "acronym", "country", "city", "capacity", "link", "contact", "message")
"""Every field a campaign may set, in the order in which it is asked (FEATURES E5)."""

DEFAULT_FIELDS: dict[str, FieldRule] = {
    "official": FieldRule.REQUIRED,
    "original": FieldRule.OFF,
    "acronym": FieldRule.OPTIONAL,
    "country": FieldRule.REQUIRED,
    "city": FieldRule.OFF,
    "capacity": FieldRule.REQUIRED,
    "link": FieldRule.OFF,
    "contact": FieldRule.OFF,
    "message": FieldRule.OFF,
}


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder of a campaign.

    At a fixed local time (``at``, naive, in the campaign's zone) or by ``cron`` (five fields).
    """

    slug: str
    at: datetime | None = None
    cron: str = ""


@dataclass(frozen=True, slots=True)
class Campaign:
    """``opens`` and ``closes`` are aware UTC or None (no bound); ``zone`` is an IANA name."""

    slug: str
    statement: str
    zone: str = "UTC"
    opens: datetime | None = None
    closes: datetime | None = None
    initiators: tuple[str, ...] = ()
    organisations_sign: bool = True
    persons_sign: bool = True
    fields: dict[str, FieldRule] = field(default_factory=lambda: dict(DEFAULT_FIELDS))
    milestones: tuple[int, ...] = (10, 25, 50, 100, 250, 500, 1000)
    reminders: tuple[Reminder, ...] = ()
    undo_minutes: int = 10
    show_count_from: int = 5
    published_names: str = ""
    """A CSV beside the campaign's file with names that were published before the bot.

    Imported at start, once for ever.
    """
    responsible: str = ""
    """Who answers for what people entrust to it, as /privacy says it."""
    follows: str = ""
    """The earlier campaign whose signatories are asked again."""
    late: bool = False
    """Whether those who come after the closing can still sign, in a block of their own."""
    delivered: date | None = None
    delivered_to: str = ""
    rehearsal: bool = False
    """Seen by the organisers alone: nothing of it is kept, counted or told. Never written in its file."""

    def is_open(self, now: datetime) -> bool:
        """Whether signing is possible at ``now`` (aware)."""
        begun = self.opens is None or self.opens <= now
        return begun and (self.late or not self.is_closed(now))

    def is_closed(self, now: datetime) -> bool:
        """Whether the list is closed at ``now`` (aware): who comes later does not join it any more."""
        return self.closes is not None and self.closes <= now
