from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaign.campaign import Reminder
from bot.campaign.schedule import (
    Slot,
    check_cron,
    held_until,
    local_day,
    next_day,
    next_morning,
    slots,
    weekly,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ZONES = sorted(zoneinfo.available_timezones() - {"localtime", "Factory"})
moments = st.integers(1_577_836_800, 2_051_222_400).map(lambda s: datetime.fromtimestamp(s, UTC))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def daily(hhmm: str) -> Reminder:
    hour, minute = hhmm.split(":")
    return Reminder("daily", cron=f"{int(minute)} {int(hour)} * * *")


@pytest.mark.parametrize(
    ("zone", "day", "at", "due"),
    [
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00"),
        ("America/New_York", "2026-03-08", "02:15", "2026-03-08T07:00"),
        ("Australia/Lord_Howe", "2026-10-04", "02:10", "2026-10-03T15:30"),
        ("America/Santiago", "2026-09-06", "00:30", "2026-09-06T04:00"),
        ("Africa/Cairo", "2026-04-24", "00:05", "2026-04-23T22:00"),
    ],
)
def test_a_missing_time_moves_to_the_next_valid_minute(zone: str, day: str, at: str, due: str) -> None:
    begin = utc(f"{day}T12:00") - DAY
    assert slots(daily(at), zone, begin, begin + DAY) == (Slot(f"{day}T{at}", utc(due)),)


@pytest.mark.parametrize(
    ("zone", "day", "at", "due"),
    [
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),
        ("America/New_York", "2026-11-01", "01:15", "2026-11-01T05:15"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45"),
        ("America/Santiago", "2026-04-04", "23:30", "2026-04-05T02:30"),
        ("Africa/Cairo", "2026-10-29", "23:05", "2026-10-29T20:05"),
    ],
)
def test_a_time_that_comes_twice_counts_once_the_first_time(zone: str, day: str, at: str, due: str) -> None:
    begin = utc(due) - 12 * HOUR
    assert slots(daily(at), zone, begin, begin + DAY) == (Slot(f"{day}T{at}", utc(due)),)


def test_a_day_that_a_zone_left_out_moves_to_the_next() -> None:
    found = slots(daily("10:00"), "Pacific/Apia", utc("2011-12-29T00:00"), utc("2011-12-31T00:00"))
    assert [slot.key for slot in found] == ["2011-12-29T10:00", "2011-12-30T10:00", "2011-12-31T10:00"]
    assert found[1].due == utc("2011-12-30T10:00"), "the first minute of 31 December there"


@cache
def transitions() -> dict[tuple[datetime, timedelta, timedelta], str]:
    """Every clock change from 2026 to 2030: its week, the offsets, one zone that has it."""
    found: dict[tuple[datetime, timedelta, timedelta], str] = {}
    for name in ZONES:
        zone, at = ZoneInfo(name), utc("2026-01-01T00:00")
        while at < utc("2031-01-01T00:00"):
            before, after = (moment.astimezone(zone).utcoffset() for moment in (at, at + 7 * DAY))
            assert before is not None
            assert after is not None
            if before != after:
                found[at, before, after] = name
            at += 7 * DAY
    return found


def test_one_slot_for_each_local_day_through_every_clock_change() -> None:
    changes = transitions()
    assert len(changes) > 60
    for (week, _, _), zone in changes.items():
        for at in ("00:00", "00:30", "01:59", "02:00", "02:30", "03:00", "04:00"):
            found = slots(daily(at), zone, week - DAY, week + 8 * DAY)
            days = [datetime.fromisoformat(slot.key[:10]) for slot in found]
            assert days == [days[0] + n * DAY for n in range(len(days))], (zone, at, week)
            assert len(days) > 7
            assert all(slot.key[11:] == at for slot in found)
            assert all(str(local_day(slot.due, zone)) == slot.key[:10] for slot in found), (zone, at)


@given(st.sampled_from(ZONES), moments, st.integers(0, 1439), st.integers(0, 10 * 24 * 60))
def test_windows_side_by_side_give_each_slot_once(zone: str, after: datetime, at: int, minutes: int) -> None:
    reminder, until = daily(f"{at // 60}:{at % 60}"), after + 10 * DAY
    middle = after + timedelta(minutes=minutes)
    whole = slots(reminder, zone, after, until)
    assert slots(reminder, zone, after, middle) + slots(reminder, zone, middle, until) == whole
    assert len({slot.key for slot in whole}) == len(whole)
    assert all(after < slot.due <= until for slot in whole)
    assert list(whole) == sorted(whole, key=lambda slot: slot.due)


@given(st.sampled_from(ZONES), moments)
def test_a_slot_is_due_when_the_wall_clock_shows_it_or_at_the_first_minute_after(
    zone: str, after: datetime
) -> None:
    for slot in slots(Reminder("hourly", cron="30 * * * *"), zone, after, after + 2 * DAY):
        shown = slot.due.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        planned = datetime.fromisoformat(slot.key)
        before = (slot.due - timedelta(minutes=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert shown == planned or before < planned < shown


def test_hours_left_out_give_one_slot_at_their_end_at_most() -> None:
    found = slots(
        Reminder("often", cron="0,30 * * * *"),
        "Europe/Berlin",
        utc("2026-03-29T00:00"),
        utc("2026-03-29T02:00"),
    )
    keys = [slot.key[11:] for slot in found]
    assert keys == ["01:30", "03:00", "03:30", "04:00"]


def test_a_reminder_at_a_fixed_time_is_due_in_its_zone_once() -> None:
    reminder = Reminder("last", at=datetime.fromisoformat("2026-12-06T10:00"))
    at = utc("2026-12-06T02:00")
    assert slots(reminder, "Asia/Kuala_Lumpur", at - HOUR, at) == (Slot("2026-12-06T10:00", at),)
    assert slots(reminder, "Asia/Kuala_Lumpur", at, at + HOUR) == ()
    assert slots(Reminder("empty"), "UTC", at - HOUR, at) == ()


def test_the_weekly_summary_is_on_sunday_at_ten() -> None:
    found = weekly("Asia/Bangkok", utc("2026-01-01T00:00"), utc("2026-01-15T00:00"))
    assert [slot.key for slot in found] == ["2026-01-04T10:00", "2026-01-11T10:00"]
    assert found[0].due == utc("2026-01-04T03:00")


def test_cron_counts_monday_to_friday_as_one_to_five() -> None:
    found = slots(
        Reminder("work", cron="0 9 * * 1-5"), "UTC", utc("2026-01-03T00:00"), utc("2026-01-11T00:00")
    )
    assert [slot.key[:10] for slot in found] == [f"2026-01-0{day}" for day in (5, 6, 7, 8, 9)]


@pytest.mark.parametrize(
    "text", ["0 10 * * 1", "30 9 1,15 * *", "0 * * * *", "0 18 L * *", "0 9 * JAN MON#1"]
)
def test_usable_cron_expressions(text: str) -> None:
    assert check_cron(text) is None


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("", "no.cron"),
        ("0 10 * *", "no.cron"),
        ("0 0 10 * * 1", "no.cron"),
        ("0 24 * * *", "no.cron"),
        ("0 10 30 2 *", "no.cron"),
        ("0 10 * * MOON", "no.cron"),
        ("@daily", "no.cron"),
        ("٠ 10 * * *", "no.cron"),
        ("0 10 * * " + ",".join("1" * 500), "no.cron"),
        ("* * * * *", "no.cron-often"),
        ("0,30 9 * * *", "no.cron-often"),
    ],
)
def test_cron_expressions_that_are_refused(text: str, phrase: str) -> None:
    refusal = check_cron(text)
    assert refusal is not None
    assert refusal.phrase == phrase


@given(st.text(max_size=120))
def test_any_text_as_cron_is_accepted_or_refused(text: str) -> None:
    check_cron(text)


@given(st.from_regex(r"[0-9*,/LW#-]{1,6}( [0-9*,/LW#-]{1,6}){4}", fullmatch=True))
def test_any_almost_cron_is_accepted_or_refused(text: str) -> None:
    check_cron(text)


def test_quiet_hours_hold_until_they_end() -> None:
    zone = "Asia/Bangkok"  # seven hours ahead
    assert held_until(utc("2026-02-01T14:59"), zone, 22, 8) == utc("2026-02-01T14:59")
    assert held_until(utc("2026-02-01T15:00"), zone, 22, 8) == utc("2026-02-02T01:00")
    assert held_until(utc("2026-02-01T20:00"), zone, 22, 8) == utc("2026-02-02T01:00")
    assert held_until(utc("2026-02-01T06:30"), zone, 13, 15) == utc("2026-02-01T08:00")
    assert held_until(utc("2026-02-01T20:00"), zone, 8, 8) == utc("2026-02-01T20:00")


def test_quiet_hours_end_at_the_next_valid_minute() -> None:
    assert held_until(utc("2026-03-28T22:00"), "Europe/Berlin", 22, 2) == utc("2026-03-29T01:00")


@given(st.sampled_from(ZONES), moments, st.integers(0, 23), st.integers(0, 23))
def test_no_held_post_is_early_or_in_quiet_hours(zone: str, moment: datetime, begin: int, end: int) -> None:
    held = held_until(moment, zone, begin, end)
    assert moment <= held <= moment + 26 * HOUR
    assert held_until(held, zone, begin, end) == held


@given(st.sampled_from(ZONES), moments)
def test_the_next_day_is_the_next_day(zone: str, moment: datetime) -> None:
    assert local_day(next_day(moment, zone), zone) == local_day(moment, zone) + DAY


def test_the_next_morning_is_todays_while_it_is_not_over() -> None:
    at_ten = datetime(2026, 2, 11, 3, tzinfo=UTC)
    second = timedelta(seconds=1)
    assert next_morning(at_ten - second, "Asia/Bangkok") == at_ten
    assert next_morning(at_ten, "Asia/Bangkok") == at_ten + timedelta(days=1)
    # The clocks go forward in between: 10:00 comes an hour earlier.
    saturday = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert next_morning(saturday, "Europe/Paris") == datetime(2026, 3, 29, 8, tzinfo=UTC)
