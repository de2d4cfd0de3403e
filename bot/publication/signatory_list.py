"""The list of signatories, read by key: a page, the latest, everybody. Names come through the gate.

A list that was closed is what was published by then. Who is published later came late and stands apart; since
positions only grow, all of them stand behind everybody on the list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import Endorsement, Kind
from bot.campaign.schedule import local_day
from bot.ports import Tx
from bot.publication import news
from bot.publication.gate import Counts, Signatory, counts, numbered, show

_CHUNK = 500
_INSTANT, _EVER = timedelta(microseconds=1), datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Page:
    """Some signatories in the order shown; ``next_after`` is the key of the next page, None on the last."""

    signatories: tuple[Signatory, ...]
    next_after: int | None = None

    def previous_after(self, tx: Tx, campaign: str, kind: Kind, limit: int, country: str = "") -> int:
        """The ``after`` that shows the page before this one in list order; 0 where that is the first."""
        if not self.signatories:
            return 0
        position = self.signatories[0].position
        before = tx.endorsements.page(
            campaign, kind, after=position, limit=limit + 1, country=country, newest=True
        )
        return before[limit].position or 0 if len(before) > limit else 0


@dataclass(frozen=True, slots=True)
class Listing:
    """All a campaign's list says at one moment: the named signatories with their numbers, and the counts.

    Of a list that was closed: its last day (by the campaign's calendar), who came ``late`` (in none of the
    others), and how many names of it are ``gone`` since. ``initiators`` are names, where they are to be told.
    """

    organisations: tuple[Signatory, ...]
    people: tuple[Signatory, ...]
    counts: Counts
    late: tuple[Signatory, ...] = ()
    closed: date | None = None
    gone: int = 0
    initiators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """A list that was closed: at which moment, and its last day by the campaign's calendar.

    ``until`` is the last position that belongs to it, None where nobody came late; ``gone`` how many of its
    names were taken off since.
    """

    at: datetime
    day: date
    until: int | None
    gone: int


def closed(tx: Tx, campaign: Campaign, now: datetime) -> Closed | None:
    """How a list was closed; None while it is open at ``now`` (aware)."""
    if campaign.closes is None or not campaign.is_closed(now):
        return None
    late = tx.endorsements.published_between(campaign.slug, campaign.closes + _INSTANT, _EVER, 1)
    return Closed(
        campaign.closes,
        local_day(campaign.closes - _INSTANT, campaign.zone),
        (late[0].position or 1) - 1 if late else None,
        tx.endorsements.gone(campaign.slug, campaign.closes),
    )


def came_late(campaign: Campaign | None, endorsement: Endorsement) -> bool:
    """Whether it was published after its list was closed, and so stands apart."""
    ends = campaign.closes if campaign else None
    return ends is not None and endorsement.published is not None and endorsement.published > ends


def tallies(tx: Tx, campaign: Campaign, now: datetime) -> Mapping[str, int]:
    """The tallies of a campaign's list; who came late is in none of them."""
    if campaign.closes is not None and campaign.is_closed(now):
        return news.tallies_at(tx, campaign.slug, campaign.closes)
    return tx.tallies.get(campaign.slug)


def page(
    tx: Tx,
    campaign: str,
    kind: Kind,
    *,
    after: int = 0,
    first_number: int = 0,
    limit: int = 10,
    country: str = "",
    newest: bool = False,
    until: int | None = None,
) -> Page:
    """Up to ``limit`` signatories after the key ``after`` (0: from the beginning).

    They are numbered from ``first_number`` on, 0 gives no numbers. ``country`` (ISO) keeps one country's;
    ``newest`` goes backwards from ``after`` (0: from the end). Nobody behind the position ``until`` is shown.
    """
    if newest and until is not None and not 0 < after <= until:
        after = until + 1
    found = tx.endorsements.page(campaign, kind, after=after, limit=limit + 1, country=country, newest=newest)
    found = [each for each in found if until is None or (each.position or 0) <= until]
    here = _shown(found[:limit])
    more = found[limit - 1].position if len(found) > limit else None
    return Page(numbered(here, first_number) if first_number else here, more)


def latest(tx: Tx, campaign: str, kind: Kind, limit: int = 10) -> tuple[Signatory, ...]:
    """The latest on the list, the newest first."""
    return page(tx, campaign, kind, limit=limit, newest=True).signatories


def listing(tx: Tx, campaign: str, end: Closed | None = None) -> Listing:
    """The whole list with its counts, for files; ``end`` is how it was closed."""
    if end is None:
        organisations, people = (numbered(_everyone(tx, campaign, kind), 1) for kind in Kind)
        return Listing(organisations, people, counts(tx.tallies.get(campaign), 0))
    organisations, people = (numbered(_everyone(tx, campaign, kind, until=end.until), 1) for kind in Kind)
    came = () if end.until is None else (_everyone(tx, campaign, kind, after=end.until) for kind in Kind)
    late = numbered(chain.from_iterable(came), 1)
    seen = counts(news.tallies_at(tx, campaign, end.at), 0)
    return Listing(organisations, people, seen, late, end.day, end.gone)


def _everyone(
    tx: Tx, campaign: str, kind: Kind, *, after: int = 0, until: int | None = None
) -> Iterator[Signatory]:
    key: int | None = after
    while key is not None:
        here = page(tx, campaign, kind, after=key, limit=_CHUNK, until=until)
        yield from here.signatories
        key = here.next_after


def _shown(found: Sequence[Endorsement]) -> tuple[Signatory, ...]:
    return tuple(signatory for signatory in map(show, found) if signatory)
