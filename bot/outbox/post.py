"""The post of a channel: when it may go out, which others join it, and what it says when it does.

A channel gets one post a day at most and none in its quiet hours. What waits for the same channel meanwhile
joins the post that goes out, as one card. The edit of a post that is there waits for nothing and tells what
was told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.campaign.announcement import Announcement, Delivery, DeliveryState, News, Subscription
from bot.campaign.schedule import held_until, local_day, next_day
from bot.content.catalog import Catalog
from bot.dialog.messages import Saying
from bot.outbox.compose import COMPOSER
from bot.outbox.stories import Moment, story
from bot.ports import Tx
from bot.publication import posts

_POSTED = frozenset({DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN})
_LOOKED_AT, _LOOKED_BACK = 50, 1000
"""So many deliveries of a channel are looked at for what joins a post, and for what joined an older one."""


@dataclass(frozen=True, slots=True)
class Post:
    """A card for a channel, with the language and zone it is read in."""

    saying: Saying
    language: str
    zone: str


@dataclass(frozen=True, slots=True)
class Told:
    """An announcement and what it says."""

    announcement: Announcement
    story: posts.Story


def post(tx: Tx, catalog: Catalog, delivery: Delivery, now: datetime) -> Post | datetime | None:
    """What a delivery of an announcement says now; a later time where it has to wait; None: no news any more.

    Others that wait for the same channel are joined: they are settled as skipped in this transaction.
    """
    wished = _wished(tx, delivery, ever=bool(delivery.message))
    if wished is None:
        return None
    _, wish = wished
    if delivery.message:
        told = _told_then(tx, catalog, delivery, Moment(delivery.first_try or now, again=True))
    else:
        around = _beside(tx, delivery, _LOOKED_AT)
        when = _allowed(wish, around, now)
        if when > now:
            return when
        told = _told_now(tx, catalog, delivery, _waiting(delivery, around, wish, now), now)
    told.sort(key=lambda each: (each.announcement.due, each.announcement.kind, each.announcement.id))
    return Post(posts.card(each.story for each in told), wish.language, wish.zone) if told else None


def _wished(tx: Tx, delivery: Delivery, *, ever: bool) -> tuple[Announcement, Subscription] | None:
    """What it announces and its channel's wish for that; ``ever``: also a wish that ended."""
    announcement = tx.announcements.get(delivery.what[1])
    if announcement is None or delivery.chat is None:
        return None
    wish = tx.subscriptions.get(delivery.chat, announcement.campaign)
    wishes = wish and (ever or (wish.active and _is_wished(announcement.kind, wish)))
    return (announcement, wish) if wish and wishes else None


def _is_wished(kind: News, wish: Subscription) -> bool:
    """Whether a channel wishes to hear this: how it ended hears whoever wishes to hear anything."""
    return kind in wish.news or (kind is News.DELIVERED and bool(wish.news))


def _told_then(tx: Tx, catalog: Catalog, delivery: Delivery, moment: Moment) -> list[Told]:
    """What a post that is there says of the time when it was posted, with what had joined it."""
    joined = [each for each in _beside(tx, delivery, _LOOKED_BACK) if each.reason == _with(delivery)]
    found = (_told(tx, catalog, each, moment) for each in (delivery, *joined))
    return [each for each in found if each]


def _told_now(
    tx: Tx, catalog: Catalog, delivery: Delivery, waiting: Sequence[Delivery], now: datetime
) -> list[Told]:
    """What goes out now, and what joins it: settled as skipped. Nothing joins what is no news any more.

    What had joined at an earlier try and does so no more waits by itself again.
    """
    own = _told(tx, catalog, delivery, Moment(now))
    told = [own] if own else []
    for each in waiting:
        its = _told(tx, catalog, each, Moment(now))
        if own and its and _fits([*told, its]):
            if tx.deliveries.settle(_skipped(each, _with(delivery)), each.state):
                told.append(its)
        elif each.state is DeliveryState.SKIPPED:
            alone = replace(each, state=DeliveryState.PLANNED, reason="")
            tx.deliveries.settle(alone, DeliveryState.SKIPPED)
    return told


def _told(tx: Tx, catalog: Catalog, delivery: Delivery, moment: Moment) -> Told | None:
    """What one delivery says; None where it has nothing to say."""
    wished = _wished(tx, delivery, ever=moment.again)
    said = story(tx, catalog, *wished, moment) if wished else None
    return Told(wished[0], said) if wished and said else None


def _fits(told: Sequence[Told]) -> bool:
    """Whether there is room on one card."""
    return len({each.announcement.campaign for each in told}) <= posts.MOST_CAMPAIGNS


def _beside(tx: Tx, delivery: Delivery, limit: int) -> list[Delivery]:
    """The other posts among the last so many deliveries of the same channel."""
    last = tx.deliveries.by_chat(delivery.chat, limit) if delivery.chat else ()
    return [each for each in last if each.id != delivery.id and each.what[0] == COMPOSER]


def _waiting(
    delivery: Delivery, around: Sequence[Delivery], wish: Subscription, now: datetime
) -> list[Delivery]:
    """What waits for the same channel until the end of today, and what joined at an earlier try."""
    today = local_day(now, wish.zone)
    return [
        each
        for each in around
        if each.reason == _with(delivery) or (_is_unsent(each) and local_day(each.due, wish.zone) <= today)
    ]


def _is_unsent(delivery: Delivery) -> bool:
    return delivery.state is DeliveryState.PLANNED and not delivery.message


def _skipped(delivery: Delivery, reason: str) -> Delivery:
    return replace(delivery, state=DeliveryState.SKIPPED, reason=reason)


def _with(delivery: Delivery) -> str:
    return f"with:{delivery.id}"


def _allowed(wish: Subscription, around: Sequence[Delivery], now: datetime) -> datetime:
    """The first time from now on that is outside quiet hours and on a day without a post."""
    today = local_day(now, wish.zone)
    posted = {
        local_day(each.first_try, wish.zone)
        for each in around
        if each.first_try and (each.message or each.state in _POSTED)
    }
    at = next_day(now, wish.zone) if today in posted else now
    return held_until(at, wish.zone, wish.quiet_from, wish.quiet_to)
