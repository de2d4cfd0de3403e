"""The list of signatories, read by key: a page, the latest, everybody. Names come through the gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.campaign.endorsement import Endorsement, Kind
from bot.ports import Tx
from bot.publication.gate import Counts, Signatory, counts, numbered, show

_CHUNK = 500


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
    """All a campaign's list says at one moment: the named signatories with their numbers, and the counts."""

    organisations: tuple[Signatory, ...]
    people: tuple[Signatory, ...]
    counts: Counts


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
) -> Page:
    """Up to ``limit`` signatories after the key ``after`` (0: from the beginning).

    They are numbered from ``first_number`` on, 0 gives no numbers. ``country`` (ISO) keeps one country's;
    ``newest`` goes backwards from ``after`` (0: from the end).
    """
    found = tx.endorsements.page(campaign, kind, after=after, limit=limit + 1, country=country, newest=newest)
    here = _shown(found[:limit])
    more = found[limit - 1].position if len(found) > limit else None
    return Page(numbered(here, first_number) if first_number else here, more)


def latest(tx: Tx, campaign: str, kind: Kind, limit: int = 10) -> tuple[Signatory, ...]:
    """The latest on the list, the newest first."""
    return page(tx, campaign, kind, limit=limit, newest=True).signatories


def listing(tx: Tx, campaign: str) -> Listing:
    """The whole list with its counts, for files."""
    organisations, people = (numbered(_everyone(tx, campaign, kind), 1) for kind in Kind)
    return Listing(organisations, people, counts(tx.tallies.get(campaign), 0))


def _everyone(tx: Tx, campaign: str, kind: Kind) -> Iterator[Signatory]:
    after: int | None = 0
    while after is not None:
        here = page(tx, campaign, kind, after=after, limit=_CHUNK)
        yield from here.signatories
        after = here.next_after


def _shown(found: Sequence[Endorsement]) -> tuple[Signatory, ...]:
    return tuple(signatory for signatory in map(show, found) if signatory)
