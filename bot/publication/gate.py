"""The gate: the one place that decides what anyone may see of an endorsement, and how many are counted.

Every list, post, card and file takes names from here. A ``Signatory`` is made here only (a test looks).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot.campaign.endorsement import Endorsement, Entry, Kind, shows_name
from bot.content.countries import english_name

UNNAMED_FROM = 5
"""A country of people without a name counts only from so many of them: fewer could be guessed."""

_JOINERS = "\u200c\u200d"
"""Zero-width joiners are part of how some languages are written; other invisible signs are not."""


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Kinds of characters that no line shows: controls, invisible signs, half characters, line ends."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who stands behind a published endorsement, as far as anyone may see it.

    ``line`` is the printed line ("Name (ACR), Place"), ``country`` an ISO code or "", ``position`` the key of
    its place on the list, ``number`` its number there where it was asked for, ``published`` a day in UTC.
    ``text`` is the hash of what was signed; where that is an earlier wording and was asked for, ``wording``
    is its day.
    """

    kind: Kind
    line: str
    name: str
    acronym: str
    original: str
    country: str
    place: str
    position: int
    published: date | None
    number: int | None = None
    text: str = ""
    wording: date | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stand behind a campaign; ``organisations`` and ``people`` are None while too few to be shown.

    ``unnamed`` are those counted without their name, ``people_named`` the people on the list; ``by_country``
    counts organisations, ``people_by_country`` people, by ISO code.
    """

    organisations: int | None = None
    people: int | None = None
    unnamed: int = 0
    people_named: int = 0
    by_country: Mapping[str, int] = field(default_factory=dict)
    people_by_country: Mapping[str, int] = field(default_factory=dict)

    @property
    def countries(self) -> int:
        """From how many countries they all are."""
        return len({*self.by_country, *self.people_by_country})


def show(endorsement: Endorsement) -> Signatory | None:
    """What anyone may see of it; None where it is not public or counted without a name."""
    entry = endorsement.entry
    if not shows_name(endorsement.kind, endorsement.state, named=entry.named) or endorsement.position is None:
        return None
    return Signatory(
        kind=endorsement.kind,
        line=line_of(entry),
        name=_inert(entry.name),
        acronym=_inert(entry.acronym),
        original=_inert(entry.original),
        country=entry.country,
        place=_place(entry),
        position=endorsement.position,
        published=endorsement.published.date() if endorsement.published else None,
        text=endorsement.text,
    )


def numbered(signatories: Iterable[Signatory], first: int) -> tuple[Signatory, ...]:
    """The same signatories with their numbers, from ``first`` on."""
    return tuple(replace(signatory, number=number) for number, signatory in enumerate(signatories, first))


def line_of(entry: Entry) -> str:
    """The line as it is printed, or would be; before publication for its signer and the organisers only."""
    if entry.printed:
        return _visible(entry.printed)
    name, acronym, place = _inert(entry.name), _inert(entry.acronym), _place(entry)
    known = not acronym or acronym == name or f"({acronym})" in name
    full = name if known else f"{name} ({acronym})"
    return f"{full}, {place}" if place else full


def counts(tallies: Mapping[str, int], show_from: int) -> Counts:
    """The counts anyone may see, from its tallies; none before ``show_from`` signed."""
    organisations, people = (tallies.get(kind, 0) for kind in Kind)
    if organisations + people < show_from:
        return Counts()
    unnamed, unnamed_people = (tallies.get(f"{kind}/unnamed", 0) for kind in Kind)
    return Counts(
        organisations=organisations,
        people=people,
        unnamed=unnamed + unnamed_people,
        people_named=people - unnamed_people,
        by_country=_by_country(tallies, Kind.ORGANISATION),
        people_by_country=_by_country(tallies, Kind.PERSON),
    )


def _by_country(tallies: Mapping[str, int], kind: Kind) -> Mapping[str, int]:
    named = _under(tallies, f"{kind}/country/")
    unnamed = _under(tallies, f"{kind}/unnamed/country/")
    told = Counter({code: count for code, count in unnamed.items() if count >= UNNAMED_FROM})
    return dict(sorted((named + told).items()))


def _under(tallies: Mapping[str, int], prefix: str) -> Counter[str]:
    return Counter({name.removeprefix(prefix): n for name, n in tallies.items() if name.startswith(prefix)})


def _place(entry: Entry) -> str:
    return _inert(entry.place) or (english_name(entry.country) if entry.country else "")


def _inert(text: str) -> str:
    """One line without controls, direction overrides and invisible signs."""
    return _visible(" ".join(text.split()))


def _visible(text: str) -> str:
    """The text without controls, direction overrides and invisible signs; its blanks stay what they are."""
    return "".join(c for c in text if c in _JOINERS or unicodedata.category(c) not in _UNSEEN)
