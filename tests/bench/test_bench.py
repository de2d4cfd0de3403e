"""The bench itself: both bots play the whole talk, and their processor time is counted."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.bench.talk import STEPS
from tests.bench.telegram import Measured, measure, table

PEOPLE = 3


@pytest.mark.parametrize("name", ["ours, webhook", "baseline"])
async def test_everybody_is_thanked_and_the_time_is_counted(name: str) -> None:
    module = ["tests.bench.baseline"] if name == "baseline" else ["bot", "run"]
    found = await measure(name, module, PEOPLE, at_once=PEOPLE, warm=1, quiet=0.05)
    assert found.updates == PEOPLE * len(STEPS)
    assert found.starting > 0
    presses = sum(bool(step.presses) for step in STEPS)
    assert found.calls["answerCallbackQuery"] == PEOPLE * presses


def test_the_table_says_how_many_times_cheaper() -> None:
    ours, other = (
        Measured(name, 1000, cpu, 1.0, 0.5, 100.0, found)
        for name, cpu, found in (
            ("ours", 1.0, Counter({"sendMessage": 1430})),
            ("other", 4.0, Counter[str]()),
        )
    )
    assert "| ours | 1.00 | 4.00 |" in table([ours, other])
