from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.moments import micros, micros_or_none, moment, moment_or_none


@given(st.datetimes(timezones=st.timezones()))
def test_a_time_of_any_zone_comes_back_to_the_microsecond_in_utc(at: datetime) -> None:
    if at.utcoffset() is not None and at.replace(tzinfo=None) > datetime(9999, 12, 1):  # noqa: DTZ001
        return
    if at.replace(tzinfo=None) < datetime(1, 1, 3):  # noqa: DTZ001
        return
    back = moment(micros(at))
    assert back == at.astimezone(UTC), "compared in UTC: in a zone, times in a gap or fold equal nothing"
    assert back.tzinfo is UTC


def test_the_number_is_microseconds_since_1970() -> None:
    assert micros(datetime(1970, 1, 1, 1, 0, 0, 5, tzinfo=timezone(timedelta(hours=1)))) == 5


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        micros(datetime(2026, 1, 1))  # noqa: DTZ001


def test_no_time_is_none() -> None:
    assert micros_or_none(None) is None
    assert moment_or_none(None) is None
