"""organisations.toml: who is known to the movement."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.campaign.organisation import Organisation
from bot.content.catalog import Fault
from bot.content.cldr import is_territory
from bot.content.loading.files import DataFile
from bot.content.loading.sheet import Sheet, open_sheet

_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
"""Codes that CLDR lists beside countries."""


@dataclass(slots=True)
class Register:
    """The organisations being read, by slug; of two files the later one's entry counts, whole.

    ``nameless`` are slugs whose entry has no name; ``whole`` is false where a file could not be read at all.
    """

    faults: list[Fault]
    whole: bool = True
    organisations: dict[str, Organisation] = field(default_factory=dict)
    nameless: set[str] = field(default_factory=set)

    def read(self, file: DataFile) -> None:
        """Add the entries of one file."""
        sheet = open_sheet(file.name, file.text, self.faults)
        if not sheet:
            self.whole = False
            return
        here: set[str] = set()
        for entry in sheet.subs("organisation"):
            organisation = _organisation(entry)
            if organisation.slug in here:
                entry.fault(
                    "slug", f"There is an organisation “{organisation.slug}” above already: keep one."
                )
            elif organisation.slug:
                here.add(organisation.slug)
                self._add(organisation)
        sheet.close()

    def _add(self, organisation: Organisation) -> None:
        if organisation.name:
            self.organisations[organisation.slug] = organisation
        else:
            self.nameless.add(organisation.slug)


def read_country(sheet: Sheet, key: str = "country") -> str:
    """The ISO code under a key, "" where it is absent or wrong."""
    code = sheet.text(key)
    if not code or is_country(code):
        return code
    hint = f": write “{code.upper()}”" if is_country(code.upper()) else ", two capitals as in “MY”"
    sheet.fault(key, f"“{code[:40]}” is no country code{hint}.")
    return ""


def is_country(code: str) -> bool:
    """Whether this is the ISO 3166-1 alpha-2 code of a country."""
    return is_territory(code) and code.isupper() and code not in _NO_COUNTRIES


def _organisation(sheet: Sheet) -> Organisation:
    country, international = read_country(sheet), sheet.flag("international")
    place = sheet.text("place")
    if "country" not in sheet.table and not international and not place:
        sheet.fault("slug", "Nothing says where this organisation is: add country or international = true.")
    if country and international:
        sheet.fault("international", "An organisation has a country or is international: keep one of both.")
    organisation = Organisation(
        slug=sheet.slug("slug", required=True),
        name=sheet.text("name", required=True),
        english=sheet.text("english"),
        original=sheet.text("original"),
        acronym=sheet.text("acronym"),
        aliases=sheet.texts("aliases"),
        country=country,
        international=international and not country,
        place=place,
        line=sheet.text("line"),
    )
    sheet.close()
    return organisation
