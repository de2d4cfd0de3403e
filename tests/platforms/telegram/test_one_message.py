"""Nothing the bot says is cut in parts on Telegram, so that nothing can be half said (PLATFORMS 4.3).

Every card, page and post of every transcript is one message, the longest ones among them; only a file comes
beside its card. ``write`` can cut, for texts that nobody foresaw.
"""

from __future__ import annotations

import pytest

from bot.platforms.telegram.writing import write
from tests.stage import open_stage, shipped
from tests.transcripts.play import play, set_up
from tests.transcripts.test_transcripts import FILES, FOLDER


@pytest.mark.parametrize("language", ["", "th", "fil"])
@pytest.mark.parametrize("name", FILES)
async def test_every_card_and_post_of_a_transcript_is_one_message(name: str, language: str) -> None:
    text = FILES[name]
    content, languages = set_up(text, shipped(FOLDER / "data") if "more=housing" in text else shipped())
    stage = open_stage(content, None, {} if language else languages, language)
    await play(name, text, stage)
    assert stage.messenger.shown
    for shown in stage.messenger.shown:
        parts = write(shown.outgoing, "solidarity_bot")
        assert len(parts) == 1, shown.phrases
