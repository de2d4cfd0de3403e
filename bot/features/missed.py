"""Notices that could not be sent wait until their person comes again (GOLDEN-DIALOGS 2a)."""

from __future__ import annotations

from dataclasses import replace

from bot.campaign.announcement import Delivery, DeliveryState
from bot.dialog.messages import Phrase, Route
from bot.features import home, mine
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Feature

OF_SIGN_ONS = frozenset({"published", "decided"})
"""The notices that tell something new; the others only remind of what the person comes back to anyway."""


def offered(ask: Ask, answer: Answer) -> Answer:
    """The answer to a command, with the way to the oldest notice that never arrived."""
    waiting = _waiting(ask)
    if not waiting or not answer.sayings or not ask.private:
        return answer
    last = answer.sayings[-1]
    rows = (*last.buttons, (button("b.news", "news", waiting[0].id),))
    return replace(answer, sayings=(*answer.sayings[:-1], replace(last, buttons=rows)))


def press(ask: Ask, route: Route) -> Answer:
    """Show what the notice was about; it waits no longer."""
    found = next((each for each in _waiting(ask) if route == (each.id,)), None)
    if found is None:
        return home.card(ask, Phrase("button.old"))
    ask.tx.deliveries.settle(replace(found, state=DeliveryState.SENT), DeliveryState.FAILED)
    return mine.press(ask, ("see", found.what[2]))


def _waiting(ask: Ask) -> list[Delivery]:
    missed = ask.tx.deliveries.missed(ask.person.id)
    return [each for each in missed if each.what[0] == "notice" and each.what[1] in OF_SIGN_ONS]


FEATURE = Feature("news", press)
