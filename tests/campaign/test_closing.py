from __future__ import annotations

from bot.campaign.closing import Stage, Turn, next_stage


def test_a_list_is_closed_then_handed_over_then_told_and_never_goes_back() -> None:
    stage = Stage.OPEN
    for turn, after in (
        (Turn.SET, Stage.OPEN),
        (Turn.CLOSE, Stage.CLOSED),
        (Turn.REOPEN, Stage.OPEN),
        (Turn.CLOSE, Stage.CLOSED),
        (Turn.DELIVER, Stage.DELIVERED),
        (Turn.DELIVER, Stage.DELIVERED),
        (Turn.TELL, Stage.TOLD),
    ):
        found = next_stage(stage, turn)
        assert found is after, (stage, turn)
        stage = found
    assert {next_stage(Stage.TOLD, turn) for turn in Turn} == {None}
    assert {next_stage(Stage.DELIVERED, turn) for turn in (Turn.SET, Turn.CLOSE, Turn.REOPEN)} == {None}


def test_of_two_who_close_only_the_first_can() -> None:
    assert next_stage(Stage.CLOSED, Turn.CLOSE) is None
    assert next_stage(Stage.OPEN, Turn.DELIVER) is None
    assert next_stage(Stage.CLOSED, Turn.TELL) is None
