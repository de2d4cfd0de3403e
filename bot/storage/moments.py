"""Times in the database: whole microseconds since 1970 in UTC, which both databases compare alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """The number that stands for an aware time; raises ValueError for one without a zone."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be stored")
    return (at - EPOCH) // MICROSECOND


def moment(number: int) -> datetime:
    """The time, aware and in UTC, for a number of ``micros``."""
    return EPOCH + number * MICROSECOND


def micros_or_none(at: datetime | None) -> int | None:
    """As ``micros``, where there may be no time."""
    return None if at is None else micros(at)


def moment_or_none(number: int | None) -> datetime | None:
    """As ``moment``, where there may be no time."""
    return None if number is None else moment(number)
