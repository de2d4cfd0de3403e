"""Which line of a copy is which of our names: the same words, a name that looks alike, another spelling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.campaign.lookalike import lookalike_key, search_key
from bot.campaign.organisation import Organisation
from bot.campaign.recognition import Recognition
from bot.content.importing.printed import split_line
from bot.publication.gate import Signatory

NEAR, SURELY = 74, 85
"""From these scores of recognition on, two names of the same country, or of any, are one in two spellings."""
MOST_NEAR = 1_000
"""Names of a copy for which another spelling is looked for."""


class Index:
    """Finds our names by a line of a copy: by the same words, or by a name that looks the same."""

    def __init__(self, ours: Sequence[Signatory]) -> None:
        self._ours = ours
        self._lines: dict[str, list[int]] = {}
        self._names: dict[str, list[int]] = {}
        for place, each in enumerate(ours):
            self._lines.setdefault(search_key(each.line), []).append(place)
            names = filter(None, (*_names(each.line), each.name, each.original))
            for key in {lookalike_key(name) for name in dict.fromkeys(names)}:
                self._names.setdefault(key, []).append(place)

    def fitting(self, line: str) -> list[int]:
        """The places of what a line may be, the surest first."""
        same = self._lines.get(search_key(line), [])
        alike = (place for name in _names(line) for place in self._names.get(lookalike_key(name), ()))
        return list(dict.fromkeys((*same, *(place for place in alike if _may_be(line, self._ours[place])))))


def _names(line: str) -> tuple[str, ...]:
    printed = split_line(line)
    names = (printed.names, printed.name, printed.english, printed.original)
    return tuple(dict.fromkeys(filter(None, names)))


def _may_be(line: str, ours: Signatory) -> bool:
    """Whether the countries do not speak against it."""
    theirs, country = split_line(line).country, _country(ours)
    return not theirs or not country or theirs == country


def _country(signatory: Signatory) -> str:
    return signatory.country or split_line(signatory.line).country


def matched(lines: Sequence[str], ours: Sequence[Signatory], index: Index) -> dict[int, int]:
    """The places of our names by the lines of a copy: whole lines meet first, then names, then spellings."""
    met: dict[int, int] = {}
    free = set(range(len(ours)))
    whole = {search_key(each.line) for each in ours}
    for at in sorted(range(len(lines)), key=lambda at: search_key(lines[at]) not in whole):
        place = next((place for place in index.fitting(lines[at]) if place in free), None)
        if place is not None:
            met[at] = place
            free.remove(place)
    left = [at for at, line in enumerate(lines) if at not in met and not index.fitting(line)][:MOST_NEAR]
    for _, at, place in sorted(_near(lines, left, [(place, ours[place]) for place in sorted(free)])):
        if at not in met and place in free:
            met[at] = place
            free.remove(place)
    return met


def _near(
    lines: Sequence[str], left: Sequence[int], free: Sequence[tuple[int, Signatory]]
) -> Iterator[tuple[float, int, int]]:
    """Pairs of a line and one of ours that may be two spellings of one name, with how far they are apart."""
    places = dict(free)
    known = Recognition(_organisation(place, each) for place, each in free)
    for at in left:
        printed = split_line(lines[at])
        for match in known.find(printed.names):
            place = int(match.organisation.slug)
            sure = bool(printed.country) and printed.country == _country(places[place])
            if match.score >= (NEAR if sure else SURELY) and _may_be(lines[at], places[place]):
                yield -match.score, at, place


def _organisation(place: int, signatory: Signatory) -> Organisation:
    return Organisation(
        slug=str(place),
        name=signatory.name,
        original=signatory.original,
        acronym=signatory.acronym,
        line=split_line(signatory.line).names,
    )
