"""Every transcript is played on the real bot over a real store."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stage import open_stage, shipped
from tests.transcripts.play import play, set_up

FOLDER = Path(__file__).parent
FILES = {path.name: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.txt"))}


@pytest.mark.parametrize("name", FILES)
async def test_transcript(name: str, tmp_path: Path) -> None:
    text = FILES[name]
    content, languages = set_up(text, shipped(FOLDER / "data") if "more=housing" in text else shipped())
    stage = open_stage(content, tmp_path, languages)
    await play(name, text, stage)
    await stage.store.close()
