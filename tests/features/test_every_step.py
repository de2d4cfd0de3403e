"""Every dialog survives a kill at each step: the process dies after every single act of every transcript.

Nothing is written for it: the same lines are played, and after each the process is killed before it could
note what it answered, and starts again. In the end the records are those of the uninterrupted play.

The suite plays those in which organisers or moderators act; ``BOT_TEST_EVERY_STEP=all`` plays all.
"""

from __future__ import annotations

import json
import os
import sqlite3
from typing import Any

import pytest

from bot.app import Content
from bot.storage.direct import open_direct
from tests.stage import KEY, Shown, Stage, shipped, stage_on
from tests.transcripts.play import ACT, Play, absent, owners, scenes, set_up
from tests.transcripts.records import Rows, records
from tests.transcripts.test_transcripts import FILES, FOLDER

LEFT_OUT = {
    "people.turn": "what is said again is a turn",
}
"""Columns that differ by nature, and why."""
ALL = os.environ.get("BOT_TEST_EVERY_STEP") == "all"
CHOSEN = [name for name, text in FILES.items() if ALL or owners(text) or "@desk>" in text]


async def played(
    name: str, content: Content, languages: dict[str, str], *, killed: bool
) -> dict[str, list[dict[str, Any]]]:
    """The records that a transcript leaves; ``killed`` after every act."""
    raw = sqlite3.connect(":memory:", isolation_level=None)
    stage = stage_on(open_direct(raw, KEY), content, languages)
    stage.appoint(*owners(FILES[name]))
    await stage.open()
    the_play = Play(stage)
    for _, line, _ in scenes(FILES[name]):
        if line.startswith("?"):
            continue
        await the_play.line(line)
        if killed and ACT.fullmatch(line):
            await die(stage, the_play)
    await stage.close()
    return alike(records(raw, stage.names()))


def alike(found: Rows) -> dict[str, list[dict[str, Any]]]:
    """The rows without what differs by nature."""
    return {
        table: [
            {name: value for name, value in json.loads(row).items() if f"{table}.{name}" not in LEFT_OUT}
            for row in rows
        ]
        for table, rows in found.items()
    }


async def die(stage: Stage, the_play: Play) -> None:
    """The process is killed and starts again; a card that is said once more lies where it lay."""
    before = len(stage.messenger.shown)
    the_play.look(await stage.restart(crash=True))
    shown = stage.messenger.shown
    shown[before:] = [each for each in shown[before:] if not _lies_there(each, shown[:before])]


def _lies_there(card: Shown, earlier: list[Shown]) -> bool:
    return any(each.chat == card.chat and each.outgoing == card.outgoing for each in earlier)


@pytest.mark.parametrize("name", CHOSEN)
async def test_a_kill_after_every_act_changes_nothing(name: str) -> None:
    text = FILES[name]
    if absent(text):
        pytest.skip(f"{name} needs {absent(text)}, which is not here")
    content, languages = set_up(text, shipped(FOLDER / "data") if "more=housing" in text else shipped())
    whole, cut = [await played(name, content, languages, killed=killed) for killed in (False, True)]
    for table, rows in whole.items():
        assert cut[table] == rows, table
