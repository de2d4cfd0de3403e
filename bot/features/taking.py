"""What becomes of names that were brought, and putting the new ones on the list, part by part.

Nothing comes twice: a name is new only where nobody like it is on the list, waits for a check or left it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.campaign.bringing import PART, Fate, Origin
from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import LIVE, Endorsement, Entry, Kind, Private, State, Step, signer_key
from bot.campaign.lookalike import check_name, lookalike_key, search_key
from bot.campaign.organisation import Organisation
from bot.campaign.refusal import Refusal
from bot.content.importing.rows import Row
from bot.features import brought, sign_organisation, steps
from bot.features.brought import Brought
from bot.features.feature import Ask, Tools
from bot.ports import Tx
from bot.publication.gate import Signatory
from bot.publication.signatory_list import listing

UNREAD = frozenset({"row.no-name", "row.name"})
"""Doubts of rows that hold no name which could stand on a list."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and what becomes of it; ``number`` is its place on the list, 0 where it has none.

    ``entry`` is how it would stand there, None of a row that is not new.
    """

    row: Row
    fate: Fate
    number: int = 0
    entry: Entry | None = None

    @property
    def is_told(self) -> bool:
        """Whether there is something to say of it: it stays out, or needs a look."""
        return self.fate is not Fate.NEW or bool(self.row.doubt)


class Judge:
    """Knows a campaign's list as it stands now."""

    def __init__(self, tx: Tx, tools: Tools, campaign: str) -> None:
        self._tx, self._campaign = tx, campaign
        self._seen: set[str] = set()
        self._known = _by_name(tools.catalog.organisations.values())
        self._listed: defaultdict[str, list[Signatory]] = defaultdict(list)
        for signatory in listing(tx, campaign).organisations:
            for name in filter(None, (signatory.name, signatory.original)):
                self._listed[lookalike_key(name)].append(signatory)

    def judge(self, row: Row) -> Judged:
        """What becomes of one row."""
        if row.doubt in UNREAD or isinstance(check_name(row.place or "x"), Refusal):
            return Judged(row, Fate.UNREAD)
        if row.doubt == "row.double":
            return Judged(row, Fate.DOUBLE)
        entry = self._entry(row)
        if alike := self._alike(entry):
            return Judged(row, Fate.LISTED, alike.number or 0)
        return self._by_key(row, entry)

    def _by_key(self, row: Row, entry: Entry) -> Judged:
        """What the endorsements of this signatory say, also those that are no more."""
        keys = [signer_key(Kind.ORGANISATION, each, "") for each in (entry, replace(entry, country=""))]
        found = [last for key in dict.fromkeys(keys) if (last := self._last(key))]
        if live := next((each for each in found if each.state in LIVE), None):
            return Judged(row, Fate.LISTED, self._number(live))
        if any(each.state is not State.REJECTED or each.position is not None for each in found):
            return Judged(row, Fate.GONE)
        if keys[0] in self._seen:
            return Judged(row, Fate.DOUBLE)
        self._seen.add(keys[0])
        return Judged(row, Fate.NEW, entry=entry)

    def _entry(self, row: Row) -> Entry:
        """Who is meant, as the list says it: an organisation of exactly this name by what we know of it.

        Where several have it, or it is told to be of another country, it is none that we know.
        """
        found = [
            each
            for each in self._known.get(_key(row.name), ())
            if not row.country or each.country in {"", row.country}
        ]
        if len(found) == 1:
            return sign_organisation.entry_of(found[0])
        return Entry(row.name, row.original, row.acronym, row.country, row.place)

    def _last(self, key: str) -> Endorsement | None:
        return self._tx.endorsements.last(self._campaign, key)

    def _alike(self, entry: Entry) -> Signatory | None:
        """Who stands on the list under this name, in this country or in one of the two in none."""
        found = self._listed.get(lookalike_key(entry.name), ())
        return next(
            (each for each in found if not (entry.country and each.country) or each.country == entry.country),
            None,
        )

    def _number(self, endorsement: Endorsement) -> int:
        if endorsement.state is not State.PUBLISHED or endorsement.position is None:
            return 0
        return self._tx.endorsements.number(self._campaign, endorsement.kind, endorsement.position)


def judged(ask: Ask, campaign: str, rows: Iterable[Row]) -> tuple[Judged, ...]:
    """What becomes of each row, in their order."""
    judge = Judge(ask.tx, ask.tools, campaign)
    return tuple(map(judge.judge, rows))


def _by_name(organisations: Iterable[Organisation]) -> Mapping[str, list[Organisation]]:
    found: defaultdict[str, list[Organisation]] = defaultdict(list)
    for each in organisations:
        for key in dict.fromkeys(map(_key, each.names())):
            found[key].append(each)
    return found


def _key(name: str) -> str:
    return search_key(name).replace(" ", "")


def take(ask: Ask, campaign: Campaign, found: Brought) -> Brought:
    """Put the next part of it on the list, in its order; raises Conflict where another did.

    Its ``at`` then says how many rows are done: all of them where it is finished.
    """
    rows = found.part(PART)
    fresh = [each for each in judged(ask, campaign.slug, rows) if each.entry]
    places = tuple(_joined(ask, campaign, fresh, found.origin))
    return brought.change(
        ask,
        found,
        brought.TAKING,
        at=found.at + len(rows),
        joined=found.joined + len(places),
        first=found.first or next(iter(places), 0),
    )


def _joined(ask: Ask, campaign: Campaign, fresh: Iterable[Judged], origin: Origin) -> Iterator[int]:
    """The positions of the entries that came onto the list."""
    act = steps.Act(ask.tx, ask.tools, ask.person.id, ask.now)
    for each in fresh:
        row, entry, position = each.row, each.entry, ask.tx.tallies.next_position(campaign.slug)
        if entry is None:
            continue
        endorsement = Endorsement(
            id=ask.tools.ids.new(),
            campaign=campaign.slug,
            kind=Kind.ORGANISATION,
            state=State.PUBLISHED,
            row=1,
            text=ask.tools.catalog.statements[campaign.statement].version.sha256,
            entry=entry,
            signed=ask.now,
            origin=origin,
            position=position,
            published=ask.now,
            private=Private(representative=row.representative, contact=row.contact),
        )
        if steps.add(act, endorsement, signer_key(Kind.ORGANISATION, entry, ""), Step.IMPORT):
            yield position
