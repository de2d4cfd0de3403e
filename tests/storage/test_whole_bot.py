"""The whole bot on each database: the same transcripts, the same list."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.opening import open_store
from tests.stage import KEY, shipped, stage_on
from tests.transcripts.play import play, set_up
from tests.transcripts.test_transcripts import FILES

PLAYED = ("first_campaign.txt", "my_sign_ons.txt", "news.txt", "restarts.txt", "sign_person.txt")


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    path: Path = request.getfixturevalue("sqlite_path")
    return f"sqlite:///{path}"


@pytest.mark.parametrize("name", PLAYED)
async def test_a_transcript_on_each_database(name: str, url: str) -> None:
    content, languages = set_up(FILES[name], shipped())
    store = await open_store(url, KEY)
    try:
        await play(name, FILES[name], stage_on(store, content, languages))
    finally:
        await store.close()
