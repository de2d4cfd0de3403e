"""What becomes of a room's wishes when the room moved or cannot be reached any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.campaign.announcement import Delivery, Policy, Subscription
from bot.campaign.refs import ChatRef
from bot.dialog.messages import Came, Incoming
from bot.ports import Ids, Tx

LOST = "lost"
"""The first word of ``Delivery.what`` of the notice that a room was lost; the second is the room."""


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
    """What a platform tells of a room: it goes on under another id, or we were put out of it."""
    if incoming.came is Came.MOVED:
        follow(tx, incoming.chat, ChatRef(incoming.chat.platform, incoming.moved), now)
    elif incoming.came is Came.REMOVED:
        lose(tx, ids, incoming.chat, ("removed", incoming.event), now)


def lose(tx: Tx, ids: Ids, chat: ChatRef, why: tuple[str, str], now: datetime) -> None:
    """Plan nothing more for a room, end its wishes and tell those who wished, once.

    ``why`` is the reason, and the id of the delivery or the event that showed it.
    """
    reason, shown_by = why
    wishes = tx.subscriptions.of(chat)
    tx.deliveries.park(chat, reason)
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


def _end(tx: Tx, wish: Subscription, now: datetime) -> None:
    tx.subscriptions.put(replace(wish, active=False, row=wish.row + 1), now)
