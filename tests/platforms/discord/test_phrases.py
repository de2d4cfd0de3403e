"""Titles, labels and hints of the forms stand on Discord uncut, in every language."""

from __future__ import annotations

from bot.dialog.messages import Phrase
from bot.features.sign import DIALOGS
from bot.platforms.discord.forms import LONGEST_HINT, LONGEST_LABEL, LONGEST_TITLE
from tests.stage import HandClock, shipped


def test_forms_fit() -> None:
    phrases, now = shipped().phrases, HandClock().now()
    limits = {
        **{dialog.title: LONGEST_TITLE for dialog in DIALOGS.values()},
        **{
            each.label: LONGEST_LABEL
            for dialog in DIALOGS.values()
            for each in dialog.questions
            if each.label
        },
        **{each.hint: LONGEST_HINT for dialog in DIALOGS.values() for each in dialog.questions if each.hint},
    }
    assert limits
    for key, longest in limits.items():
        for language in phrases.languages:
            assert len(phrases.text(language, Phrase(key), now, "UTC")) <= longest, (language, key)
