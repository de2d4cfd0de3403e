"""How a language writes numbers, days and names of places: the Unicode CLDR, through Babel.

Languages are BCP 47 codes ("ms", "pt-BR"). English is written as most of the world does: 14 February.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""CLDR's plural categories in CLDR's order, which is the order of msgstr[n] in our catalogues."""

MANY = 4096
"""Words kept that were made before: making them costs more than a whole card."""

_CODE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_WRITTEN_AS = {"en": "en-GB"}
_COUNTS = (*range(1001), 1_000_000, 2_000_000)
"""Every category that CLDR gives to whole numbers in any language appears among these."""


def is_language(code: str) -> bool:
    """Whether CLDR knows this code, written as we write it ("pt-BR")."""
    try:
        return _CODE.fullmatch(code) is not None and bool(_locale(code))
    except (UnknownLocaleError, ValueError):
        return False


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_WRITTEN_AS.get(language, language), sep="-")


@cache
def plural_forms(language: str) -> dict[str, int | None]:
    """The plural categories of whole numbers, in order, each with its number if it is for one number only."""
    numbers: dict[str, list[int]] = {}
    for count in _COUNTS:
        numbers.setdefault(_category(language, count), []).append(count)
    only = {category: found[0] if len(found) == 1 else None for category, found in numbers.items()}
    return {category: only[category] for category in CATEGORIES if category in only}


def plural_index(language: str, count: int) -> int:
    """Which msgstr[n] a count takes."""
    return list(plural_forms(language)).index(_category(language, count))


def _category(language: str, count: int) -> str:
    return str(_locale(language).plural_form(count))


@lru_cache(maxsize=MANY)
def number(language: str, value: int) -> str:
    """A whole number with the language's signs between thousands."""
    return format_decimal(value, locale=_locale(language))


def listed(language: str, names: Sequence[str]) -> str:
    """Names as the language lists them: "A, B and C"."""
    return format_list(names, locale=_locale(language))


def clock(language: str, value: time) -> str:
    """A time of day: 18:05."""
    return format_time(value, "HH:mm", locale=_locale(language))


def offset(language: str, local: datetime) -> str:
    """How far a local time (aware) is from Greenwich: GMT+08:00."""
    return format_datetime(local, "OOOO", locale=_locale(language))


@lru_cache(maxsize=MANY)
def weekday(language: str, value: date) -> str:
    """The name of a day: "Sunday"."""
    return format_date(value, "EEEE", locale=_locale(language))


@lru_cache(maxsize=MANY)
def day(language: str, value: date, today: date | None = None) -> str:
    """A day: "14 February", with the year where it is not that of ``today``, or there is no ``today``."""
    if today is not None and value.year == today.year:
        return format_skeleton("MMMMd", value, locale=_locale(language))
    return format_date(value, "long", locale=_locale(language))


@lru_cache(maxsize=MANY)
def territory(language: str, code: str) -> str:
    """The name of a country by ISO code; the code itself where CLDR has no name."""
    return str(_locale(language).territories.get(code, code))


def is_territory(code: str) -> bool:
    """Whether CLDR knows a country with this ISO code."""
    return len(code) == len("PS") and code in _locale("en").territories


def language_name(language: str, code: str) -> str:
    """The name of the language ``code``, in ``language``; the code itself where CLDR has no name."""
    names = _locale(language).languages
    return str(names.get(code.replace("-", "_")) or names.get(code.partition("-")[0], code))


@cache
def is_right_to_left(language: str) -> bool:
    """Whether the language's script runs from right to left."""
    return str(_locale(language).text_direction) == "rtl"


def runs_against(language: str, text: str) -> bool:
    """Whether ``text`` holds a letter that runs against the direction of the language."""
    if text.isascii() and not is_right_to_left(language):
        return False
    against = {"L"} if is_right_to_left(language) else {"R", "AL"}
    return any(unicodedata.bidirectional(character) in against for character in text)
