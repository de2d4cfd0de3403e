"""Nothing the bot says is cut in parts on Discord, and no form is cut short there (PLATFORMS 2.1, 4.3).

Every card, page and post of every transcript is one message, and every form that a card stands for fits its
limits as it is; "…" stands only where it was written. All that somebody wrote, shown to the organisers, may
take two. ``write`` and ``write_form`` can cut, for texts that nobody foresaw.
"""

from __future__ import annotations

import json

import pytest

from bot.dialog.messages import Outgoing, Sheet
from bot.platforms.discord.forms import MOST_BLANKS, MOST_OPTIONS, write_form
from bot.platforms.discord.writing import write
from tests.peers.discord.modals import check_modal
from tests.stage import open_stage, shipped
from tests.transcripts.play import play, set_up
from tests.transcripts.test_transcripts import FILES, FOLDER


@pytest.mark.parametrize("language", ["", "th", "fil"])
@pytest.mark.parametrize("name", FILES)
async def test_every_card_post_and_form_of_a_transcript_fits(name: str, language: str) -> None:
    text = FILES[name]
    content, languages = set_up(text, shipped(FOLDER / "data") if "more=housing" in text else shipped())
    stage = open_stage(content, None, {} if language else languages, language)
    await play(name, text, stage)
    assert stage.messenger.shown
    for shown in stage.messenger.shown:
        parts = write(shown.outgoing)
        assert len(parts) <= 1 + ("sign.label-message" in shown.phrases), shown.phrases
        labels = [key.label for row in shown.outgoing.keys for key in row]
        assert ends([part["components"] for part in parts]) <= ends(labels) + ends(opener(shown.outgoing)), (
            shown.phrases
        )
        if shown.outgoing.sheet:
            assert_form_fits(shown.outgoing.sheet)


def ends(thing: object) -> int:
    """How often something is cut short in it."""
    return json.dumps(thing, ensure_ascii=False).count("…")


def opener(outgoing: Outgoing) -> str:
    return outgoing.sheet.opener.label if outgoing.sheet else ""


def assert_form_fits(sheet: Sheet) -> None:
    form = write_form(sheet)
    check_modal(form)
    assert len(sheet.blanks) <= MOST_BLANKS, sheet.title
    for blank in sheet.blanks:
        assert len(blank.options) <= MOST_OPTIONS - blank.words, blank.key
    blanks = [
        (blank.label, blank.hint, blank.value, [label for _, label in blank.options], sheet.other)
        for blank in sheet.blanks
    ]
    assert ends(form) <= ends([sheet.title, *blanks]), (sheet.title, form)
