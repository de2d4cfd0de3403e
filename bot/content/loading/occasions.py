"""occasions/<slug>.md: what greetings are sent to."""

from __future__ import annotations

from bot.content.catalog import Fault, Occasion
from bot.content.loading.documents import check_language, open_written, read_source
from bot.content.loading.files import DataFile
from bot.content.loading.known import Known
from bot.content.loading.sheet import Sheet

FALLBACK = "en"
"""Every occasion has a title in this language, for readers of all others."""


def read_occasion(slug: str, file: DataFile, known: Known, faults: list[Fault]) -> Occasion | None:
    """An occasion, still without its greetings; None where its host or its title is missing."""
    written = open_written(file, faults)
    if not written:
        return None
    sheet = written.sheet
    host, titles = known.organisation_of(sheet, "host"), _titles(sheet)
    begins, ends, place = sheet.day("begins"), sheet.day("ends"), sheet.text("place")
    if begins and ends and ends < begins:
        sheet.fault("ends", "“ends” is before “begins”: correct one of both.")
    read_source(sheet, required=False)
    sheet.close()
    return Occasion(slug, titles, host, begins, ends, place) if host and FALLBACK in titles else None


def _titles(sheet: Sheet) -> dict[str, str]:
    table = sheet.sub("titles")
    if not table or FALLBACK not in table.table:
        sheet.fault("titles", f'The occasion needs a title: add a line [titles], below it {FALLBACK} = "…"')
    if not table:
        return {}
    titles = {language: table.text(language) for language in table.table}
    for language in titles:
        if sentence := check_language(language):
            table.fault(language, sentence)
    return {language: title for language, title in titles.items() if title and not check_language(language)}
