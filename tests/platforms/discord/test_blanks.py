"""What stands in a form already, and addresses on buttons: at the edges of what Discord takes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.messages import Blank, Key, Outgoing, Sheet
from bot.dialog.pages import size
from bot.platforms.discord.components import LONGEST_URL, write_rows
from bot.platforms.discord.forms import LONGEST_OPTION, LONGEST_WORDS, write_form
from bot.platforms.discord.reading import OTHER
from tests.peers.discord.modals import check_modal, fill

FAMILY = "👨‍👩‍👧"
LANDS = tuple((f"L{number}", f"Land {number}") for number in range(30))
EDGES = st.one_of(
    st.text(max_size=200), st.sampled_from(["L0", "L29", "Narnia", "x" * 100, "x" * 101, "😀" * 60, OTHER])
)


def form(blank: Blank) -> dict[str, Any]:
    made = write_form(Sheet("T", (blank,), "s/1", Key("Fill in", "o"), "None of these"))
    check_modal(made)
    return made


def part(blank: Blank) -> dict[str, Any]:
    found: dict[str, Any] = form(blank)["components"][0]["component"]
    return found


def chosen(blank: Blank) -> list[tuple[str, str]]:
    return [(each["value"], each["label"]) for each in part(blank)["options"] if each.get("default")]


@pytest.mark.parametrize("text", ["😀" * 2100, FAMILY * 600, "ก\u0e49" * 2001, "x" * 4001, "é" * 4001])
def test_a_long_answer_that_stands_there_is_cut_between_letters(text: str) -> None:
    value = part(Blank("message", "Message", value=text))["value"]
    assert text.startswith(value)
    assert LONGEST_WORDS - 12 < size(value) <= LONGEST_WORDS
    assert not text[len(value) :].startswith(("\u200d", "\u0e49"))


@pytest.mark.parametrize("text", ["😀" * 2000, "a\nb", "x" * 4000])
def test_an_answer_that_fits_stands_there_whole(text: str) -> None:
    assert part(Blank("message", "Message", value=text))["value"] == text


def test_what_somebody_wrote_themselves_can_be_chosen_again() -> None:
    assert chosen(Blank("country", "Country", value="Narnia", options=LANDS)) == [("Narnia", "Narnia")]
    assert chosen(Blank("country", "Country", value="L29", options=LANDS)) == [("L29", "Land 29")]
    assert chosen(Blank("country", "Country", value="L3", options=LANDS)) == [("L3", "Land 3")]
    assert chosen(Blank("country", "Country", options=LANDS)) == []


def test_what_is_too_long_to_be_chosen_is_written_elsewhere() -> None:
    long = Blank("country", "Country", value="😀" * 51, options=LANDS)
    assert chosen(long) == [(OTHER, "None of these")]


def test_where_nothing_may_be_written_nothing_else_stands_there() -> None:
    blank = Blank("showing", "Shown", value="Narnia", options=LANDS[:3], words=False)
    assert [each["value"] for each in part(blank)["options"]] == ["L0", "L1", "L2"]
    assert chosen(blank) == []


@given(EDGES, st.integers(1, 30), st.booleans())
def test_whatever_stands_there_discord_takes_it(value: str, number: int, words: bool) -> None:  # noqa: FBT001
    blank = Blank("country", "Country", value=value, options=LANDS[:number], words=words, required=False)
    options = part(blank).get("options", [])
    assert all(size(each["value"]) <= LONGEST_OPTION for each in options)
    assert sum(bool(each.get("default")) for each in options) <= 1
    fill(form(blank), {})


@pytest.mark.parametrize(
    "url",
    [
        "https://a.org/" + "x" * LONGEST_URL,
        "https://a.org/" + "😀" * 250,
        "ftp://a.org",
        "a.org",
        "https://a b.org",
        "https://a.org\n",
    ],
)
def test_an_address_that_discord_does_not_take_costs_its_button_alone(url: str) -> None:
    rows = write_rows(Outgoing((), ((Key("Go", "go"), Key("Web", url=url)), (Key("Web", url=url),))))
    assert [[each["label"] for each in row["components"]] for row in rows] == [["Go"]]


def test_the_longest_address_is_a_button() -> None:
    url = "https://a.org/".ljust(LONGEST_URL, "x")
    assert write_rows(Outgoing((), ((Key("Web", url=url),),)))[0]["components"][0]["url"] == url
