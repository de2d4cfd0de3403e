"""Importing a statement: its text, its calls, who started it and who signed it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.campaign.lookalike import search_key
from bot.content.catalog import Catalog
from bot.content.importing.account import Ledger
from bot.content.importing.body import calls, put_body
from bot.content.importing.dates import printed_date
from bot.content.importing.heading import outline
from bot.content.importing.initiator import find_initiators
from bot.content.importing.language import guess
from bot.content.importing.names import PublishedName, names_file
from bot.content.importing.notation import front_matter, markdown, source_lines, toml_list, toml_text
from bot.content.importing.opening import Opening, account_opening, read_opening
from bot.content.importing.page import Page
from bot.content.importing.register import Register, organisations_file
from bot.content.importing.result import Imported, imported
from bot.content.importing.signatories import FILE, find_list, read_list
from bot.content.importing.slip import slips
from bot.content.importing.slug import slugify


def import_statement(page: Page, catalog: Catalog, day: date, slug: str = "") -> Imported:
    """A page with a statement as content.

    ``day`` dates the wording, since pages hardly ever do; ``slug`` names it (made from the title where
    empty). Any page gives a result: what is not understood is a doubt, and no word is lost.
    """
    ledger = Ledger(page)
    register = Register(catalog, ledger)
    found = outline(page, ledger)
    listed = find_list(found.blocks, ledger)
    opening = read_opening(found, listed.above, ledger)
    names = read_list(listed, register)
    started = find_initiators((line for block in listed.above for line in block), register)
    slug = slugify(slug) or _known_slug(opening.title, catalog) or slugify(opening.title) or "statement"
    file = f"statements/{slug}/{_language(opening, ledger)}.md" if opening.body else ""
    account_opening(opening, file, ledger)
    put_body(opening.body, file, ledger)
    _doubt(opening, catalog, slug, ledger)
    files = {FILE: names_file(names)} if names else {}
    if file:
        files[file] = _statement_file(opening, started, _dated(page, day, ledger))
        if slug not in catalog.campaigns:
            files[f"campaigns/{slug}.toml"] = _campaign_file(slug, started)
    if register.new:
        files["organisations.toml"] = organisations_file(register.new.values())
    return imported(ledger, slug, opening.title, files, _numbers(opening, started, names, register))


def _known_slug(title: str, catalog: Catalog) -> str:
    """The slug of the statement that the catalogue has under this title."""
    key = search_key(title)
    titled = (
        (slug, document.title) for slug, s in catalog.statements.items() for document in s.documents.values()
    )
    return next((slug for slug, known in titled if search_key(known) == key), "")


def _language(opening: Opening, ledger: Ledger) -> str:
    language = guess(" ".join(line.text for block in opening.body for line in block))
    if not language.sure:
        ledger.doubt(0, f"The language is not sure; the text is taken for “{language.language}”.")
    return language.language


def _dated(page: Page, day: date, ledger: Ledger) -> list[str]:
    """The lines of the front matter that say which day the wording is from."""
    if found := printed_date(page.lines):
        ledger.doubt(found[1], f"This line was taken for the date of the text: {found[0]}.")
        return [f"dated = {found[0]}"]
    ledger.doubt(0, f"The page bears no date: {day} stands for it, correct it.")
    return [
        "# The page bears no date: this is the day of the import. Put the day of the text here.",
        f"dated = {day}",
    ]


def _doubt(opening: Opening, catalog: Catalog, slug: str, ledger: Ledger) -> None:
    if not opening.body:
        ledger.doubt(0, "No text was found, so that no statement was written.")
        return
    if not calls(opening.body):
        ledger.doubt(0, "No list was found that says what the statement calls for.")
    if slug in catalog.statements:
        ledger.doubt(
            0, f"There is a statement “{slug}” already: laid over the data, this text stands in its place."
        )
    ledger.doubts += slips(line for block in opening.body for line in block)


def _statement_file(opening: Opening, started: Sequence[str], dated: Sequence[str]) -> str:
    lines = [
        f"title = {toml_text(opening.title)}",
        "original = true",
        *dated,
        'kind = "full"',
        f"initiators = {toml_list(started)}",
        *source_lines(opening.source),
    ]
    return front_matter(lines, markdown(opening.body))


def _campaign_file(slug: str, started: Sequence[str]) -> str:
    lines = [
        "# A draft. It is open at once and without end: set opens, closes and the zone, and who may sign.",
        f"# The names: bot import signatories {FILE} --campaign {slug}",
        f"statement = {toml_text(slug)}",
        'zone = "UTC"',
        f"initiators = {toml_list(started)}",
        'who = ["organisations"]',
    ]
    return "\n".join(lines) + "\n"


def _numbers(
    opening: Opening, started: Sequence[str], names: Sequence[PublishedName], register: Register
) -> dict[str, int]:
    return {
        "calls": calls(opening.body),
        "initiators": len(started),
        "signatories": len(names),
        "places": len({name.place or name.country for name in names} - {""}),
        "known organisations": len(register.known),
        "new organisations": len(register.new),
    }
