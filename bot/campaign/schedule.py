"""When things are due by the calendar of a place: reminders, the weekly summary, quiet hours.

The rule for clock changes: a slot is a local wall time. A time that does not exist moves to the next valid
minute, a time that comes twice counts once, the first time; of several slots that so fall on one moment the
last is kept.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from bot.campaign.campaign import Reminder
from bot.campaign.refusal import Refusal

WEEKLY = "0 10 * * 0"
"""The weekly summary: Sunday 10:00."""

NEXT_DAY = time(10)
"""When a post that had to wait for the next day goes out, so that it meets the weekly summary."""

_CRON_LENGTH = 100
_FIELDS = 5


@dataclass(frozen=True, slots=True)
class Slot:
    """One time of a schedule: ``key`` is its local wall time ("2026-12-06T10:00"), ``due`` that moment."""

    key: str
    due: datetime


def check_cron(text: str) -> Refusal | None:
    """Why ``text`` cannot be a reminder's cron expression (five fields, at most once an hour), else None."""
    fields = text.split()
    if len(text) > _CRON_LENGTH or len(fields) != _FIELDS:
        return Refusal("no.cron")
    try:
        simulated = CronSim(text, datetime(2024, 1, 1))  # noqa: DTZ001 (a wall time)
        next(simulated)
    except (CronSimError, StopIteration):
        return Refusal("no.cron")
    return Refusal("no.cron-often") if len(simulated.minutes) > 1 else None


def slots(reminder: Reminder, zone: str, after: datetime, until: datetime) -> tuple[Slot, ...]:
    """The reminder's slots with ``after < due <= until`` (aware) by the calendar of ``zone``, in order.

    Raises ZoneInfoNotFoundError and CronSimError where the data was not checked.
    """
    if reminder.cron:
        return _between(_recurring(reminder.cron, zone, after), zone, after, until)
    return _between(iter((reminder.at,) if reminder.at else ()), zone, after, until)


def weekly(zone: str, after: datetime, until: datetime) -> tuple[Slot, ...]:
    """The slots of the weekly summary (Sunday 10:00 local) with ``after < due <= until``, in order."""
    return slots(Reminder("weekly", cron=WEEKLY), zone, after, until)


def held_until(moment: datetime, zone: str, quiet_from: int, quiet_to: int) -> datetime:
    """``moment``, or the end of the quiet hours it falls into; aware UTC in and out.

    Quiet are the local hours from ``quiet_from`` to before ``quiet_to``; equal hours mean none.
    """
    local = moment.astimezone(ZoneInfo(zone))
    if not _quiet(local.hour, quiet_from, quiet_to):
        return moment
    day = local.date() + timedelta(days=int(local.hour >= quiet_to))
    return max(moment, _instant(datetime.combine(day, time(quiet_to)), zone))


def next_day(moment: datetime, zone: str) -> datetime:
    """10:00 of the local day after ``moment``; aware UTC in and out."""
    tomorrow = local_day(moment, zone) + timedelta(days=1)
    return _instant(datetime.combine(tomorrow, NEXT_DAY), zone)


def next_morning(moment: datetime, zone: str) -> datetime:
    """The next 10:00 at a place, today's while it is not over; aware UTC in and out."""
    today = _instant(datetime.combine(local_day(moment, zone), NEXT_DAY), zone)
    return today if today > moment else next_day(moment, zone)


def local_day(moment: datetime, zone: str) -> date:
    """The calendar day of a moment at a place."""
    return moment.astimezone(ZoneInfo(zone)).date()


def _quiet(hour: int, quiet_from: int, quiet_to: int) -> bool:
    if quiet_from <= quiet_to:
        return quiet_from <= hour < quiet_to
    return hour >= quiet_from or hour < quiet_to


def _recurring(cron: str, zone: str, after: datetime) -> Iterator[datetime]:
    """Wall times of a cron expression by the calendar alone; none that is shown earlier can be due later."""
    return CronSim(cron, _wall(after, zone))


def _between(walls: Iterator[datetime], zone: str, after: datetime, until: datetime) -> tuple[Slot, ...]:
    found: dict[datetime, Slot] = {}
    for wall in walls:
        due = _instant(wall, zone)
        if due > until:
            break
        if due > after:
            found[due] = Slot(wall.isoformat(timespec="minutes"), due)
    return tuple(found.values())


def _instant(wall: datetime, zone: str) -> datetime:
    """The first moment of a wall time, in UTC; for one that does not exist, that of the next valid minute."""
    moment = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return moment if _wall(moment, zone) == wall else _after_gap(wall, zone)


def _after_gap(wall: datetime, zone: str) -> datetime:
    """Where the clocks jump over ``wall``: the moment of the jump."""
    early = wall.replace(tzinfo=ZoneInfo(zone), fold=1).timestamp()
    late = wall.replace(tzinfo=ZoneInfo(zone)).timestamp()
    seconds = range(int(early), int(late))
    jump = bisect_left(seconds, x=True, key=lambda s: _wall(datetime.fromtimestamp(s, UTC), zone) > wall)
    return datetime.fromtimestamp(int(early) + jump, UTC)


def _wall(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
