"""Likely slips of the pen: names that differ by one letter, and ordinals that do not fit the title's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bot.content.importing.lexicon import EVENT
from bot.content.importing.page import Doubt, Line
from bot.content.importing.territory import territory
from bot.dialog.messages import Phrase

Pair = tuple[str, str]
SHORTEST = 4
"""Shorter words differ by one letter all the time."""
EDGES = '.,;:!?"“”‘()[]«»…'
ORDINAL = re.compile(r"\b(?:ke-?\s?)?(\d{1,3})\s?(?:st|nd|rd|th|º|ª|er|ème|e)?(?=\s)", re.IGNORECASE)
NEAR = 4
"""Words between an ordinal and the event it counts."""


def slips(lines: Iterable[Line]) -> list[Doubt]:
    """A doubt for each pair of capitalised words that is one letter away from a more frequent one."""
    counts: Counter[Pair] = Counter()
    first_line: dict[Pair, int] = {}
    for line in lines:
        for pair in _pairs(line):
            counts[pair] += 1
            first_line.setdefault(pair, line.number)
    return [
        _slip(first_line[rare], " ".join(rare), " ".join(common))
        for rare, common in _neighbours(counts, first_line)
    ]


def _slip(line: int, rare: str, common: str) -> Doubt:
    sentence = f"“{rare}” looks like a slip: “{common}” stands elsewhere."
    return Doubt(line, sentence, Phrase("doubt.slip", {"rare": rare, "common": common}))


def _pairs(line: Line) -> Iterator[Pair]:
    """Words that follow each other with nothing but a space between, both with a capital."""
    words = line.words
    for first, second in pairwise(words):
        pair = (first.lstrip(EDGES), _bare(second))
        if pair[0] == _bare(first) and all(word[:1].isupper() and not word.isupper() for word in pair):
            yield pair


def _bare(word: str) -> str:
    return re.sub("['’]s?$", "", word.strip(EDGES))


def _neighbours(counts: Counter[Pair], order: dict[Pair, int]) -> Iterator[tuple[Pair, Pair]]:
    """Pairs one letter apart, the rarer one first (else the one that is no place, else the later one)."""
    near: defaultdict[tuple[str, ...], list[Pair]] = defaultdict(list)
    for pair in counts:
        for key in _keys(pair):
            near[key].append(pair)
    told: set[Pair] = set()
    for group in near.values():
        ranked = sorted(
            set(group), key=lambda pair: (-counts[pair], territory(" ".join(pair)) is None, order[pair])
        )
        for rare in ranked[1:]:
            if rare not in told and _differ(ranked[0], rare):
                told.add(rare)
                yield rare, ranked[0]


def _keys(pair: Pair) -> Iterator[tuple[str, ...]]:
    """What is left of a pair without one letter; pairs that share a key differ in that letter."""
    for at, word in enumerate(pair):
        if SHORTEST <= len(word) <= 30:  # noqa: PLR2004 -- longer ones are no words
            for hole in range(1, len(word)):
                yield str(at), pair[1 - at], word[:hole], word[hole + 1 :]


def _differ(one: Pair, other: Pair) -> bool:
    return one != other and sum(map(len, one)) == sum(map(len, other))


def other_ordinals(title: str, lines: Iterable[Line]) -> list[Doubt]:
    """A doubt for each line that counts the event of the title with another number ("15th congress")."""
    event = EVENT.search(title)
    counted = _counted(title, event.group()) if event else set()
    if not event or len(counted) != 1:
        return []
    number = counted.pop()
    return [
        Doubt(line.number, f"This line says number {other}, the title says {number}: “{event.group()}”.")
        for line in lines
        for other in sorted(_counted(line.text, event.group()) - {number})
    ]


def _counted(text: str, event: str) -> set[int]:
    """The numbers that count ``event`` in ``text``: just before it, or behind it ("kongres ke-24")."""
    found: set[int] = set()
    for match in re.finditer(re.escape(event), text, re.IGNORECASE):
        before = " ".join(text[: match.start()][-80:].split()[-NEAR - 1 :]) + " "
        ordinals = [m for m in ORDINAL.finditer(before) if re.search(r"\D", m.group())]
        behind = re.match(
            r"(?:\s+\w+){0,2}\s+ke-?\s?(\d{1,3})\b", text[match.end() : match.end() + 60], re.IGNORECASE
        )
        found |= {int(ordinals[-1].group(1))} if ordinals else {int(behind.group(1))} if behind else set()
    return found
