"""The post of a channel: when it may go out, which others join it, and what it says when it does.

A channel gets one post a day at most and none in its quiet hours. What waits for the same channel meanwhile
joins the post that goes out, as one card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.campaign.announcement import Announcement, Delivery, DeliveryState, Subscription
from bot.campaign.refs import ChatRef
from bot.campaign.schedule import held_until, local_day, next_day
from bot.content.catalog import Catalog
from bot.dialog.messages import Saying
from bot.outbox.compose import COMPOSER
from bot.outbox.stories import story
from bot.ports import Tx
from bot.publication import posts

_POSTED = frozenset({DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN})
_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Post:
    """A card for a channel, with the language and zone it is read in."""

    saying: Saying
    language: str
    zone: str


def post(tx: Tx, catalog: Catalog, delivery: Delivery, now: datetime) -> Post | datetime | None:
    """What a delivery of an announcement says now; a later time where it has to wait; None: no news any more.

    Others that wait for the same channel are joined: they are settled as skipped in this transaction.
    """
    announcement = tx.announcements.get(delivery.what[1])
    wish = _wish(tx, delivery.chat, announcement) if announcement else None
    if delivery.chat is None or announcement is None or wish is None:
        return None
    around = [each for each in tx.deliveries.by_chat(delivery.chat, _LOOKED_AT) if _beside(each, delivery)]
    joined = [each for each in around if each.reason == _with(delivery)]
    if not delivery.message:
        when = _allowed(wish, around, now)
        if when > now:
            return when
        joined += _join(tx, delivery, around, wish, now)
    told = [
        story(tx, catalog, each, its_wish, now)
        for each in _announcements(tx, [delivery, *joined])
        if (its_wish := _wish(tx, delivery.chat, each))
    ]
    stories = [each for each in told if each]
    return Post(posts.card(stories), wish.language, wish.zone) if stories else None


def _wish(tx: Tx, chat: ChatRef | None, announcement: Announcement) -> Subscription | None:
    wish = tx.subscriptions.get(chat, announcement.campaign) if chat else None
    return wish if wish and wish.active and announcement.kind in wish.news else None


def _beside(other: Delivery, delivery: Delivery) -> bool:
    return other.id != delivery.id and other.what[0] == COMPOSER


def _with(delivery: Delivery) -> str:
    return f"with:{delivery.id}"


def _allowed(wish: Subscription, around: Sequence[Delivery], now: datetime) -> datetime:
    """The first time from now on that is outside quiet hours and on a day without a post."""
    today = local_day(now, wish.zone)
    posted = {
        local_day(each.first_try, wish.zone) for each in around if each.state in _POSTED and each.first_try
    }
    at = next_day(now, wish.zone) if today in posted else now
    return held_until(at, wish.zone, wish.quiet_from, wish.quiet_to)


def _join(
    tx: Tx, delivery: Delivery, around: Sequence[Delivery], wish: Subscription, now: datetime
) -> list[Delivery]:
    """Settle as skipped what waits for this channel until the end of today and fits on one card."""
    today = local_day(now, wish.zone)
    waiting = [
        each
        for each in around
        if each.state is DeliveryState.PLANNED and local_day(each.due, wish.zone) <= today
    ]
    campaigns: set[str] = {each.campaign for each in _announcements(tx, [delivery])}
    joined = []
    for each in waiting:
        about = {announcement.campaign for announcement in _announcements(tx, [each])}
        if len(campaigns | about) <= posts.MOST_CAMPAIGNS:
            skipped = replace(each, state=DeliveryState.SKIPPED, reason=_with(delivery))
            if tx.deliveries.settle(skipped, DeliveryState.PLANNED):
                campaigns |= about
                joined.append(skipped)
    return joined


def _announcements(tx: Tx, deliveries: Sequence[Delivery]) -> list[Announcement]:
    """The announcements of these deliveries in the order in which they became due."""
    found = [tx.announcements.get(each.what[1]) for each in deliveries]
    return sorted((each for each in found if each), key=lambda each: (each.due, each.id))
