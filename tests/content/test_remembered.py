"""Words to write down: hard to guess, easy to read, and read again however they are written."""

from __future__ import annotations

from itertools import count
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.remembered import HOW_MANY, NUMBERS, WORDS, shown_words, written_key


def test_there_are_enough_plain_words() -> None:
    assert len(set(WORDS)) == len(WORDS) == 1024
    assert all(word.isascii() and word.isalpha() and word.islower() and 3 <= len(word) <= 8 for word in WORDS)
    assert HOW_MANY * log2(len(WORDS)) + log2(NUMBERS) >= 50


def test_words_look_like_words_on_paper() -> None:
    first, second, number, *rest = shown_words("chance").split(" · ")
    assert len(number) == 4
    assert number.isdecimal()
    assert {word.lower() for word in (first, second, *rest)} <= set(WORDS)
    assert len(rest) == HOW_MANY - 2


def test_each_word_comes_up_everywhere() -> None:
    drawn = [
        shown_words(f"{number}").lower().split(" · ")
        for number, _ in zip(count(), range(20_000), strict=False)
    ]
    for place in (0, 1, 3, 4):
        assert len({words[place] for words in drawn}) == len(WORDS)
    assert len({words[2] for words in drawn}) > NUMBERS * 0.8


@pytest.mark.parametrize(
    "written",
    [
        "DOVE · RICE · 4821 · LAMP · MOON",
        "dove rice 4821 lamp moon",
        "  Dove, rice,\n4821 — lamp / MOON. ",
        "dove rice ๔๘๒๑ lamp moon",
        "ｄｏｖｅ rice ４８２１ lamp moon",
        "dove rice4821lamp moon",
    ],
)
def test_they_are_read_however_they_are_written(written: str) -> None:
    assert written_key(written) == "dove rice 4821 lamp moon"


@pytest.mark.parametrize(
    "other", ["rice dove 4821 lamp moon", "dove rice 4822 lamp moon", "dove rice 4821 lamp", "", "· · ·"]
)
def test_others_are_others(other: str) -> None:
    assert written_key(other) != "dove rice 4821 lamp moon"


@given(st.text(max_size=10_000))
def test_whatever_is_written_is_read(text: str) -> None:
    assert len(written_key(text)) < 10_000


@given(st.text(min_size=1, max_size=30))
def test_what_is_shown_is_read_again(chance: str) -> None:
    words = shown_words(chance.encode("utf-8", "ignore").decode())
    assert written_key(words.lower()) == written_key(words)
