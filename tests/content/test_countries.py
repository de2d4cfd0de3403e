"""Countries as people type them, and as lists print them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.content.countries import PRINTED, country_of, english_name

PLACES = Path(__file__).parents[2] / "data" / "locales" / "places.toml"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Malaysia", "MY"),
        ("  malaysia ", "MY"),
        ("MY", "MY"),
        ("Jerman", "DE"),
        ("Filipina", "PH"),
        ("ประเทศไทย", "TH"),
        ("ไทย", "TH"),
        ("မြန်မာ", "MM"),
        ("Việt Nam", "VN"),
        ("المغرب", "MA"),
        ("Allemagne", "DE"),
        ("Reino Unido", "GB"),
        ("USA", "US"),
        ("Palestine", "PS"),
        ("Hong Kong", "HK"),
        ("côte d’ivoire", "CI"),
    ],
)
def test_a_country_is_understood_in_our_languages(typed: str, code: str) -> None:
    assert country_of(typed) == code


@pytest.mark.parametrize("typed", ["", " ", "Atlantis", "x" * 5000, "\u202e", "international", "12"])
def test_what_is_no_country_is_none(typed: str) -> None:
    assert country_of(typed) == ""


def test_printed_names_are_those_of_the_table_of_places() -> None:
    table = tomllib.loads(PLACES.read_text("utf-8"))
    assert {code: english_name(code) for code in table} == {
        code: names["en"] for code, names in table.items()
    }
    assert set(PRINTED) <= set(table)
