"""Places as lists print them: countries, parts of countries, and two names with a stroke between them."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale

from bot.campaign.lookalike import search_key
from bot.content.countries import LANGUAGES, country_of

NO_COUNTRIES = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())
PARTS = {
    "BA": "bosnia|bosnia and herzegovina",
    "CD": "drc|dr congo|democratic republic of congo|democratic republic of the congo",
    "CG": "congo|republic of the congo",
    "CN": "peoples republic of china",
    "ES": "spanish state|catalonia|catalunya|basque country|euskal herria|galicia",
    "FR": "french state",
    "GB": "great britain|scotland|wales|northern ireland",
    "ID": "aceh|bali",
    "IE": "republic of ireland",
    "KR": "republic of korea",
    "LA": "lao pdr",
    "MK": "macedonia",
    "MY": "sabah|sarawak",
    "PS": "palestin|palestina|state of palestine|west bank|gaza|gaza strip",
    "PT": "portuguese state",
    "RU": "russian federation",
    "SZ": "swaziland",
    "TH": "ประเทศไทย",
    "TL": "timor leste|east timor",
    "US": "united states of america",
}
"""Formal names of countries, and parts of them that movements print as a place."""

CODES = {name: code for code, names in PARTS.items() for name in names.split("|")}
LONGEST = 60
"""No place's name is longer, in characters."""


@dataclass(frozen=True, slots=True)
class Territory:
    """``country`` is an ISO code, ``printed`` what stands on the page: "Papua/Indonesia" is a place in ID."""

    country: str
    printed: str


def is_usual_name(text: str, country: str) -> bool:
    """Whether ``text`` is what a language in use calls the country: then it need not be kept as a place."""
    names = (str(Locale.parse(language).territories.get(country, "")) for language in LANGUAGES)
    return search_key(text) in {
        search_key(form) for name in names for form in (name, name.partition(" (")[0])
    }


def territory(text: str) -> Territory | None:
    """The place that ``text`` names as a whole ("Sri Lanka", "the Philippines", "Papua/Indonesia")."""
    if not text or len(text) > LONGEST:
        return None
    for part in (text, *reversed(text.split("/"))):
        key = search_key(part).removeprefix("the ")
        code = CODES.get(key) or country_of(key)
        if code and code not in NO_COUNTRIES:
            return Territory(code, text)
    return None
