"""Every transcript is played on the real bot over a real store."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stage import open_stage, shipped
from tests.transcripts.play import play, set_up

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_transcript(path: Path, tmp_path: Path) -> None:
    text = path.read_text("utf-8")
    content, languages = set_up(text, shipped())
    stage = open_stage(content, tmp_path, languages)
    await play(path.name, text, stage)
    await stage.store.close()
