"""Days that stand on a page: the date of a text, the first and last day of an event."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from babel import Locale

from bot.content.importing.page import Line

DAY = re.compile(
    r"(?<![\w-])(?:(?P<iso>(?:19|20)\d\d-\d\d-\d\d)"
    r"|(?P<day>\d{1,2})(?:st|nd|rd|th)?\s(?:of\s|de\s)?(?P<month>[^\W\d_]{3,12})\.?,?\s(?:de\s)?(?P<year>(?:19|20)\d\d)"
    r"|(?P<month2>[^\W\d_]{3,12})\s(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<year2>(?:19|20)\d\d))\b",
)
DAYS = re.compile(
    r"\b(?P<first>\d{1,2})\s?(?:[-–—]|to|hingga|sampai)\s?(?P<last>\d{1,2})"
    r"\s(?P<month>[^\W\d_]{3,12})\s(?P<year>(?:19|20)\d\d)\b"
)
DATE_LINE = 8
"""Words: a longer line that holds a date says something else than the date of the page."""


def printed_date(lines: Iterable[Line]) -> tuple[date, int] | None:
    """The date that a short line bears ("3 May 2023", "Posted on 2023-05-03"), and the number of the line."""
    for line in lines:
        if len(line.words) <= DATE_LINE and (day := day_in(line.text)):
            return day, line.number
    return None


def day_in(text: str) -> date | None:
    """The first day that a text names with its year, None where it names none that exists."""
    found = DAY.search(text)
    if not found:
        return None
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        month = _months().get((found["month"] or found["month2"]).casefold(), 0)
        return date(int(found["year"] or found["year2"]), month, int(found["day"] or found["day2"]))
    except ValueError:
        return None


def named_days(lines: Iterable[Line]) -> tuple[date, ...]:
    """First and last day that the lines name most often ("15-17 July 2022"); empty where they name none."""
    counted = Counter(days for line in lines for days in _days(line.text))
    return counted.most_common(1)[0][0] if counted else ()


def _days(text: str) -> Iterator[tuple[date, date]]:
    for found in DAYS.finditer(text):
        month = _months().get(found["month"].casefold(), 0)
        try:
            first, last = (date(int(found["year"]), month, int(found[day])) for day in ("first", "last"))
        except ValueError:
            continue
        if first <= last:
            yield first, last


@cache
def _months() -> dict[str, int]:
    """Names of months and their short forms."""
    months: dict[str, int] = {}
    for language in ("en", "ms", "id", "fil", "es", "fr"):
        for width in ("wide", "abbreviated"):
            for number, name in Locale(language).months["format"][width].items():
                months.setdefault(name.casefold().rstrip("."), number)
    return months
