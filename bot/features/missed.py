"""What could not be said to a person waits until they come again: notices and answers (GOLDEN-DIALOGS 2a)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.campaign.announcement import Delivery, DeliveryState, Policy
from bot.dialog.messages import Phrase, Route
from bot.features import home, talks
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Feature
from bot.features.notices import LEADS
from bot.ports import Person, Tx

OF_SIGN_ONS = frozenset({"published", "decided", "kept", "claim"})
"""The notices that tell something new; the others only remind of what the person comes back to anyway."""
UNHEARD = "unheard"
"""Of an answer that its person could not hear; behind it stands the route that says it again."""


def keep(tx: Tx, person: Person, number: str, now: datetime) -> None:
    """Keep the answer that a person is owed and cannot hear; an open talk offers its question by itself."""
    key, what = f"notice/{UNHEARD}/{person.id}/{person.turn}", ("notice", UNHEARD, *person.owed)
    is_kept = any(each.what == what for each in tx.deliveries.missed(person.id))
    if is_kept or person.owed[:1] in {(), ("home",), talks.NOW[:1]}:
        return
    kept = Delivery(number, key, Policy.NOTICE, what, now, person=person.id, reason=UNHEARD)
    tx.deliveries.owe(replace(kept, state=DeliveryState.FAILED))


def offered(ask: Ask, answer: Answer) -> Answer:
    """The answer to a command, with the way to the oldest notice or answer that never arrived."""
    waiting = _waiting(ask)
    if not waiting or not answer.sayings or not ask.private:
        return answer
    last = answer.sayings[-1]
    rows = (*last.buttons, (button("b.news", "news", waiting[0].id),))
    return replace(answer, sayings=(*answer.sayings[:-1], replace(last, buttons=rows)))


def waited(ask: Ask, route: Route) -> Route | None:
    """Where the button leads, which then waits no longer; None where nothing waits."""
    found = next((each for each in _waiting(ask) if route == (each.id,)), None)
    if found is None:
        return None
    ask.tx.deliveries.settle(replace(found, state=DeliveryState.SENT), DeliveryState.FAILED)
    return (
        found.what[2:]
        if found.what[1] == UNHEARD
        else (*LEADS.get(found.what[1], ("mine", "see")), found.what[2])
    )


def press(ask: Ask, _route: Route) -> Answer:
    """Nothing waits any more."""
    return home.card(ask, Phrase("button.old"))


def _waiting(ask: Ask) -> list[Delivery]:
    missed = ask.tx.deliveries.missed(ask.person.id)
    return [each for each in missed if each.what[0] == "notice" and each.what[1] in {*OF_SIGN_ONS, UNHEARD}]


FEATURE = Feature("news", press)
