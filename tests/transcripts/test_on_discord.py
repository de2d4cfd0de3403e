"""Every transcript runs on Discord too and leaves the same records as on the stage; forms leave them too."""

from __future__ import annotations

import pytest

from bot.app import Content
from bot.storage.direct import open_direct
from tests.stage import KEY, shipped, stage_on
from tests.transcripts.discord_lines import LEFT_OUT, compared, rewritten, shortened
from tests.transcripts.on_discord import discord_theatre
from tests.transcripts.play import play, set_up
from tests.transcripts.records import Rows, records
from tests.transcripts.test_everywhere import empty
from tests.transcripts.test_transcripts import FILES, FOLDER

SHOWN = [name for name in FILES if name not in LEFT_OUT]


def content_of(text: str) -> tuple[Content, dict[str, str]]:
    """What a transcript is played with."""
    return set_up(text, shipped(FOLDER / "data") if "more=housing" in text else shipped())


async def on_stage(name: str, text: str) -> Rows:
    """The records of a transcript on the stage."""
    content, languages = content_of(text)
    raw = empty()
    stage = stage_on(open_direct(raw, KEY), content, languages)
    await play(name, text, stage)
    await stage.close()
    return compared(name, records(raw, stage.names()))


@pytest.mark.parametrize("name", SHOWN)
async def test_a_transcript_leaves_the_same_records_on_discord(name: str) -> None:
    content, languages = content_of(FILES[name])
    raw = empty()
    async with discord_theatre(content, open_direct(raw, KEY), languages) as theatre:
        await play(name, rewritten(name, FILES[name]), theatre)
        await theatre.close()
        said = {each["message"] for _, each in theatre.server.refusals}
        assert said <= {"Interaction has already been acknowledged."}, theatre.server.refusals
        assert theatre.server.pings == []
        left = compared(name, records(raw, theatre.names()))
    assert left == await on_stage(name, shortened(name, FILES[name]))


def test_what_is_left_out_is_there() -> None:
    assert LEFT_OUT.keys() <= FILES.keys()
