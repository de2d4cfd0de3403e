from __future__ import annotations

from datetime import date

from bot.campaign.revision import Standing, Turn, next_standing
from bot.campaign.version import Correction, Weight, counts_as, earlier

FIRST, SECOND, THIRD = (letter * 64 for letter in "abc")
FEBRUARY, MARCH, APRIL = date(2026, 2, 14), date(2026, 3, 1), date(2026, 4, 1)
SLIP = Correction(date(2026, 2, 16), Weight.MINOR, FIRST[:12], FEBRUARY, "“Strop” → “Strip”")
MEANING = Correction(MARCH, Weight.SUBSTANTIAL, SECOND[:12], FEBRUARY)


def test_a_slip_changes_nothing_for_who_signed() -> None:
    assert earlier(FIRST, SECOND, (SLIP,)) is None
    assert earlier(SECOND, SECOND, (SLIP,)) is None
    assert counts_as(SECOND, (SLIP,)) == (SECOND[:12], FIRST[:12])


def test_who_signed_before_another_meaning_stands_for_the_day_of_that_text() -> None:
    history = (SLIP, MEANING)
    assert earlier(FIRST, THIRD, history) == FEBRUARY
    assert earlier(SECOND, THIRD, history) == FEBRUARY
    assert earlier(THIRD, THIRD, history) is None
    assert counts_as(THIRD, history) == (THIRD[:12],)


def test_a_slip_after_another_meaning_leaves_both_apart() -> None:
    history = (MEANING, Correction(APRIL, Weight.MINOR, THIRD[:12], MARCH))
    now = "d" * 64
    assert earlier(SECOND, now, history) == FEBRUARY
    assert earlier(THIRD, now, history) is None


def test_a_text_that_comes_back_counts_as_the_current_one_again() -> None:
    history = (MEANING, Correction(APRIL, Weight.SUBSTANTIAL, THIRD[:12], MARCH))
    assert earlier(SECOND, SECOND, history) is None
    assert earlier(THIRD, SECOND, history) == MARCH


def test_a_text_nobody_knows_bears_no_mark() -> None:
    assert earlier("f" * 64, THIRD, (SLIP, MEANING)) is None
    assert earlier("", THIRD, (SLIP, MEANING)) is None


def test_what_another_organiser_was_asked_cannot_be_changed_below_them() -> None:
    assert next_standing(Standing.ASKED, Turn.CHOOSE) is None
    assert next_standing(Standing.ASKED, Turn.TIME) is None
    assert next_standing(Standing.READ, Turn.PUBLISH) is None
    assert next_standing(Standing.REFUSED, Turn.PUBLISH) is None
    assert all(next_standing(Standing.DONE, turn) is None for turn in Turn)
