"""What follows when a room lets us in, moves, cannot be reached any more, or can be reached again."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

from bot.campaign.announcement import Delivery, Policy, Subscription
from bot.campaign.refs import ChatRef, parse_chat
from bot.dialog.messages import Came, Incoming
from bot.ports import Ids, Tx

LOST = "lost"
"""The first word of ``Delivery.what`` of the notice that a room was lost; the second is the room."""
LET_IN = "let-in"
"""Of the card for the person who let us in: then come the room, its name, "muted" where we may not post, and
"channel" where nobody but those who run the room speaks there.
"""
GREETED = "greeted"
"""Of the card in a group whose person we cannot write to; the second word is the room."""

SILENCED = Came.SILENCED.value
MAY_RETURN = frozenset({SILENCED, "no-right"})
"""Why a room was lost that may hear us again: somebody took our rights away."""

_LONGEST_NAME = 128
_OFFERED_FOR = timedelta(days=1)


def follow(tx: Tx, old: ChatRef, new: ChatRef, now: datetime) -> None:
    """The room's wishes and its language go with it; what is planned for it follows when it is tried."""
    for wish in tx.subscriptions.of(old):
        known = tx.subscriptions.get(new, wish.campaign)
        if not (known and known.active):
            tx.subscriptions.put(replace(wish, chat=new, row=known.row + 1 if known else 1), now)
        _end(tx, wish, now)
    language = tx.chats.language(old)
    if language and not tx.chats.language(new):
        tx.chats.choose_language(new, language)


def is_owed_twice(tx: Tx, delivery: Delivery, new: ChatRef) -> bool:
    """Whether a room that moved to ``new`` wished there anew, and so is owed the same under both its ids."""
    stem = delivery.key.removesuffix(str(delivery.chat))
    return stem != delivery.key and tx.deliveries.by_key(f"{stem}{new}") is not None


def changed(ids: Ids, tx: Tx, incoming: Incoming, now: datetime) -> None:
    """What a platform tells of a room: we were let in or put out, or it goes on under another id."""
    if incoming.came in {Came.ADDED, Came.MUTED}:
        _let_in(ids, tx, incoming, now)
    elif incoming.came is Came.MOVED:
        follow(tx, incoming.chat, ChatRef(incoming.chat.platform, incoming.moved), now)
    elif incoming.came is Came.RETURNED:
        come_back(tx, incoming.chat, now)
    elif incoming.came in {Came.REMOVED, Came.SILENCED}:
        lose(tx, ids, incoming.chat, (incoming.came.value, incoming.event), now)


def _let_in(ids: Ids, tx: Tx, incoming: Incoming, now: datetime) -> None:
    """Offer to post there: privately to the person, in the group itself where the platform hides them."""
    muted = Came.MUTED.value if incoming.came is Came.MUTED else ""
    kind = "channel" if incoming.broadcast else ""
    what = (LET_IN, str(incoming.chat), incoming.title[:_LONGEST_NAME], muted, kind)
    if incoming.person is None:
        _greet(ids, tx, what, now)
        return
    person = tx.people.meet(incoming.person, incoming.locale, now).id
    key = f"{LET_IN}/{incoming.chat.platform}/{incoming.event}"
    tx.deliveries.owe(
        Delivery(ids.new(), key, Policy.NOTICE, what, now, person=person, expires=now + _OFFERED_FOR)
    )


def unheard(ids: Ids, tx: Tx, delivery: Delivery, now: datetime) -> None:
    """A delivery whose person cannot be written to: an offer is made in the group instead, once."""
    if delivery.what[0] == LET_IN:
        _greet(ids, tx, delivery.what, now)


def _greet(ids: Ids, tx: Tx, what: tuple[str, ...], now: datetime) -> None:
    _, room, _, muted, kind = what
    if muted or kind:
        return
    tx.deliveries.owe(
        Delivery(
            ids.new(),
            f"{GREETED}/{room}",
            Policy.NOTICE,
            (GREETED, room),
            now,
            chat=parse_chat(room),
            expires=now + _OFFERED_FOR,
        )
    )


def lose(tx: Tx, ids: Ids, chat: ChatRef, why: tuple[str, str], now: datetime) -> None:
    """Plan nothing more for a room, end its wishes and tell those who wished, once.

    ``why`` is the reason, and the id of the delivery or the event that showed it. Where only our rights were
    taken away, the wishes are noted.
    """
    reason, shown_by = why
    wishes = tx.subscriptions.of(chat)
    tx.deliveries.park(chat, reason)
    if wishes or reason not in MAY_RETURN:
        ended = {wish.campaign: wish.row + 1 for wish in wishes} if reason in MAY_RETURN else {}
        tx.notes.put(_noted(chat), json.dumps(ended) if ended else "")
    for wish in wishes:
        _end(tx, wish, now)
    for person in sorted({wish.by for wish in wishes} - {""}):
        tx.deliveries.owe(
            Delivery(
                id=ids.new(),
                key=f"{LOST}/{shown_by}/{person}",
                policy=Policy.NOTICE,
                what=(LOST, str(chat)),
                due=now,
                person=person,
            )
        )


def come_back(tx: Tx, chat: ChatRef, now: datetime) -> None:
    """The wishes that ended as our rights were taken away are back, but what somebody touched since then."""
    ended: dict[str, int] = json.loads(tx.notes.get(_noted(chat)) or "{}")
    if not ended:
        return
    tx.notes.put(_noted(chat), "")
    for campaign, row in ended.items():
        wish = tx.subscriptions.get(chat, campaign)
        if wish and wish.row == row and not wish.active:
            tx.subscriptions.put(replace(wish, active=True, row=row + 1), now)


def _noted(chat: ChatRef) -> str:
    return f"{SILENCED}/{chat}"


def _end(tx: Tx, wish: Subscription, now: datetime) -> None:
    tx.subscriptions.put(replace(wish, active=False, row=wish.row + 1), now)
