"""[Clear this talk] (FEATURES P6): one short card remains of all that was said in our own chat.

Only what is shown goes: what was signed stands, and an unfinished talk can go on. It is an answer like any
other: whoever pressed is owed it until it was sent, so a crash in the middle only has it said, and the rest
taken away, once more.
"""

from __future__ import annotations

from bot.dialog.messages import Phrase, Route, Saying
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Feature, say


def press(_ask: Ask, _route: Route) -> Answer:
    """The card that remains."""
    rows = ((button("b.home", "home"),),)
    return say(Saying((Phrase("clear.done"),), rows, clears=True), again=("clear",))


FEATURE = Feature("clear", press)
