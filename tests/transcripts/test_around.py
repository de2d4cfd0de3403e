"""Transcripts of what one person alone sees in a room, played where a platform has such cards."""

from __future__ import annotations

import pytest

from bot.storage.direct import open_direct
from tests.stage import KEY, shipped
from tests.transcripts.on_discord import LANGUAGES, discord_theatre
from tests.transcripts.play import play, set_up
from tests.transcripts.rules import broken
from tests.transcripts.test_everywhere import empty
from tests.transcripts.test_transcripts import FOLDER

FILES = {path.name: path.read_text("utf-8") for path in sorted((FOLDER / "around").glob("*.txt"))}
SPOKEN = ["en", *(code for code in shipped().phrases.offered if code in LANGUAGES)]


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("name", FILES)
async def test_what_one_person_alone_sees(name: str, language: str) -> None:
    content, _ = set_up(FILES[name], shipped())
    people = dict.fromkeys(("mira", "noor"), language)
    async with discord_theatre(content, open_direct(empty(), KEY), people) as theatre:
        theatre.language = language.removeprefix("en")
        await play(name, FILES[name], theatre)
        assert broken(theatre.witness.shown, content.phrases) == set()
        assert (theatre.server.refusals, theatre.server.pings) == ([], [])
