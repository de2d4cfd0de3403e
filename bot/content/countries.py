"""Countries as people type them: in any of our languages, by code, or by what movements call them."""

from __future__ import annotations

from functools import cache

from babel import Locale

from bot.campaign.lookalike import search_key

LANGUAGES = ("en", "ms", "id", "fil", "th", "vi", "my", "es", "fr", "ar")
OTHER_NAMES = {
    "usa": "US",
    "america": "US",
    "uk": "GB",
    "britain": "GB",
    "england": "GB",
    "burma": "MM",
    "myanmar": "MM",
    "palestine": "PS",
    "korea": "KR",
    "west papua": "ID",
    "papua": "ID",
    "holland": "NL",
    "viet nam": "VN",
    "turkey": "TR",
    "czech republic": "CZ",
    "ivory coast": "CI",
    "ประเทศไทย": "TH",
    "hong kong": "HK",
    "macau": "MO",
}
"""What people say that CLDR does not list; never shown, only understood."""


def country_of(text: str) -> str:
    """The ISO alpha-2 code of a country typed in any of our languages or as its code, else ""."""
    known = _names()
    return known.get(search_key(text), "") if len(text) <= 80 else ""  # noqa: PLR2004 (no country's name is longer)


def english_name(code: str) -> str:
    """The English name of a country, for the printed line of a signatory."""
    return PRINTED.get(code) or str(Locale.parse("en").territories.get(code, code))


PRINTED = {"HK": "Hong Kong", "MM": "Myanmar", "MO": "Macau", "PS": "Palestine"}
"""Names as movements print them, where CLDR has others; locales/places.toml says the same (a test looks)."""


@cache
def _names() -> dict[str, str]:
    found = {search_key(name): code for name, code in OTHER_NAMES.items()}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha():  # noqa: PLR2004 (alpha-2)
                found.setdefault(search_key(name), code)
                found.setdefault(search_key(code), code)
    return found
