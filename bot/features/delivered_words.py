"""To whom and when something was handed over, from the words of an organiser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.campaign.lookalike import check_name, clean
from bot.campaign.refusal import Refusal
from bot.content.importing.dates import DAY, day_in

LONGEST = 160
"""Graphemes of whom it was handed to."""
MOST = 20_000
"""Characters of words that are looked at."""
_YEARLESS = re.compile(
    r"(?<![\w-])(\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?[^\W\d_]{3,12})\b(?!\.?,?\s(?:de\s)?\d{4})"
)
_BEFORE = re.compile(r"^(?:on\s+)?(?:to|kepada|untuk|sa|kay|ให้|แก่)\s+", re.IGNORECASE)
_AROUND = " \t,.;:–—-"
_HANGING = re.compile(r"[\s,;]+(?:on|pada|noong|tanggal|เมื่อ|วันที่)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """``to`` on one line, as it was written; ``day`` by the campaign's calendar."""

    to: str
    day: date


def read(words: str, today: date) -> HandedOver:
    """What the words say; without a day it was today, and a day without a year is the last one that was."""
    line = clean(words[:MOST])
    for year in (today.year, today.year - 1):
        dated = _YEARLESS.sub(rf"\1 {year}", line)
        day = day_in(dated)
        if day is not None and (day <= today or dated == line):
            return HandedOver(_to(DAY.sub(" ", dated, count=1)), day)
    return HandedOver(_to(line), today)


def _to(line: str) -> str:
    """Whom, without what led to the day and the day itself."""
    left = " ".join(line.split()).strip(_AROUND)
    return _BEFORE.sub("", _HANGING.sub("", left)).strip(_AROUND)


def check(words: str, today: date) -> Refusal | None:
    """Why the words do not do; None where they do."""
    said = read(words, today)
    if not said.to:
        return Refusal("delivered.to-whom")
    if said.day > today:
        return Refusal("delivered.future")
    checked = check_name(said.to, LONGEST)
    return checked if isinstance(checked, Refusal) else None


def kept(body: Mapping[str, Any]) -> HandedOver | None:
    """What was kept of it, None where nothing was."""
    return HandedOver(str(body["to"]), date.fromisoformat(body["day"])) if "day" in body else None
