from __future__ import annotations

from itertools import product

from bot.campaign.invitation import SILENT, TURNS, Standing, Turn, next_standing


def test_every_turn_from_every_standing_is_in_the_table_or_cannot_be_taken() -> None:
    for standing, turn in product(Standing, Turn):
        assert next_standing(standing, turn) == TURNS.get((standing, turn))


def test_what_was_signed_or_taken_back_stays_so() -> None:
    for standing in (Standing.SIGNED, Standing.CANCELLED):
        assert not any(next_standing(standing, turn) for turn in Turn)


def test_nothing_is_signed_through_a_link_that_nobody_opened() -> None:
    assert next_standing(Standing.INVITED, Turn.SIGN) is None
    assert Standing.DECLINED not in SILENT
