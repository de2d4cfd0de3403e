from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.utils import get_cwidth
from wcwidth import wcswidth

from bot.campaign.lookalike import graphemes
from bot.platforms.console.characters import cells, clean, inert, measure, wrap
from tests.platforms.console.cards import HOSTILE

WIDE = st.text(st.sampled_from("ab \n全あက္မာ်สิำ👩\u200d❤\ufe0fक्षि🇲🇾e\u0301\u0335ـع-"), max_size=120)


def rows_of(text: str, width: int) -> list[str]:
    return ["".join(character for character, _ in row) for row in wrap(cells(text), width)]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cleaned_text_holds_no_control_character_but_the_line_feed(text: str) -> None:
    assert {c for c in clean(text) if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}} <= {"\n"}


def test_escape_sequences_leave_whole() -> None:
    assert clean("\x1b[2J\x1b]0;title\x07a\x1b[1;31mb\x1b\x1b[0mc\x1bOAd\x1b") == "abcAd"


def test_all_line_ends_are_one_and_tabs_are_blanks() -> None:
    assert clean("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd e"


def test_a_shown_text_cannot_turn_its_direction() -> None:
    assert inert("\u202egnp.exe\u202c") == "gnp.exe"
    assert inert("می\u200cخواهم") == "می\u200cخواهم"


@pytest.mark.parametrize("width", [8, 20, 80])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_row_of_a_hostile_text_is_too_wide(text: str, width: int) -> None:
    for row in rows_of(text, width):
        assert max(wcswidth(row), get_cwidth(row)) <= width


@given(WIDE, st.integers(8, 30))
def test_no_row_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    rows = rows_of(text, width)
    assert all(max(wcswidth(row), get_cwidth(row)) <= width for row in rows)
    assert "".join("".join(rows).split()) == "".join(text.split())


@given(WIDE, st.integers(8, 30))
def test_no_character_is_broken(text: str, width: int) -> None:
    whole = [part for part in graphemes(text) if not part.isspace() and measure([(part, "")]) <= 8]
    broken = [part for row in rows_of(text, width) for part in graphemes(row) if not part.isspace()]
    assert not set(whole) - set(broken)


def test_a_row_breaks_at_a_blank_and_in_a_word_only_where_it_must() -> None:
    assert rows_of("solidarity with all peoples", 12) == ["solidarity", "with all", "peoples"]
    assert rows_of("to https://example.org/a/b", 10) == ["to", "https://ex", "ample.org/", "a/b"]


def test_rows_end_at_line_feeds() -> None:
    assert rows_of("a\n\nb", 10) == ["a", "", "b"]
    assert rows_of("", 10) == [""]


def test_text_without_blanks_fills_its_rows() -> None:
    assert rows_of("連帯連帯連帯", 8) == ["連帯連帯", "連帯"]
    assert rows_of("hello 連帯連帯", 10) == ["hello 連帯", "連帯"]


def test_marks_and_joined_emoji_count_as_much_as_any_terminal_gives_them() -> None:
    assert measure(cells("ကာ")) == 2
    assert measure(cells("👩‍👧")) == 4
    assert measure(cells("e\u0301")) == 1


def test_a_very_long_text_is_wrapped_in_good_time() -> None:
    assert len(rows_of("x" * 400_000, 80)) == 5000
