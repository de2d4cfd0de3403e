"""The question in which language something is wanted that is made for others."""

from __future__ import annotations

from bot.dialog.messages import Phrase, Route, Saying
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, say


def languages(ask: Ask, own: Route, back: Route) -> Answer:
    """A button for each language, which leads to ``own`` with its code behind; one's own stands first."""
    codes = sorted(ask.tools.languages, key=lambda code: code != ask.language)
    buttons = [named(ask.tools.languages[code], *own, code) for code in codes]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    last = (button("b.back", *back), button("b.home", "home"))
    return say(Saying((Phrase("kit.which-language"),), (*rows, last), picker=True), again=own)
