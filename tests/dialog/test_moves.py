"""Buttons carry moves within their limit, and hostile button data makes none."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.dialog.messages import DATA_LIMIT, Route
from bot.dialog.moves import (
    Back,
    Cancel,
    Change,
    Changes,
    Commit,
    Flip,
    Keep,
    Pick,
    Press,
    Skip,
    move_from,
    route_of,
    token,
)
from bot.dialog.session import Session

SESSION = Session("abcdefghijklmnop", "person", "sign", "palestine", "organisation")
BARE = (Back, Skip, Keep, Cancel, Changes, Commit)
versions = st.integers(1, 999_999_999)
bare = st.builds(lambda make, version: make(version), st.sampled_from(BARE), versions)
names = st.from_regex(r"\A[a-z][a-z0-9_-]{0,23}\Z")
named = st.one_of(st.builds(Change, versions, names), st.builds(Flip, versions, names))


@given(st.one_of(bare, named))
def test_a_move_comes_back_from_its_button(move: Press) -> None:
    route = route_of(SESSION, move)
    packed = "/".join(route)
    assert len(packed.encode()) <= DATA_LIMIT
    assert move_from(tuple(packed.split("/"))) == move


@given(st.text(st.characters(exclude_categories=()), max_size=5000), versions)
@example("a" * 60, 999_999_999)
@example("\ud800", 1)
@example("a/b", 1)
def test_a_choice_of_any_value_fits_into_a_button(value: str, version: int) -> None:
    packed = "/".join(route_of(SESSION, Pick(version, value)))
    assert len(packed.encode()) <= DATA_LIMIT
    assert move_from(tuple(packed.split("/"))) == Pick(version, token(value))


def test_short_plain_values_stay_readable_and_others_differ() -> None:
    assert token("th") == "th"
    assert token("a" * 24) == "a" * 24
    assert token("") != token(" ")
    assert token("a" * 25) != token("a" * 26)
    assert token("~" + "0" * 16) != "~" + "0" * 16


@pytest.mark.parametrize(
    "route",
    [
        (),
        ("s",),
        ("s", "abc"),
        ("s", "abc", "1"),
        ("s", "abc", "1", ""),
        ("s", "abc", "1", "z"),
        ("s", "abc", "1", "b", "more"),
        ("s", "abc", "1", "p"),
        ("s", "abc", "1", "p", "x", "y"),
        ("s", "abc", "0", "g"),
        ("s", "abc", "-1", "g"),
        ("s", "abc", "+1", "g"),
        ("s", "abc", "01", "g"),
        ("s", "abc", "१", "g"),
        ("s", "abc", "1१", "g"),
        ("s", "abc", "1\n", "g"),
        ("s", "abc", "9" * 5000, "g"),
        ("t", "abc", "1", "g"),
    ],
)
def test_button_data_of_no_talk_makes_no_move(route: Route) -> None:
    assert move_from(route) is None


@given(st.lists(st.text(max_size=20), max_size=6).map(tuple))
def test_any_button_data_is_read_without_a_fault(route: Route) -> None:
    move_from(("s", *route))


@pytest.mark.parametrize("session", ["a" * 60, "a/b"])
def test_what_cannot_be_packed_is_a_fault(session: str) -> None:
    with pytest.raises(ValueError, match="packed"):
        route_of(Session(session, "p", "sign", "", "a"), Commit(1))
