"""Who is new on a list. Names that were published before the bot and imported are no news."""

from __future__ import annotations

from datetime import datetime

from bot.campaign.endorsement import Endorsement, Kind
from bot.ports import Tx
from bot.publication.gate import Signatory, show

IMPORTED = "import"
"""The origin of a back-filled endorsement."""

_MOST = 10_000
"""More than anybody counts in a post: beyond it "new" stays at this number."""


def between(tx: Tx, campaign: str, begin: datetime, end: datetime) -> tuple[int, tuple[Signatory, ...]]:
    """How many were published with ``begin <= published < end``, and those of them with a name, in order."""
    found = tx.endorsements.published_between(campaign, begin, end, _MOST)
    fresh = [endorsement for endorsement in found if _is_news(endorsement)]
    return len(fresh), tuple(signatory for signatory in map(show, fresh) if signatory)


def latest(tx: Tx, campaign: str, kind: Kind, since: datetime, limit: int) -> tuple[Signatory, ...]:
    """The newest names published from ``since`` on, at most ``limit``, the newest first."""
    found = tx.endorsements.page(campaign, kind, limit=limit, newest=True)
    fresh = [each for each in found if _is_news(each) and each.published and each.published >= since]
    return tuple(signatory for signatory in map(show, fresh) if signatory)


def _is_news(endorsement: Endorsement) -> bool:
    return endorsement.origin != IMPORTED
