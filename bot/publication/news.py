"""Who is new on a list, now or at an earlier time. Names published before the bot and imported are no news.

Of an earlier time it tells what was so then, less whoever withdrew since: nobody who is not published now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from bot.campaign.endorsement import Endorsement, Kind, tally_names
from bot.ports import Tx
from bot.publication.gate import Signatory, show

IMPORTED = "import"
"""The origin of a back-filled endorsement."""

_MOST = 10_000
"""More than anybody counts in a post: beyond it "new" stays at this number."""

_PAGE = 50
_INSTANT, _EVER = timedelta(microseconds=1), datetime(9999, 1, 1, tzinfo=UTC)


def between(tx: Tx, campaign: str, begin: datetime, end: datetime) -> tuple[int, tuple[Signatory, ...]]:
    """How many were published with ``begin <= published < end``, and those of them with a name, in order."""
    found = tx.endorsements.published_between(campaign, begin, end, _MOST)
    fresh = [endorsement for endorsement in found if _is_news(endorsement)]
    return len(fresh), tuple(signatory for signatory in map(show, fresh) if signatory)


def latest(  # noqa: PLR0917  (whose, from when, how many, until when)
    tx: Tx, campaign: str, kind: Kind, since: datetime, limit: int, until: datetime | None = None
) -> tuple[Signatory, ...]:
    """The newest names published from ``since`` (to ``until``) on, at most ``limit``, the newest first."""
    fresh = list[Signatory]()
    for each in _newest_first(tx, campaign, kind):
        if each.published is None or each.published < since or len(fresh) == limit:
            break
        signatory = show(each)
        if signatory and _is_news(each) and (until is None or each.published <= until):
            fresh.append(signatory)
    return tuple(fresh)


def tallies_at(tx: Tx, campaign: str, at: datetime) -> Mapping[str, int]:
    """The tallies as they were at ``at``, less those who withdrew since."""
    later = tx.endorsements.published_between(campaign, at + _INSTANT, _EVER, _MOST)
    return Counter(tx.tallies.get(campaign)) - Counter(name for each in later for name in tally_names(each))


def _newest_first(tx: Tx, campaign: str, kind: Kind) -> Iterator[Endorsement]:
    page = tx.endorsements.page(campaign, kind, limit=_PAGE, newest=True)
    while page:
        yield from page
        page = tx.endorsements.page(campaign, kind, after=page[-1].position or 1, limit=_PAGE, newest=True)


def _is_news(endorsement: Endorsement) -> bool:
    return endorsement.origin != IMPORTED
