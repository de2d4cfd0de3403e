"""A moderator's word on a post of which nobody knows whether it arrived: it is there, or send it again."""

from __future__ import annotations

from bot.dialog.messages import Phrase, Route, Saying
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.guards import is_moderator


def press(ask: Ask, route: Route) -> Answer:
    """("there" | "again", key of the delivery)."""
    if not is_moderator(ask):
        return say(Saying((Phrase("review.not-you"),), only=True))
    match route:
        case ("there" | "again" as word, key):
            told = ask.tools.settle_unknown(ask.tx, key, ask.now, there=word == "there")
            return say(Saying((Phrase("unknown.noted" if told else "review.late"),), only=True))
        case _:
            return say(Saying((Phrase("review.gone"),), only=True))


FEATURE = Feature("unknown", press, public=True)
