from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
import segno

from bot.publication.poster import Poster, Size, poster, poster_file, poster_of, values_of
from bot.publication.typesetting import Print, typeset
from tests.publication.pictures import reds, size
from tests.publication.words import say

SHEET = Poster(
    "A call for peace",
    "Read it and sign.",
    ("Scan the code", "or search for @peace_bot on Telegram"),
    "https://t.me/peace_bot?start=peace",
)
LEFT, TOP, WIDTH = 55 / 210, 146 / 210, 100 / 210
"""Where the code stands, its white border included, as shares of the page's width."""


def drawn(sheet: Poster) -> bytes:
    """The poster as a picture small enough to be read quickly."""
    return typeset("poster.typ", values_of(sheet, Size.A4), date(2000, 1, 1), Print.PNG, sharpness=40)[0]


def modules(picture: bytes, count: int) -> list[list[bool]]:
    """Which squares of the code and of its border are dark, looked at in their middles."""
    rows, wide = reds(picture), size(picture)[0]
    step = WIDTH * wide / count
    middles = [(place + 0.5) * step for place in range(count)]
    return [[rows[int(TOP * wide + y)][int(LEFT * wide + x)] < 128 for x in middles] for y in middles]


def bordered(url: str) -> list[list[bool]]:
    """The squares of the code for an address with the white that a scanner needs around them."""
    code = segno.make_qr(url, error="m", boost_error=False)
    return [[bool(square) for square in row] for row in code.matrix_iter(border=4)]


@pytest.mark.parametrize(
    "url", [SHEET.url, "https://peace.example/" + "a" * 100, "https://peace.example/ไทย"]
)
def test_the_code_on_the_page_says_the_address(url: str) -> None:
    expected = bordered(url)
    assert modules(drawn(replace(SHEET, url=url)), len(expected)) == expected


def test_every_size_and_form() -> None:
    assert size(poster(SHEET, Size.A4, Print.PNG)) == (1191, 1684)
    assert size(poster(SHEET, Size.A5, Print.PNG)) == (839, 1191)
    files = [poster_file("peace", SHEET, paper, form) for paper in Size for form in Print]
    assert {(file.name, file.mime) for file in files} == {
        ("peace.pdf", "application/pdf"),
        ("peace.png", "image/png"),
    }
    assert all(file.content.startswith((b"%PDF-", b"\x89PNG")) for file in files)
    assert len({file.content for file in files}) == len(files)


def test_the_same_words_give_the_same_bytes() -> None:
    assert poster(SHEET) == poster(SHEET)


@pytest.mark.parametrize("language", ["en", "ms", "id", "fil", "th"])
def test_it_says_in_words_how_to_sign(language: str) -> None:
    made = poster_of(
        "Peace", SHEET.url, {"telegram": "@peace_bot"}, language, partial(say, language=language)
    )
    scan, search = made.ways
    assert scan
    assert made.sentence
    assert "@peace_bot" in search
    assert "Telegram" in search
    assert poster(made)


@pytest.mark.parametrize(
    "words", ['#import "x"', "$x$ </svg>", "", "A" * 3000, "word " * 500, "حزب ไทย မြန် 中文"]
)
def test_whatever_it_says_it_is_one_page_and_the_code_stays(words: str) -> None:
    hostile = Poster(words, words, (words, words), SHEET.url, words)
    expected = bordered(SHEET.url)
    assert modules(drawn(hostile), len(expected)) == expected


def test_the_printed_address_can_be_typed() -> None:
    assert values_of(SHEET, Size.A4)["url"] == "t.me/peace_bot?start=peace"


def test_an_address_that_no_code_can_hold_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="Data too large"):
        poster(replace(SHEET, url="https://peace.example/" + "a" * 5000))
