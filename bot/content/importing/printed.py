"""A printed line of a list or a heading, and its parts: names, acronym, country."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from bot.content.importing.territory import Territory, territory

ACRONYM = re.compile(r"^(?P<rest>.*\S)\s\((?P<short>[^()]{2,14}|[^()]{2,8}\([^()]{1,6}\))\)$")
SEPARATED = (
    re.compile(r"^(?P<rest>.*\S)(?P<gap>,\s?)(?P<place>[^,]+)$"),
    re.compile(r"^(?P<rest>.*\S)(?P<gap>\s\()(?P<place>[^()]+)\)$"),
    re.compile(r"^(?P<rest>.*\S)(?P<gap>\s[-–—]\s)(?P<place>[^–—]+)$"),
)
LONGEST = 300
LAST_WORDS = 4
SHORTEST = 4
"""Letters of a country that needs no comma before it; "UK" does."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The parts of a line.

    ``name`` keeps what could not be told apart; ``place`` is the place as printed, ``country`` its ISO code.
    ``english`` or ``original`` is the second of two names with a stroke between: the same script, or another
    one.
    """

    name: str
    english: str = ""
    original: str = ""
    acronym: str = ""
    country: str = ""
    place: str = ""

    @property
    def names(self) -> str:
        """The line without acronym and place."""
        return " / ".join(filter(None, (self.name, self.english or self.original)))


def split_line(line: str) -> Printed:
    """Take a printed line (words apart by one space) apart.

    Joining the parts again always gives the line: see ``joined``.
    """
    if len(line) > LONGEST:
        return Printed(line)
    printed = _with_names(_with_acronym(_with_place(line)))
    return printed if line in joined(printed) else Printed(line)


def joined(printed: Printed) -> tuple[str, ...]:
    """Every way in which lists print these parts; the usual one ("Name (ACR), Place") first."""
    names = [printed.names]
    if printed.original:
        names.append(f"{printed.original} / {printed.name}")
    if printed.acronym:
        names = [f"{name} ({printed.acronym})" for name in names]
    if not printed.place:
        return tuple(names)
    ways = (", {}", ",{}", " ({})", " – {}", " - {}", " — {}")
    return tuple(name + way.format(printed.place) for way in ways for name in names)


def without_place(line: str, printed: Printed) -> str:
    """The name part of a line as it is printed: what stands before the place."""
    return line[: line.rfind(printed.place)].rstrip(" ,(–—-") if printed.place else line


def ends_in_country(text: str) -> Territory | None:
    """The country in the last words of ``text``, with no comma before it ("Socialist Workers Thailand")."""
    words = text.split()
    for count in range(min(LAST_WORDS, len(words) - 1), 0, -1):
        last = " ".join(words[-count:])
        if len(last) >= SHORTEST and last[0].isupper() and (found := territory(last)):
            return found
    return None


def _with_place(line: str) -> Printed:
    for separated in SEPARATED:
        found = separated.match(line)
        if found and (place := territory(found["place"])):
            return Printed(found["rest"], country=place.country, place=place.printed)
    named = ends_in_country(line)
    return Printed(line, country=named.country if named else "")


def _with_acronym(printed: Printed) -> Printed:
    found = ACRONYM.match(printed.name)
    if found and is_acronym(found["short"]):
        return replace(printed, name=found["rest"], acronym=found["short"])
    return printed


def is_acronym(word: str) -> bool:
    """Whether this is an acronym: one word, more capitals than small letters ("PPR", "PRDs", "CPI(ML)")."""
    capitals = sum(map(str.isupper, word))
    return " " not in word and capitals > 1 and capitals > sum(map(str.islower, word))


def _with_names(printed: Printed) -> Printed:
    halves = printed.name.split(" / ")
    if len(halves) != 2:  # noqa: PLR2004 -- a name and its other form
        return printed
    first, second = halves
    if is_latin(first) == is_latin(second):
        return replace(printed, name=first, english=second)
    name, original = (first, second) if is_latin(first) else (second, first)
    return replace(printed, name=name, original=original)


def is_latin(text: str) -> bool:
    """Whether most letters of ``text`` are Latin."""
    letters = [c for c in text if c.isalpha()]
    return sum(unicodedata.name(c, "").startswith("LATIN") for c in letters) * 2 >= len(letters)
