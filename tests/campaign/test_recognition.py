"""Recognition: everybody in the data is found by every name, also mistyped; what is no name finds nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaign.organisation import Organisation
from bot.campaign.recognition import LONGEST_QUERY, WORTH_SHOWING, Recognition
from bot.content.loader import load

KNOWN = load([Path(__file__).parents[2] / "data"])[0].organisations
RECOGNITION = Recognition(KNOWN.values())
NAMES = [(slug, name) for slug, organisation in KNOWN.items() for name in organisation.names()]
LONG = [(slug, name) for slug, name in NAMES if len(name) > 5]
ACRONYMS = [(slug, name) for slug, name in NAMES if 3 <= len(name) <= 5]


def slips(name: str) -> Iterator[str]:
    """One typing error at every place: a letter missing, doubled, wrong, swapped with the next."""
    for place, letter in enumerate(name):
        before, after = name[:place], name[place + 1 :]
        yield before + after
        yield before + letter * 2 + after
        yield before + "x" + after
        yield before + after[:1] + letter + after[1:]


def first(query: str, recognition: Recognition = RECOGNITION) -> str:
    matches = recognition.find(query)
    return matches[0].organisation.slug if matches else ""


@pytest.mark.parametrize(("slug", "name"), NAMES)
def test_each_is_found_by_each_of_its_names(slug: str, name: str) -> None:
    for typed in (name, name.upper(), name.lower(), f"  {name} ", f"“{name}”."):
        match = RECOGNITION.find(typed)[0]
        assert (match.organisation.slug, match.exact, match.score) == (slug, True, 100)


@pytest.mark.parametrize(("slug", "name"), LONG)
def test_each_is_found_first_with_one_typing_error(slug: str, name: str) -> None:
    assert {typed: first(typed) for typed in slips(name)} == dict.fromkeys(slips(name), slug)


@pytest.mark.parametrize(("slug", "name"), ACRONYMS)
def test_each_is_offered_by_its_acronym_with_one_typing_error(slug: str, name: str) -> None:
    other = {own.casefold() for _, own in NAMES}
    for typed in slips(name):
        if typed.casefold() not in other:
            offered = [match.organisation.slug for match in RECOGNITION.find(typed, limit=6)]
            assert slug in offered, typed


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("dindaeng", "dindeng"),
        ("din deng", "dindeng"),
        ("ดิน แดง", "dindeng"),
        ("socialistalliance", "socialist-alliance"),
        ("Alliance Socialist", "socialist-alliance"),
        ("Socialist Alliance, Australia", "socialist-alliance"),
        ("Partido Lakas ng Masa (PLM), Philippines", "plm"),
        ("PLM Philippines", "plm"),
        ("peoples liberation party", "ppr"),
        ("europe solidaire sans frontieres", "essf"),
        ("VANSTERPARTIET", "vansterpartiet"),
        ("doan thanh nien cong san ho chi minh", "ho-chi-minh-communist-youth-union"),
        ("Рrахіs", "praxis"),
        ("Ｐ.Ｓ.Ｍ.", "psm"),
        ("CPI(ML) liberation", "cpiml-liberation"),
        ("marhaen", "gabungan-marhaen"),
        ("حزب التحالف الشعبى الاشتراكى", "socialist-popular-alliance-party"),
    ],
)
def test_what_people_type(typed: str, slug: str) -> None:
    assert first(typed) == slug


@pytest.mark.parametrize(
    "typed",
    [
        "hello what is this",
        "praxis of theory in schools",
        "a school for free people",
        "we want to sign",
        "Nova",
        "ข้อความอื่น",
        "مرحبا",
        "12345",
        "the",
        "?",
        "",
        "\ud800",
    ],
)
def test_what_is_no_name_finds_nobody(typed: str) -> None:
    assert RECOGNITION.find(typed) == ()


@pytest.mark.parametrize(
    "typed", ["praxis now", "Socialist Alliance 2", "People’s Liberation", "Die Linke Berlin"]
)
def test_a_name_with_something_else_is_never_exact(typed: str) -> None:
    assert not any(match.exact for match in RECOGNITION.find(typed))


def test_a_look_alike_is_offered_but_never_exact() -> None:
    (match,) = RECOGNITION.find("Рrахіs")
    assert (match.organisation.slug, match.exact) == ("praxis", False)


def test_numbers_are_compared_exactly() -> None:
    branches = Recognition(Organisation(f"b{n}", f"Workers Union Branch {n}") for n in range(1, 13))
    assert [match.organisation.slug for match in branches.find("Workers Union Branch 2")] == ["b2"]
    assert [match.organisation.slug for match in branches.find("workers unoin branch ๑๒")] == ["b12"]
    assert branches.find("Workers Union Branch 13") == ()
    assert len(branches.find("Workers Union Branch")) == 4


def test_the_best_come_first_and_no_more_than_asked() -> None:
    matches = RECOGNITION.find("socialist party", limit=3)
    assert [match.exact for match in matches] == [True, False, False]
    assert sorted((match.score for match in matches), reverse=True) == [match.score for match in matches]
    assert all(match.score >= WORTH_SHOWING for match in matches)
    assert RECOGNITION.find("socialist party", limit=0) == ()


def test_two_of_one_name_are_both_offered() -> None:
    twins = Recognition(
        [Organisation("a", "Left Front", country="IN"), Organisation("b", "Left Front", country="LK")]
    )
    assert [(match.organisation.slug, match.exact) for match in twins.find("left front")] == [
        ("a", True),
        ("b", True),
    ]


def test_one_is_found_among_very_many_of_the_same_words() -> None:
    words = ("Workers", "Party", "Union", "People", "Left", "Front", "Alliance")
    many = [
        Organisation(
            f"o{n}", f"{words[n % 7]} {words[n // 7 % 7]} {words[n // 49 % 7]} {'abcdefghij'[n % 10] * 3}{n}"
        )
        for n in range(8000)
    ]
    many.append(Organisation("it", "Left Workers Front"))
    recognition = Recognition(many)
    assert first("left workers front", recognition) == "it"
    assert first("left wokers front", recognition) == "it"
    assert first(many[4711].name, recognition) == "o4711"
    assert len(recognition.find("workers party")) == 4


def test_nobody_is_known_at_first() -> None:
    assert Recognition(()).find("Praxis") == ()


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_may_be_asked(text: str) -> None:
    for match in RECOGNITION.find(text):
        assert WORTH_SHOWING <= match.score <= 100


def test_a_huge_text_may_be_asked() -> None:
    assert RECOGNITION.find("praxis " * 100_000) == RECOGNITION.find(("praxis " * 100)[:LONGEST_QUERY])


def test_who_is_still_typing_is_offered_what_begins_so() -> None:
    assert [each.slug for each in RECOGNITION.begun("dind", 5)] == ["dindeng"]
    assert len(RECOGNITION.begun("", 5)) == 5
    assert RECOGNITION.begun("dindeng praxis", 5) == ()


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_may_be_begun(text: str) -> None:
    assert len(RECOGNITION.begun(text, 3)) <= 3
