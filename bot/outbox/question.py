"""The question to moderators about a post of which nobody knows whether it arrived, and their answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.campaign.announcement import Delivery, DeliveryState, Policy
from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Button, Phrase, Saying, Value
from bot.outbox.outcome import SEEN, answered
from bot.ports import Ids, Tx

COMPOSER = "unknown"
"""The first word of a question's ``Delivery.what`` and of its buttons' routes; the post's key follows."""


Moderator = ChatRef | AccountRef
"""Who is asked: a chat of moderators, or somebody in private."""


def owe(ids: Ids, moderators: Iterable[Moderator], tx: Tx, unknown: Delivery, now: datetime) -> None:
    """Owe the question about ``unknown`` to moderators, by their chats or accounts."""
    for moderator in moderators:
        chat, person = _receiver(tx, moderator, now)
        key = _key(unknown, chat, person)
        question = Delivery(
            id=ids.new(),
            key=key,
            policy=Policy.EDIT,
            what=(COMPOSER, unknown.key),
            due=now,
            chat=chat,
            person=person,
        )
        if not tx.deliveries.owe(question):
            tx.deliveries.renew(key, now)


def answer(moderators: Iterable[Moderator], tx: Tx, key: str, now: datetime, *, there: bool) -> bool:
    """A moderator looked: the post is there, or is to be sent again. False where it was answered before."""
    post = tx.deliveries.by_key(key)
    if not post or not tx.deliveries.settle(answered(post, now, there=there), DeliveryState.UNKNOWN):
        return False
    for moderator in moderators:
        tx.deliveries.renew(_key(post, *_receiver(tx, moderator, now)), now)
    return True


def card(tx: Tx, key: str) -> Saying | None:
    """The question as it stands now: open with its two buttons, or answered."""
    post = tx.deliveries.by_key(key)
    if post is None or post.chat is None:
        return None
    where: dict[str, Value] = {"platform": Phrase(f"platform.{post.chat.platform}"), "chat": post.chat.id}
    if post.state is not DeliveryState.UNKNOWN:
        told = (
            "unknown.there" if post.state is DeliveryState.SENT and post.reason == SEEN else "unknown.again"
        )
        return Saying((Phrase(told, where),))
    buttons = (
        Button(Phrase("b.it-is-there"), (COMPOSER, "there", key)),
        Button(Phrase("b.send-again"), (COMPOSER, "again", key)),
    )
    return Saying((Phrase("unknown.question", where),), (buttons,))


def _receiver(tx: Tx, moderator: Moderator, now: datetime) -> tuple[ChatRef | None, str]:
    """The chat, or the person with this account: no key may hold an account."""
    if isinstance(moderator, ChatRef):
        return moderator, ""
    return None, tx.people.meet(moderator, "", now).id


def _key(unknown: Delivery, chat: ChatRef | None, person: str) -> str:
    return f"{COMPOSER}/{unknown.id}/{chat or person}"
