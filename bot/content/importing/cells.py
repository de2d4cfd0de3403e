"""The cells of an Excel file as texts: numbers as they are written, days as days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite

from bot.content.importing.elements import Element

DAY_FORMATS = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
"""Numbers of Excel's own formats for days and times."""
QUOTED = re.compile(r'"[^"]{0,99}"|\[[^\]]{0,99}\]|\\.|[_*].')
DAY_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 -- sheets have no zone
LAST_DAY = 2_958_465
"""Excel's last day, 31 December 9999."""
WHOLE = 1e15
"""From here on a number of Excel has lost digits."""


@dataclass(frozen=True, slots=True)
class Formats:
    """``days`` says of each format of a cell whether it shows a day; ``epoch`` is the day numbered 0."""

    days: tuple[bool, ...] = ()
    epoch: datetime = EPOCHS[False]

    def text(self, value: str, form: str) -> str:
        """A number as its cell shows it; what is no number comes back as it is."""
        try:
            number = float(value)
        except ValueError:
            return value
        if not isfinite(number):
            return value
        shown = form.isdecimal() and len(form) < 6 and int(form) < len(self.days) and self.days[int(form)]  # noqa: PLR2004
        if shown and 0 <= number <= LAST_DAY:
            return self._day(number)
        return str(int(number)) if number.is_integer() and abs(number) < WHOLE else str(number)

    def _day(self, number: float) -> str:
        moment = self.epoch + timedelta(seconds=round(number * 86_400))
        if number < 1:
            return f"{moment:%H:%M}"
        return f"{moment:%Y-%m-%d}" if number.is_integer() else f"{moment:%Y-%m-%d %H:%M}"


def read_formats(styles: Element | None, *, from_1904: bool) -> Formats:
    """The formats of a styles part."""
    own = styles.first("s:numFmts") if styles else None
    used = styles.first("s:cellXfs") if styles else None
    codes = (
        {each.attributes.get("numFmtId"): each.attributes.get("formatCode", "") for each in own.children}
        if own
        else {}
    )
    numbers = [each.attributes.get("numFmtId", "0") for each in used.children] if used else []
    return Formats(tuple(_shows_day(number, codes.get(number)) for number in numbers), EPOCHS[from_1904])


def _shows_day(number: str, code: str | None) -> bool:
    if code is not None:
        return DAY_LETTERS.search(QUOTED.sub("", code)) is not None
    return number in {str(each) for each in DAY_FORMATS}
