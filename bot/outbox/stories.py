"""Stories: what an announcement says at the moment at which it goes out, or said when it did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.campaign.announcement import Announcement, News, Subscription
from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import Kind
from bot.campaign.schedule import local_day
from bot.content.catalog import Catalog, shown
from bot.ports import Tx
from bot.publication import news, posts
from bot.publication.gate import Counts, counts
from bot.publication.signatory_list import tallies

_WEEK, _INSTANT = timedelta(days=7), timedelta(microseconds=1)
_NEWEST = 4


@dataclass(frozen=True, slots=True)
class Moment:
    """When a story is told (aware); ``again``: it was told then, and its post is to be edited.

    A story told again keeps its headline. It says what was so then, less whoever withdrew since.
    """

    at: datetime
    again: bool = False


def story(
    tx: Tx, catalog: Catalog, announcement: Announcement, wish: Subscription, moment: Moment
) -> posts.Story | None:
    """An announcement for whoever wished it; None where it is not true any more and was never told."""
    campaign = catalog.campaigns.get(announcement.campaign)
    if campaign is None:
        return None
    subject = _subject(catalog, campaign, wish, moment)
    match announcement.kind:
        case News.MILESTONE:
            return _milestone(tx, campaign, subject, announcement, moment)
        case News.WEEKLY:
            return _weekly(tx, campaign, subject, announcement, wish, moment)
        case News.REMINDER:
            return _reminder(tx, campaign, subject, wish, moment)
        case News.DELIVERED:
            return _delivered(tx, campaign, subject, moment)


def _subject(catalog: Catalog, campaign: Campaign, wish: Subscription, moment: Moment) -> posts.Subject:
    statement = catalog.statements[campaign.statement]
    title = shown(statement.documents, wish.language, statement.original).title
    return posts.Subject(campaign.slug, statement.slug, title, open=campaign.is_open(moment.at))


def _seen(tx: Tx, campaign: Campaign, moment: Moment) -> Counts:
    if moment.again:
        at = min(moment.at, campaign.closes or moment.at)
        return counts(news.tallies_at(tx, campaign.slug, at), campaign.show_count_from)
    return counts(tallies(tx, campaign, moment.at), campaign.show_count_from)


def _milestone(
    tx: Tx, campaign: Campaign, subject: posts.Subject, announcement: Announcement, moment: Moment
) -> posts.Story | None:
    number, kind = int(announcement.facts["number"]), _counted_kind(campaign)
    seen, people = _seen(tx, campaign, moment), kind is Kind.PERSON
    if not moment.again and ((seen.people if people else seen.organisations) or 0) < number:
        return None
    until = moment.at if moment.again else None
    fresh = news.latest(tx, campaign.slug, kind, moment.at - _WEEK, _NEWEST, until)
    return posts.milestone(subject, number, seen, fresh, people=people)


def _counted_kind(campaign: Campaign) -> Kind:
    return Kind.ORGANISATION if campaign.organisations_sign else Kind.PERSON


def _weekly(  # noqa: PLR0917  (what it is about, and for whom)
    tx: Tx,
    campaign: Campaign,
    subject: posts.Subject,
    announcement: Announcement,
    wish: Subscription,
    moment: Moment,
) -> posts.Story | None:
    since, until = (datetime.fromtimestamp(int(announcement.facts[name]), UTC) for name in ("since", "until"))
    seen = _seen(tx, campaign, moment)
    new, fresh = news.between(tx, campaign.slug, since, until)
    if not moment.again and (not new or seen.organisations is None):
        return None
    return posts.weekly(subject, local_day(since, wish.zone), new, seen, fresh)


def _reminder(
    tx: Tx, campaign: Campaign, subject: posts.Subject, wish: Subscription, moment: Moment
) -> posts.Story | None:
    if campaign.is_closed(moment.at) or not campaign.is_open(moment.at):
        return None
    days = None
    if campaign.closes:
        days = (local_day(campaign.closes - _INSTANT, wish.zone) - local_day(moment.at, wish.zone)).days
    return posts.reminder(subject, days, _seen(tx, campaign, moment))


def _delivered(tx: Tx, campaign: Campaign, subject: posts.Subject, moment: Moment) -> posts.Story | None:
    if campaign.delivered is None:
        return None
    return posts.delivered(subject, campaign.delivered, campaign.delivered_to, _seen(tx, campaign, moment))
