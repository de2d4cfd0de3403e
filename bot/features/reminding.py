"""Reminders of a campaign: when channels that wished for them get its call again (FEATURES C9)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from bot.campaign.campaign import Campaign, Reminder
from bot.campaign.schedule import local_day
from bot.content import cldr
from bot.content.importing.dates import day_in
from bot.dialog.messages import Button, Phrase, Route, Saying
from bot.features import closing_day, closings, home, organise, waiting
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, Feature, is_campaign, say
from bot.features.guards import is_organiser

MOST = 5
HOURS = (8, 9, 10, 12, 14, 16, 18, 19, 20)
"""When a post goes out, by the campaign's clock; channels are silent at night."""
SUNDAY = date(2026, 11, 1)
DAYS = 7
WEEKLY = re.compile(r"0 (\d{1,2}) \* \* ([0-7])")


def press(ask: Ask, route: Route) -> Answer:
    """Something about the reminders of a campaign; its slug comes first."""
    return organise.for_organisers(
        ask, route[0] if route else "", lambda ask, campaign: _about(ask, campaign, route[1:])
    )


def _about(ask: Ask, campaign: Campaign, route: Route) -> Answer:
    if campaign.rehearsal:
        return organise.card(ask, campaign)
    match route:
        case ("off", slug):
            return _set(ask, campaign, (each for each in campaign.reminders if each.slug != slug))
        case ("week" | "day" | "on", *_) if len(campaign.reminders) < MOST:
            return _more(ask, campaign, route)
        case _:
            return card(ask, campaign)


def _more(ask: Ask, campaign: Campaign, route: Route) -> Answer:
    """One more, step by step."""
    match route:
        case ("week",):
            return _weekdays(ask, campaign)
        case ("day",):
            return waiting.wait(ask, DAY, campaign.slug, ("rem", campaign.slug, "day"))
        case ("week" | "on" as way, when):
            return _hours(campaign, way, when)
        case ("week" | "on" as way, when, hour):
            return _add(ask, campaign, way, when, hour)
        case _:
            return card(ask, campaign)


def card(ask: Ask, campaign: Campaign, note: Phrase | None = None) -> Answer:
    """All of them, a button each to take it away, and two ways to add one."""
    own = ("rem", campaign.slug)
    rows: list[tuple[Button, ...]] = [
        (Button(Phrase("b.rem-off", {"when": _told(ask, each)}), (*own, "off", each.slug)),)
        for each in campaign.reminders
    ]
    if len(campaign.reminders) < MOST:
        rows.insert(0, (button("b.rem-weekly", *own, "week"), button("b.rem-on-day", *own, "day")))
    rows.append((button("b.back", "org", campaign.slug), button("b.home", "home")))
    head = Phrase("rem.head" if campaign.reminders else "rem.none", _head(ask, campaign))
    return say(Saying((*((note,) if note else ()), head), tuple(rows), picker=True), again=own)


def _head(ask: Ask, campaign: Campaign) -> dict[str, str]:
    return {"title": home.short_title(ask, campaign, 60), "zone": closing_day.city(campaign.zone)}


def _told(ask: Ask, reminder: Reminder) -> str:
    """When it goes out, in a few words."""
    weekly = WEEKLY.fullmatch(reminder.cron)
    if weekly:
        return f"{_weekday(ask, int(weekly[2]))} {int(weekly[1]):02}:00"
    return (
        f"{cldr.day(ask.language, reminder.at.date())} {reminder.at:%H:%M}" if reminder.at else reminder.slug
    )


def _weekday(ask: Ask, number: int) -> str:
    """The name of a day of the week, as cron counts them: 0 and 7 are Sunday."""
    return cldr.weekday(ask.language, SUNDAY + timedelta(days=number % DAYS))


def _weekdays(ask: Ask, campaign: Campaign) -> Answer:
    own = ("rem", campaign.slug)
    days = [named(_weekday(ask, number), *own, "week", str(number)) for number in range(DAYS)]
    rows = (*(tuple(days[at : at + 2]) for at in range(0, DAYS, 2)), (button("b.back", *own),))
    return say(Saying((Phrase("rem.which-day"),), rows, picker=True), again=(*own, "week"))


def _hours(campaign: Campaign, way: str, when: str) -> Answer:
    own = ("rem", campaign.slug)
    hours = [named(f"{hour:02}:00", *own, way, when, str(hour)) for hour in HOURS]
    rows = (*(tuple(hours[at : at + 3]) for at in range(0, len(HOURS), 3)), (button("b.back", *own),))
    said = Phrase("rem.which-hour", {"zone": closing_day.city(campaign.zone)})
    return say(Saying((said,), rows, picker=True), again=(*own, way, when))


def _add(ask: Ask, campaign: Campaign, way: str, when: str, hour: str) -> Answer:
    """Add one, unless there is one at this time already."""
    new = _made(way, when, hour)
    if new is None or (new.at and new.at.date() < local_day(ask.now, campaign.zone)):
        return card(ask, campaign, Phrase("new.past-day") if new else None)
    others = [each for each in campaign.reminders if each.slug != new.slug]
    return _set(ask, campaign, (*others, new))


def _made(way: str, when: str, hour: str) -> Reminder | None:
    """The reminder of a button; None where nobody's button says so."""
    if not (hour.isdecimal() and hour.isascii() and int(hour) in HOURS):
        return None
    if way == "week":
        known = when in {str(number) for number in range(DAYS)}
        return Reminder(f"weekly-{when}-{hour}", cron=f"0 {hour} * * {when}") if known else None
    day = day_in(when)
    return Reminder(f"on-{day}-{hour}", datetime.combine(day, time(int(hour)))) if day else None


def _set(ask: Ask, campaign: Campaign, chosen: Iterable[Reminder]) -> Answer:
    after = closings.rewrite(ask, campaign, reminders=tuple(chosen))
    if after is None:
        return card(ask, campaign, Phrase("by.not-possible"))
    return card(after, after.tools.catalog.campaigns[campaign.slug])


def _take(ask: Ask, subject: str, words: str) -> Answer:
    campaign, day = ask.tools.catalog.campaigns[subject], day_in(words)
    return _hours(campaign, "on", day.isoformat()) if day else card(ask, campaign)


DAY = waiting.talk_of(
    waiting.Waiting(
        "reminder",
        prompt=lambda _ask, _subject: (Phrase("rem.ask-day"),),
        take=_take,
        stands=lambda ask, subject: is_organiser(ask) and is_campaign(ask, subject),
        left=lambda ask, subject: card(ask, ask.tools.catalog.campaigns[subject]),
        check=lambda ask, subject, words: closing_day.check(
            words, ask.tools.catalog.campaigns[subject].zone, ask.now
        ),
        label="rem.day-label",
    )
)
FEATURE = Feature("rem", press, talks=(DAY,))
