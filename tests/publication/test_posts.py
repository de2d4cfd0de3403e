from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaign.endorsement import Entry
from bot.dialog.messages import Saying
from bot.publication.gate import Counts
from bot.publication.posts import Story, Subject, card, milestone, reminder, total, weekly
from tests.publication.made import signatories
from tests.publication.words import labels, phrases, said, say

PEACE = Subject("peace", "peace-statement", "A call for peace")
COUNTS = Counts(27, 0, 0, 0, {f"{code}": 2 for code in ("MY", "TH", "ID")})
FRESH = signatories(
    Entry("Example Union", country="TH"), Entry("Praxis", place="Papua/Indonesia", country="ID")
)
MONDAY = date(2026, 2, 9)


def test_a_milestone() -> None:
    post = card([milestone(PEACE, 25, COUNTS, FRESH)])
    assert said(post).splitlines() == [
        "25 organisations from 3 countries have signed",
        "A call for peace",
        "",
        "New: Example Union (Thailand), Praxis (Papua/Indonesia)",
    ]
    assert labels(post) == [["Sign", "Read"]]
    assert [button.opens for button in post.buttons[0]] == [
        ("c", "peace"),
        ("st", "read", "peace-statement", "0"),
    ]


def test_a_milestone_of_people_without_countries() -> None:
    post = card([milestone(PEACE, 100, Counts(0, 100, 100), (), people=True)])
    assert said(post).splitlines()[0] == "100 people have signed"


def test_a_weekly_summary_says_who_and_how_many_more() -> None:
    post = card([weekly(PEACE, MONDAY, 12, COUNTS, FRESH)])
    assert said(post).splitlines() == [
        "12 new sign-ons since 9 February",
        "A call for peace",
        "",
        "New: Example Union (Thailand), Praxis (Papua/Indonesia) and 10 more",
        "",
        "In all: 27 organisations from 3 countries",
    ]


def test_a_week_whose_new_ones_all_withdrew_counts_no_zero() -> None:
    empty = weekly(PEACE, MONDAY, 0, COUNTS, ())
    assert said(card([empty])).splitlines() == [
        "This statement is open for signing.",
        "A call for peace",
        "",
        "In all: 27 organisations from 3 countries",
    ]
    assert said(card([reminder(PEACE, None, COUNTS), empty])) == said(card([empty])), "nothing twice"
    closed = Subject("peace", "peace-statement", "A call for peace", open=False)
    assert said(card([weekly(closed, MONDAY, 0, COUNTS, ())])).splitlines() == [
        "In all: 27 organisations from 3 countries",
        "A call for peace",
    ]


def test_a_week_of_unnamed_people_names_nobody() -> None:
    post = card([weekly(PEACE, MONDAY, 1, Counts(0, 9, 9), ())])
    assert said(post).splitlines() == [
        "1 new sign-on since 9 February",
        "A call for peace",
        "",
        "In all: 9 people",
    ]


@pytest.mark.parametrize(
    ("days", "headline"),
    [
        (None, "This statement is open for signing."),
        (8, "This statement is open for signing."),
        (7, "7 days left to sign"),
        (1, "One day left to sign"),
        (0, "Today is the last day to sign."),
    ],
)
def test_a_reminder(days: int | None, headline: str) -> None:
    assert said(card([reminder(PEACE, days, COUNTS)])).splitlines()[0] == headline


def test_counts_that_are_hidden_are_not_told() -> None:
    assert total(Counts()) is None
    assert said(card([reminder(PEACE, None, Counts())])).endswith("A call for peace")


def test_organisations_and_people_in_all() -> None:
    found = total(Counts(2, 5, 5, 0, {"MY": 2}))
    assert found
    assert say(found) == "In all: 2 organisations from 1 country and 5 people"


def test_a_closed_campaign_offers_no_signing() -> None:
    closed = Subject("peace", "peace-statement", "A call for peace", open=False)
    assert labels(card([weekly(closed, MONDAY, 3, COUNTS, ())])) == [["Read"]]


def test_stories_of_one_campaign_share_its_title() -> None:
    post = card([weekly(PEACE, MONDAY, 2, COUNTS, FRESH), milestone(PEACE, 25, COUNTS, FRESH)])
    assert said(post).splitlines() == [
        "2 new sign-ons since 9 February",
        "",
        "25 organisations from 3 countries have signed",
        "A call for peace",
        "",
        "New: Example Union (Thailand), Praxis (Papua/Indonesia)",
    ]


def test_of_two_milestones_the_later_is_told() -> None:
    post = card([milestone(PEACE, 10, COUNTS, ()), milestone(PEACE, 25, COUNTS, ())])
    assert "25 organisations" in said(post)
    assert "10 organisations" not in said(post)


def test_several_campaigns_are_one_button_each() -> None:
    post = card(
        [milestone(PEACE, 10, COUNTS, FRESH), reminder(Subject("bread", "bread", "B" * 99), 1, COUNTS)]
    )
    assert labels(post) == [["A call for peace"], ["B" * 39 + "…"]]
    assert [row[0].opens for row in post.buttons] == [("c", "peace"), ("c", "bread")]


def fits(post: Saying) -> None:
    for language in phrases().languages:
        text, longer = said(post, language), 1 if language == "en" else 1.2
        assert len(text.splitlines()) <= 9, text
        assert len(text) <= 400 * longer, text
        for row in labels(post, language):
            assert all(len(label) <= (24 if len(row) > 1 else 42) * longer for label in row)


def test_each_of_several_campaigns_has_room_for_one_story() -> None:
    bread = Subject("bread", "bread", "Bread")
    post = card(
        [
            weekly(PEACE, MONDAY, 2, COUNTS, FRESH),
            reminder(PEACE, 1, COUNTS),
            milestone(bread, 5, COUNTS, FRESH),
        ]
    )
    assert said(post).splitlines() == [
        "One day left to sign",
        "A call for peace",
        "",
        "5 organisations from 3 countries have signed",
        "Bread",
    ]


BIG = Counts(1_234_567, 1_234_567, 1_000_000, 9, dict.fromkeys(map(str, range(200)), 5))
LONG = [
    Entry(word * 12, place="Place " * 12) for word in ("Committee ", "Union ", "Federation ", "Party ", "x ")
]


def stories(subject: Subject) -> tuple[Story, ...]:
    fresh = signatories(*LONG)
    return (
        weekly(subject, date(2025, 12, 29), 1_000_000, BIG, fresh),
        reminder(subject, 7, BIG),
        milestone(subject, 1_000_000, BIG, fresh),
    )


def test_the_longest_cards_fit() -> None:
    one = Subject("one", "one", "Word " * 50)
    for chosen in product([False, True], repeat=3):
        if any(chosen):
            fits(card(story for story, taken in zip(stories(one), chosen, strict=True) if taken))
    others = [Subject(slug, slug, "Word " * 50) for slug in ("one", "two", "three")]
    for index in range(3):
        fits(card(stories(subject)[index] for subject in others))
    fits(card(story for subject in others for story in stories(subject)))


@given(st.lists(st.builds(Entry, name=st.text(max_size=120), place=st.text(max_size=60)), max_size=9))
def test_any_names_fit(entries: list[Entry]) -> None:
    fits(card([milestone(PEACE, 25, COUNTS, signatories(*entries))]))
