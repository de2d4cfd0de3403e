"""A moderator's word on a post of which nobody knows whether it arrived: it is there, or send it again."""

from __future__ import annotations

from bot.dialog.messages import Phrase, Route
from bot.features import guards
from bot.features.feature import Answer, Ask, Feature


def press(ask: Ask, route: Route) -> Answer:
    """("there" | "again", key of the delivery)."""
    if not guards.is_moderator(ask):
        return guards.told(ask, Phrase("review.not-you"))
    match route:
        case ("there" | "again" as word, key):
            settled = ask.tools.settle_unknown(ask.tx, key, ask.now, there=word == "there")
            return guards.told(ask, Phrase("unknown.noted" if settled else "review.late"))
        case _:
            return guards.told(ask, Phrase("review.gone"))


FEATURE = Feature("unknown", press, public=True)
