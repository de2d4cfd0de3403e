"""The organisations of a page: which are known to the catalogue, and which are new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.campaign.lookalike import search_key
from bot.campaign.organisation import Organisation
from bot.content.catalog import Catalog
from bot.content.importing.account import Ledger
from bot.content.importing.notation import toml_list, toml_text
from bot.content.importing.printed import Printed, without_place
from bot.content.importing.slug import slugify, unique
from bot.content.importing.territory import is_usual_name


@dataclass(slots=True)
class Register:
    """Finds or adds the organisations of one page; ``new`` are those added; doubts go to the ledger."""

    catalog: Catalog
    ledger: Ledger
    new: dict[str, Organisation] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    _by_key: defaultdict[str, list[Organisation]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for organisation in self.catalog.organisations.values():
            self._index(organisation)

    def find(self, printed: Printed) -> Organisation | None:
        """The one organisation known by exactly this name, in this country where both say one; else None."""
        names = (printed.names, printed.name, printed.english, printed.original)
        for key in dict.fromkeys(search_key(name) for name in names if name):
            fitting = [
                o for o in self._by_key[key] if not printed.country or o.country in {"", printed.country}
            ]
            same = [o for o in fitting if o.country == printed.country] or fitting
            if len({o.slug for o in same}) == 1:
                return same[0]
        return None

    def knows(self, printed: Printed) -> bool:
        """Whether an organisation of exactly this name is known."""
        return self.find(printed) is not None

    def slug_of(self, printed: Printed, line: int, listed: str = "") -> str:
        """The slug of a printed organisation, added where it is new; ``listed`` is its line in a list."""
        found = self.find(printed)
        if found is None:
            found = self._add(printed, line, listed)
        elif found.slug not in self.new:
            self.known.add(found.slug)
        return found.slug

    def _add(self, printed: Printed, line: int, listed: str) -> Organisation:
        same_acronym = {
            o.slug for o in self._by_key[search_key(printed.acronym)] if o.country == printed.country
        }
        if printed.acronym and same_acronym:
            self.ledger.doubt(
                line, f"“{printed.names}” has the acronym of {min(same_acronym)}: the same one?"
            )
        if not printed.country:
            self.ledger.doubt(line, f"“{printed.names}” has no country: taken for an international body.")
        added = _organisation(printed, self._free_slug(printed), listed)
        self.new[added.slug] = added
        self._index(added)
        return added

    def _free_slug(self, printed: Printed) -> str:
        slug = slugify(printed.name) or slugify(printed.english) or slugify(printed.acronym)
        return unique(
            slug, self.catalog.organisations.keys() | self.new.keys(), f"organisation-{len(self.new) + 1}"
        )

    def _index(self, organisation: Organisation) -> None:
        for key in dict.fromkeys(map(search_key, organisation.names())):
            self._by_key[key].append(organisation)


def _organisation(printed: Printed, slug: str, listed: str) -> Organisation:
    usual_line = f"{printed.name} ({printed.acronym})" if printed.acronym else printed.name
    line = without_place(listed, printed)
    return Organisation(
        slug=slug,
        name=printed.name,
        english=printed.english,
        original=printed.original,
        acronym=printed.acronym,
        country=printed.country,
        international=not printed.country,
        place="" if is_usual_name(printed.place, printed.country) else printed.place,
        line=line if line != usual_line else "",
    )


def organisations_file(organisations: Iterable[Organisation]) -> str:
    """The TOML of new organisations."""
    tables = [
        "# Organisations of this page that were not known before. Correct names and countries, add acronyms."
    ]
    for organisation in organisations:
        texts = ("slug", "name", "english", "original", "acronym", "country", "place", "line")
        values = [(key, getattr(organisation, key)) for key in texts]
        lines = [f"{key} = {toml_text(value)}" for key, value in values if value]
        if organisation.aliases:
            lines.append(f"aliases = {toml_list(organisation.aliases)}")
        tables.append(
            "\n".join(["[[organisation]]", *lines, *(["international = true"] * organisation.international)])
        )
    return "\n\n".join(tables) + "\n"
