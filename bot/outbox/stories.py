"""Stories: what an announcement says at the moment at which it goes out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.campaign.announcement import Announcement, News, Subscription
from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import Kind
from bot.campaign.schedule import local_day
from bot.content.catalog import Catalog, shown
from bot.ports import Tx
from bot.publication import news, posts
from bot.publication.gate import counts

_WEEK, _INSTANT = timedelta(days=7), timedelta(microseconds=1)
_NEWEST = 4


def story(
    tx: Tx, catalog: Catalog, announcement: Announcement, wish: Subscription, now: datetime
) -> posts.Story | None:
    """An announcement for whoever wished it, as it stands at ``now`` (aware); None: not true any more."""
    campaign = catalog.campaigns.get(announcement.campaign)
    if campaign is None:
        return None
    subject = _subject(catalog, campaign, wish, now)
    match announcement.kind:
        case News.MILESTONE:
            return _milestone(tx, campaign, subject, announcement, now)
        case News.WEEKLY:
            return _weekly(tx, campaign, subject, announcement, wish)
        case News.REMINDER:
            return _reminder(tx, campaign, subject, wish, now)


def _subject(catalog: Catalog, campaign: Campaign, wish: Subscription, now: datetime) -> posts.Subject:
    statement = catalog.statements[campaign.statement]
    title = shown(statement.documents, wish.language, statement.original).title
    return posts.Subject(campaign.slug, statement.slug, title, open=campaign.is_open(now))


def _milestone(
    tx: Tx, campaign: Campaign, subject: posts.Subject, announcement: Announcement, now: datetime
) -> posts.Story | None:
    number, kind = int(announcement.facts["number"]), _counted_kind(campaign)
    seen = counts(tx.tallies.get(campaign.slug), campaign.show_count_from)
    people = kind is Kind.PERSON
    if ((seen.people if people else seen.organisations) or 0) < number:
        return None
    fresh = news.latest(tx, campaign.slug, kind, now - _WEEK, _NEWEST)
    return posts.milestone(subject, number, seen, fresh, people=people)


def _counted_kind(campaign: Campaign) -> Kind:
    return Kind.ORGANISATION if campaign.organisations_sign else Kind.PERSON


def _weekly(
    tx: Tx, campaign: Campaign, subject: posts.Subject, announcement: Announcement, wish: Subscription
) -> posts.Story | None:
    since, until = (datetime.fromtimestamp(int(announcement.facts[name]), UTC) for name in ("since", "until"))
    seen = counts(tx.tallies.get(campaign.slug), campaign.show_count_from)
    new, fresh = news.between(tx, campaign.slug, since, until)
    if not new or seen.organisations is None:
        return None
    return posts.weekly(subject, local_day(since, wish.zone), new, seen, fresh)


def _reminder(
    tx: Tx, campaign: Campaign, subject: posts.Subject, wish: Subscription, now: datetime
) -> posts.Story | None:
    if not campaign.is_open(now):
        return None
    days = None
    if campaign.closes:
        days = (local_day(campaign.closes - _INSTANT, wish.zone) - local_day(now, wish.zone)).days
    return posts.reminder(subject, days, counts(tx.tallies.get(campaign.slug), campaign.show_count_from))
