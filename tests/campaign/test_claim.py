from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bot.campaign.claim import TURNS, Doubt, Standing, Turn, decided, next_standing
from bot.campaign.endorsement import LIVE, STEPS, State, Step


def test_every_turn_from_every_standing_is_in_the_table_or_cannot_be_taken() -> None:
    for standing, turn in product(Standing, Turn):
        assert next_standing(standing, turn) == TURNS.get((standing, turn))


@given(st.lists(st.sampled_from(Turn)))
def test_nobody_looks_after_an_entry_unless_it_was_granted_and_not_ended_since(turns: list[Turn]) -> None:
    standing = Standing.ASKED
    taken = []
    for turn in turns:
        after = next_standing(standing, turn)
        taken += [turn] if after else []
        standing = after or standing
    deciding = [turn for turn in taken if turn in {Turn.GRANT, Turn.END, Turn.REFUSE}]
    assert (standing is Standing.GRANTED) == (deciding[-1:] == [Turn.GRANT] and taken[-1] is Turn.GRANT)


def test_what_was_granted_is_not_refused_or_asked_again() -> None:
    assert next_standing(Standing.GRANTED, Turn.REFUSE) is None
    assert next_standing(Standing.GRANTED, Turn.ASK) is None


def test_a_disagreement_is_decided_once() -> None:
    assert decided(Doubt.OPEN, Doubt.STAYS) is Doubt.STAYS
    assert decided(Doubt.OPEN, Doubt.OPEN) is None
    for over, decision in product((Doubt.STAYS, Doubt.OFF), Doubt):
        assert decided(over, decision) is None


def test_forgetting_who_signed_changes_no_state() -> None:
    for state in State:
        assert STEPS[state, Step.UNLINK] is state
    for state in LIVE:
        assert STEPS[state, Step.SETTLE_ON] is state
        assert STEPS[state, Step.SETTLE_OFF] is State.WITHDRAWN
