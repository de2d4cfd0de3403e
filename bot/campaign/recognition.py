"""Recognition: the known organisation that somebody means, by any of its names and with typing errors.

Words lead to a few candidates, and only those are compared letter by letter. A match suggests; people decide.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest, nsmallest
from math import log
from typing import TypeVar

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.campaign.lookalike import search_key, unmasked
from bot.campaign.organisation import Organisation

LONGEST_QUERY = 200
"""Characters: who sends more does not send a name."""

WORTH_SHOWING = 70
"""The least score of a match."""

_EXACT = 100
_WORD = 4
"""Letters that make a word tell something."""
_LONG = 9
"""Letters from which on a word may have two errors."""
_SHARE = 0.45
"""The share of a query's letters that a name in it must have."""
_SHORT = 5
"""Letters of an acronym, at most; there one letter is a large part, so one error is all that is forgiven."""
_SHORT_NEAR, _PART = 72, 75
"""Scores of an acronym with an error, and of a part of a name: above the least, below most whole names."""
_COMMON = 500
"""A word that so many organisations have leads nowhere alone."""
_TELLING = 8
"""A part of a name is worth showing where its rarest word belongs to so few."""
_CANDIDATES = 100
_REMEMBERED = 256
"""Queries whose answer is kept: one talk asks the same several times in each of its turns."""
_DIGITS = re.compile(r"\d+")

K = TypeVar("K")
V = TypeVar("V")
Half = tuple[int, str, str]
"""A word's length, and its first or its second half."""


@dataclass(frozen=True, slots=True)
class Match:
    """One organisation that may be meant. ``score`` is 0–100; ``exact``: the query is one of its names."""

    organisation: Organisation
    score: float
    exact: bool


class Recognition:
    """Finds organisations by name. Built once from all of them; it never changes.

    ``_places`` leads from a word to the organisations that have it in a name, ``_halves`` from half a word
    to the whole, since one error leaves one half of a word as it is.
    """

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self._organisations = tuple(organisations)
        self._names = [tuple(dict.fromkeys(map(search_key, each.names()))) for each in self._organisations]
        self._places = _index(
            (_words(name), place) for place, names in enumerate(self._names) for name in names
        )
        self._halves = _index((_halves(word), word) for word in self._places)
        self._found = lru_cache(maxsize=_REMEMBERED)(self._find)

    def find(self, query: str, limit: int = 4) -> tuple[Match, ...]:
        """What ``query`` may mean, the likeliest first, at most ``limit``; only what is worth showing."""
        return self._found(query[:LONGEST_QUERY], limit)

    def _find(self, short: str, limit: int) -> tuple[Match, ...]:
        found: dict[int, Match] = {}
        for key, seen in {unmasked(short): False, search_key(short): True}.items():
            for place in self._candidates(key):
                match = self._match(place, key, seen=seen)
                if match and (place not in found or match.score > found[place].score):
                    found[place] = match
        return tuple(sorted(found.values(), key=_rank)[:limit])

    def begun(self, query: str, limit: int) -> tuple[Organisation, ...]:
        """Organisations with all words of ``query`` in their names, the last of which may be begun only.

        For somebody who is still typing; by name, at most ``limit``.
        """
        *whole, last = search_key(query[:LONGEST_QUERY]).split() or [""]
        places = {place for word, at in self._places.items() if word.startswith(last) for place in at}
        for word in whole:
            places &= set(self._places.get(word, ()))
        found = (self._organisations[place] for place in places)
        return tuple(sorted(found, key=lambda each: each.name.casefold())[:limit])

    def _candidates(self, key: str) -> list[int]:
        """Places of the organisations that share rare words with the query, else all its common ones."""
        weights: defaultdict[int, float] = defaultdict(float)
        common: list[list[list[int]]] = []
        for word in _words(key):
            near = {other: self._places[other] for other in self._near(word)}
            rare = {other: places for other, places in near.items() if len(places) <= _COMMON}
            for other, places in rare.items():
                weight = log(1 + len(self._organisations) / len(places)) * (1 if other == word else 0.8)
                for place in places:
                    weights[place] += weight
            if near and not rare:
                common.append(list(near.values()))
        if weights or not common:
            return nlargest(_CANDIDATES, weights, key=weights.__getitem__)
        shared = set.intersection(*(set().union(*places) for places in common))
        return nsmallest(_CANDIDATES, shared)

    def _near(self, word: str) -> set[str]:
        """Known words that are this one or, by one error (two in long words), may be."""
        near = {other for half in _halves_around(word) for other in self._halves.get(half, ())}
        errors = 1 if len(word) < _LONG else 2
        near = {other for other in near if OSA.distance(word, other, score_cutoff=errors) <= errors}
        swapped = _swapped(word)
        return near | {other for other in (word, swapped) if other in self._places}

    def _match(self, place: int, key: str, *, seen: bool) -> Match | None:
        score = max(self._score(key, name) for name in self._names[place])
        exact = score == _EXACT
        if score < WORTH_SHOWING:
            return None
        return Match(self._organisations[place], score if seen else min(score, _EXACT - 1), exact and seen)

    def _score(self, query: str, name: str) -> float:
        """How likely the query means the name, 0–100."""
        joined, other = query.replace(" ", ""), name.replace(" ", "")
        if joined == other:
            return _EXACT
        if _other_numbers(query, name):
            return 0
        if max(len(joined), len(other)) <= _SHORT:
            return _short_score(joined, other)
        whole = max(
            fuzz.ratio(joined, other),
            fuzz.token_sort_ratio(query, name),
            100 * OSA.normalized_similarity(joined, other),
        )
        part = (
            _PART if self._is_part(query.split(), name.split()) or _holds(query.split(), name.split()) else 0
        )
        return min(max(whole, part), _EXACT - 1)

    def _is_part(self, query: list[str], name: list[str]) -> bool:
        """Whether all words of the query stand in the name, and one of them tells which name."""
        rare = [
            word for word in query if len(word) >= _WORD and 0 < len(self._places.get(word, ())) <= _TELLING
        ]
        return bool(rare) and set(query) <= set(name)


def _holds(query: list[str], name: list[str]) -> bool:
    """Whether the name stands in the query, with its country behind it or some other word or two."""
    letters = sum(map(len, name))
    fits = len(query) <= len(name) + 1 or letters >= _SHARE * sum(map(len, query))
    return fits and letters >= _WORD - 1 and set(name) <= set(query)


def _short_score(query: str, name: str) -> float:
    if min(len(query), len(name)) < _WORD - 2 or len(name) < _WORD - 1 or OSA.distance(query, name) > 1:
        return 0
    return _SHORT_NEAR + (len(query) == len(name)) + (sorted(query) == sorted(name))


def _other_numbers(query: str, name: str) -> bool:
    """Whether both have numbers, and not the same: "Branch 1" is not "Branch 2"."""
    mine, theirs = _DIGITS.findall(query), _DIGITS.findall(name)
    return bool(mine and theirs) and sorted(mine) != sorted(theirs)


def _index(entries: Iterable[tuple[Iterable[K], V]]) -> dict[K, list[V]]:
    """What stands under each key; a value that comes twice in a row stands once."""
    index: dict[K, list[V]] = {}
    for keys, value in entries:
        for key in keys:
            found = index.setdefault(key, [])
            if not found or found[-1] != value:
                found.append(value)
    return index


def _words(key: str) -> set[str]:
    """The words of a key, and all of them as one."""
    words = key.split()
    return {*words, "".join(words)} - {""}


def _halves(word: str) -> Iterator[Half]:
    """The halves under which a word is found again."""
    middle = len(word) // 2
    yield len(word), word[:middle], ""
    yield len(word), "", word[middle:]


def _halves_around(word: str) -> Iterator[Half]:
    """The halves of all words that one error may have made this word of."""
    if len(word) >= _WORD - 2:
        for length in (len(word) - 1, len(word), len(word) + 1):
            middle = length // 2
            yield length, word[:middle], ""
            yield length, "", word[middle - length :]


def _swapped(word: str) -> str:
    """The word with the two letters around its middle swapped: that error touches both halves."""
    middle = len(word) // 2
    return word[: middle - 1] + word[middle - 1 : middle + 1][::-1] + word[middle + 1 :] if middle else word


def _rank(match: Match) -> tuple[bool, float, int, str]:
    return not match.exact, -match.score, len(match.organisation.name), match.organisation.slug
