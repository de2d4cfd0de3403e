from __future__ import annotations

import logging

import pytest

from bot.dialog.messages import Button, Phrase, Saying
from bot.features.turn import Said
from bot.log import Event
from tests.stage import open_stage, shipped

GOOD, BAD = Phrase("talk.over"), Phrase("there.is-no-such")


def logged(caplog: pytest.LogCaptureFixture) -> list[object]:
    return [record.__dict__["fields"] for record in caplog.records if record.msg is Event.PHRASE_BROKEN]


@pytest.mark.parametrize(
    ("saying", "broken"),
    [
        (Saying((GOOD,), ((Button(GOOD, ("home",)),),)), False),
        (Saying((GOOD, BAD)), True),
        (Saying((GOOD,), ((Button(BAD, ("home",)),),)), True),
    ],
)
async def test_a_phrase_that_cannot_be_said_is_logged_with_its_language(
    caplog: pytest.LogCaptureFixture, saying: Saying, *, broken: bool
) -> None:
    stage = open_stage(shipped())
    with caplog.at_level(logging.ERROR, "bot"):
        (card,) = stage.bot.turns.render(Said((saying,), language="ms"))
    assert ("bot.broken" in card.phrases) == broken
    assert logged(caplog) == [{"kind": "ms"}] * broken
    await stage.store.close()
