from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.campaign.milestone import reached

MILESTONES = (10, 25, 50)


def test_a_milestone_is_reached_by_the_name_that_makes_it() -> None:
    assert reached(24, 25, MILESTONES) == 25
    assert reached(25, 26, MILESTONES) is None
    assert reached(25, 24, MILESTONES) is None


def test_of_several_the_greatest_is_told() -> None:
    assert reached(3, 60, MILESTONES) == 50


def test_names_filled_in_from_earlier_reach_nothing() -> None:
    assert reached(0, 20, MILESTONES, filled=True) is None


@given(st.lists(st.integers(0, 100)), st.sets(st.integers(1, 100)))
def test_step_by_step_every_milestone_passed_upwards_is_met(counts: list[int], milestones: set[int]) -> None:
    for before, after in pairwise(counts):
        found = reached(before, after, milestones)
        assert (found is None) == (not any(before < m <= after for m in milestones))
        assert found is None or before < found <= after
