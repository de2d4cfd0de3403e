"""Composing: what is due becomes an announcement, once per slot, and a delivery to each wishing channel."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.campaign import milestone as milestones
from bot.campaign.announcement import POST, Announcement, Delivery, News, Policy, Subscription
from bot.campaign.campaign import Campaign
from bot.campaign.schedule import Slot, held_until, next_morning, slots, weekly
from bot.content.catalog import Catalog
from bot.ports import Ids, Tx
from bot.publication import news
from bot.publication.audience import wishing

COMPOSER = POST

USEFUL = timedelta(days=3)
"""A post that could not go out for so long after its slot is no news any more."""

_NOTE = "composed-until"
_LOOK_BACK = timedelta(days=31)
_DAY, _INSTANT = timedelta(days=1), timedelta(microseconds=1)


Nonces = Collection[str]
"""The platforms that know a repeat by its nonce."""


def due(tx: Tx, catalog: Catalog, ids: Ids, now: datetime, nonces: Nonces = ()) -> int:
    """Write the announcements whose slots came since the last call; returns how many are posted.

    After a time of standing still only the newest slot of each kind is posted; the older ones are recorded as
    skipped. The first call of all only begins to look.
    """
    after = _looked_until(tx, now)
    tx.notes.put(_NOTE, now.isoformat())
    campaigns = [catalog.campaigns[slug] for slug in sorted(catalog.campaigns)]
    return sum(
        _reminders(tx, ids, each, after, now, nonces) + _weekly(tx, ids, each, after, now, nonces)
        for each in campaigns
    )


def milestone(  # noqa: PLR0917  (``ids`` is bound by whoever builds the bot)
    ids: Ids, tx: Tx, campaign: Campaign, before: int, after: int, now: datetime, nonces: Nonces = ()
) -> None:
    """Announce the greatest milestone newly reached, in the transaction that changed the count.

    ``before`` and ``after`` count organisations, or people where only people sign. Nothing is announced of a
    campaign that is not open.
    """
    number = milestones.reached(before, after, campaign.milestones)
    if number is not None and campaign.is_open(now) and not campaign.is_closed(now):
        slot = Slot(str(number), now)
        _announce(tx, ids, _announcement(ids, campaign, News.MILESTONE, slot, number=number), now, nonces)


def delivered(ids: Ids, tx: Tx, campaign: Campaign, now: datetime, nonces: Nonces = ()) -> None:
    """Announce that it was handed over: once for ever, at the next 10:00 of each channel's own day."""
    announcement = _announcement(ids, campaign, News.DELIVERED, Slot(News.DELIVERED, now))
    if tx.announcements.add(announcement):
        for wish in wishing(tx, campaign.slug):
            _owe(tx, ids, announcement, wish, next_morning(now, wish.zone), nonces)


def _looked_until(tx: Tx, now: datetime) -> datetime:
    """When the last call was; a clock that was set back finds nothing once, then goes on from there."""
    said = tx.notes.get(_NOTE)
    return max(datetime.fromisoformat(said), now - _LOOK_BACK) if said else now


def _reminders(  # noqa: PLR0917  (as ``due``)
    tx: Tx, ids: Ids, campaign: Campaign, after: datetime, now: datetime, nonces: Nonces
) -> int:
    found = {slot for each in campaign.reminders for slot in slots(each, campaign.zone, after, now)}
    if not found:
        return 0
    *old, last = sorted(found, key=lambda slot: slot.due)
    for slot in old:
        _skip(tx, ids, campaign, News.REMINDER, slot)
    ended = campaign.is_closed(last.due) or campaign.is_closed(now)
    if ended or not (campaign.is_open(last.due) and campaign.is_open(now)) or now >= last.due + USEFUL:
        return _skip(tx, ids, campaign, News.REMINDER, last)
    return _announce(tx, ids, _announcement(ids, campaign, News.REMINDER, last), now, nonces)


def _weekly(  # noqa: PLR0917  (as ``due``)
    tx: Tx, ids: Ids, campaign: Campaign, after: datetime, now: datetime, nonces: Nonces
) -> int:
    found = weekly(campaign.zone, after, now)
    if not found:
        return 0
    *old, last = found
    for slot in old:
        _skip(tx, ids, campaign, News.WEEKLY, slot)
    since = _week_before(campaign, found)
    until = min(last.due, campaign.closes + _INSTANT) if campaign.closes else last.due
    new, _ = news.between(tx, campaign.slug, since, until)
    if not new or now >= last.due + USEFUL:
        return _skip(tx, ids, campaign, News.WEEKLY, last)
    facts = {"since": int(since.timestamp()), "until": int(until.timestamp()), "new": new}
    return _announce(tx, ids, _announcement(ids, campaign, News.WEEKLY, last, **facts), now, nonces)


def _week_before(campaign: Campaign, found: Sequence[Slot]) -> datetime:
    """The slot before the first of these: the summary tells what is new since then."""
    first = found[0].due
    return weekly(campaign.zone, first - 9 * _DAY, first - _DAY)[-1].due


def _announcement(ids: Ids, campaign: Campaign, kind: News, slot: Slot, **facts: str | int) -> Announcement:
    return Announcement(ids.new(), campaign.slug, kind, slot.key, slot.due, facts)


def _skip(tx: Tx, ids: Ids, campaign: Campaign, kind: News, slot: Slot) -> int:
    tx.announcements.add(_announcement(ids, campaign, kind, slot, skipped=1))
    return 0


def _announce(tx: Tx, ids: Ids, announcement: Announcement, now: datetime, nonces: Nonces) -> int:
    """Record it and owe it to everybody who wishes it; 0 where its slot is taken."""
    if not tx.announcements.add(announcement):
        return 0
    for wish in tx.subscriptions.wishing(announcement.campaign, announcement.kind):
        _owe(tx, ids, announcement, wish, now, nonces)
    return 1


def _owe(  # noqa: PLR0917  (as ``due``, and to whom)
    tx: Tx, ids: Ids, announcement: Announcement, wish: Subscription, at: datetime, nonces: Nonces
) -> None:
    """Owe it to one channel, at ``at`` or when its quiet hours are over."""
    tx.deliveries.owe(
        Delivery(
            id=ids.new(),
            key=f"{announcement.id}/{wish.chat}",
            policy=Policy.NONCE if wish.chat.platform in nonces else Policy.ONCE,
            what=(COMPOSER, announcement.id),
            due=held_until(at, wish.zone, wish.quiet_from, wish.quiet_to),
            chat=wish.chat,
            expires=announcement.due + USEFUL,
        )
    )
