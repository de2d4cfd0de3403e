"""The organisers' desk: a card to every moderators' chat, or to the owners where there is none.

In private an owner's phone may lie in sight: there a card comes as a notice that names nothing, and [Show]
leads to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.campaign.announcement import Delivery, Policy
from bot.campaign.refs import ChatRef
from bot.dialog.messages import Phrase, Route, Saying
from bot.features.buttons import button
from bot.features.feature import Tools
from bot.ports import Tx


def owe(tx: Tx, tools: Tools, key: str, what: tuple[str, ...], now: datetime) -> None:
    """Owe the card ``what`` to everybody at the desk; where it was owed before, it is shown as it is now."""
    for receiver, chat, person in _receivers(tx, tools, now):
        own = f"{key}/{receiver}"
        owed = Delivery(tools.ids.new(), own, Policy.EDIT, what, now, chat=chat, person=person)
        if not tx.deliveries.owe(owed):
            tx.deliveries.renew(own, now)


def renew(tx: Tx, tools: Tools, key: str, now: datetime) -> None:
    """The card shows the new truth, wherever it was owed."""
    for receiver, _chat, _person in _receivers(tx, tools, now):
        tx.deliveries.renew(f"{key}/{receiver}", now)


def _receivers(tx: Tx, tools: Tools, now: datetime) -> Iterator[tuple[str, ChatRef | None, str]]:
    for chat in tools.moderators:
        yield str(chat), chat, ""
    for owner in () if tools.moderators else sorted(tools.owners):
        person = tx.people.meet(owner, "", now).id
        yield person, None, person


def discreet(delivery: Delivery, route: Route, card: Saying | None) -> Saying | None:
    """The card, or for its first arrival in private a notice whose [Show] leads to ``route``."""
    if card is None or not delivery.person or delivery.message:
        return card
    return Saying((Phrase("notice.desk"),), ((button("b.show", *route),),))
