"""An organisation as the movement knows it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.campaign.lookalike import search_key

BRANCHES = ("branch", "section", "chapter", "cawangan", "cabang", "ranting", "sangay", "balangay", "tsapter")
"""Words by which an organisation calls a part of itself that signs for itself."""
JOINED = ("สาขา",)
"""The same where words stand together without blanks."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation.

    ``name`` is the official name as the organisation writes it in Latin script where it has one, ``english``
    its English form, ``original`` its form in another script; ``acronym`` and ``aliases`` are other ways
    people call it. ``country`` is an ISO 3166-1 alpha-2 code, empty for an international body
    (``international`` is then true). ``place`` is the place as lists print it ("Papua/Indonesia"), empty
    where that is simply the country's name.
    """

    slug: str
    name: str
    english: str = ""
    original: str = ""
    acronym: str = ""
    aliases: tuple[str, ...] = ()
    country: str = ""
    international: bool = False
    place: str = ""
    line: str = ""
    """The name as it was last published, without the place, where it differs from ``name (acronym)``."""

    def names(self) -> tuple[str, ...]:
        """Every name it is known by, without empty ones; the official one first."""
        return tuple(
            n for n in (self.name, self.english, self.original, self.acronym, self.line, *self.aliases) if n
        )


def is_branch(name: str) -> bool:
    """Whether a name says that it is that of a branch: it is never another word for the whole."""
    key = search_key(name)
    return not set(BRANCHES).isdisjoint(key.split()) or any(search_key(each) in key for each in JOINED)
