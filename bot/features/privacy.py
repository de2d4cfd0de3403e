"""/privacy: what is kept, for whom, for how long, and how to take it back."""

from __future__ import annotations

from bot.dialog.messages import Phrase, Route, Saying
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Feature, say


def press(_ask: Ask, _route: Route) -> Answer:
    """The card."""
    rows = ((button("b.mine", "mine"), button("b.clear", "clear")), (button("b.home", "home"),))
    return say(Saying((Phrase("privacy.text"),), rows), again=("privacy",))


FEATURE = Feature("privacy", press, {"privacy": lambda ask, _args: press(ask, ())}, public=True)
