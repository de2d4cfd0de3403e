"""The day on which a list closes: its end, by the campaign's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.campaign.campaign import Campaign
from bot.campaign.refusal import Refusal
from bot.campaign.schedule import local_day
from bot.content.importing.dates import day_in
from bot.dialog.messages import Day, Phrase

DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)


def check(words: str, zone: str, now: datetime) -> Refusal | None:
    """Why these words cannot be the last day; None where they can. ``now`` is aware."""
    day = day_in(words)
    if day is None:
        return Refusal("new.no-day")
    return Refusal("new.past-day") if day < local_day(now, zone) else None


def end_of(words: str, zone: str) -> datetime | None:
    """The end of the day that is named in UTC; None where none is."""
    day = day_in(words)
    return _end(day, zone) if day else None


def moved(campaign: Campaign, zone: str) -> datetime | None:
    """The end of the same last day by another clock; None where there is no end."""
    day = last_day(campaign)
    return _end(day, zone) if day else None


def _end(day: date, zone: str) -> datetime:
    return datetime.combine(day + DAY, time(), ZoneInfo(zone)).astimezone(UTC)


def last_day(campaign: Campaign) -> date | None:
    """The last day on which one can sign; None where there is no end."""
    return local_day(campaign.closes - INSTANT, campaign.zone) if campaign.closes else None


def told(campaign: Campaign) -> Phrase:
    """Until when one can sign."""
    day = last_day(campaign)
    if day is None:
        return Phrase("new.open-end")
    return Phrase("new.closes", {"day": Day(day, year=True), "zone": city(campaign.zone)})


def city(zone: str) -> str:
    """What people call a time zone: the city it is named after."""
    return "Greenwich" if zone == "UTC" else zone.rpartition("/")[2].replace("_", " ")
