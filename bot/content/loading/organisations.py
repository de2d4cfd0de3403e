"""organisations.toml: who is known to the movement."""

from __future__ import annotations

from collections.abc import Iterable

from bot.campaign.organisation import Organisation
from bot.content.catalog import Fault
from bot.content.cldr import is_territory
from bot.content.loading.files import DataFile
from bot.content.loading.sheet import Sheet, open_sheet

_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
"""Codes that CLDR lists beside countries."""


def read_organisations(files: Iterable[DataFile], faults: list[Fault]) -> dict[str, Organisation]:
    """All organisations by slug; of two files the later one's entry counts, whole."""
    merged: dict[str, Organisation] = {}
    for file in files:
        here: dict[str, Organisation] = {}
        sheet = open_sheet(file.name, file.text, faults)
        for entry in sheet.subs("organisation") if sheet else ():
            organisation = _organisation(entry)
            if organisation.slug in here:
                entry.fault(
                    "slug", f"There is an organisation “{organisation.slug}” above already: keep one."
                )
            elif organisation.slug and organisation.name:
                here[organisation.slug] = organisation
        if sheet:
            sheet.close()
        merged.update(here)
    return merged


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
