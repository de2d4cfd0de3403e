"""Importing a page of greetings: one file for each, joint ones with all their organisations."""

from __future__ import annotations

from bot.content.catalog import Catalog
from bot.content.importing.account import REPORT, Ledger
from bot.content.importing.body import cleaned, put_body
from bot.content.importing.dates import named_days
from bot.content.importing.greeting import ReadGreeting, account_greeting, greeting_file, read_greetings
from bot.content.importing.heading import made_title, outline
from bot.content.importing.language import guess
from bot.content.importing.occasion import FoundOccasion, find_occasion, nothing, occasion_file
from bot.content.importing.page import Line, Page
from bot.content.importing.register import Register, organisations_file
from bot.content.importing.result import Imported, imported
from bot.content.importing.sections import Sections, split_sections
from bot.content.importing.slip import other_ordinals, slips


def import_greetings(page: Page, catalog: Catalog, slug: str = "") -> Imported:
    """A page of greetings to one occasion as content.

    ``slug`` names the occasion (made from the title where empty). Any page gives a result: what is not
    understood is a doubt, and no word is lost.
    """
    ledger = Ledger(page)
    register = Register(catalog, ledger)
    found = outline(page, ledger)
    title, line = made_title(found), found.title.number if found.title else 0
    lines = [line for block in found.blocks for line in block]
    language = guess(" ".join(line.text for line in lines)).language
    parts = split_sections(cleaned(found.blocks, ledger), register.knows)
    occasion = find_occasion(title, line, slug, register) if lines else nothing(slug, title)
    greetings = read_greetings(parts.sections, occasion, language, register)
    paths = [f"greetings/{occasion.slug}/{greeting.slug}.md" for greeting in greetings]
    files = {path: greeting_file(each, title) for path, each in zip(paths, greetings, strict=True)}
    if lines and not occasion.known:
        files[f"occasions/{occasion.slug}.md"] = occasion_file(
            occasion, language, title, parts.before, named_days(lines)
        )
    for path, greeting in zip(paths, greetings, strict=True):
        account_greeting(greeting, path, ledger)
    _account_rest(found.title, parts, next(reversed(files), ""), occasion, ledger)
    _doubt(title, greetings, parts, ledger)
    if register.new:
        files["organisations.toml"] = organisations_file(register.new.values())
    return imported(ledger, occasion.slug, occasion.title, files, _numbers(greetings, register))


def _account_rest(
    title: Line | None, parts: Sections, file: str, occasion: FoundOccasion, ledger: Ledger
) -> None:
    """The page's title is the source of the last file; what stands above the greetings describes it."""
    if title:
        ledger.put(title, file or REPORT, "source.title" if file else "title without a text")
    if not occasion.known:
        put_body(parts.before, file, ledger)
    for line in (line for block in parts.before for line in block if occasion.known):
        ledger.set_aside(line, "above the first greeting")
    for line in parts.bare:
        ledger.set_aside(line, "heading with no text below")


def _doubt(title: str, greetings: list[ReadGreeting], parts: Sections, ledger: Ledger) -> None:
    if not greetings:
        ledger.doubt(0, "No heading names an organisation and its country, so that no greeting was found.")
    elif parts.before:
        ledger.doubt(parts.before[0][0].number, "This text stands above the first greeting.")
    for line in parts.bare:
        ledger.doubt(line.number, f"“{line.text}” looks like a heading, but no text stands below it.")
    for greeting in greetings:
        if not greeting.signers:
            ledger.doubt(greeting.headings[-1][0].number, f"The greeting “{greeting.slug}” has no signer.")
        lines = [line for block in greeting.body for line in block]
        ledger.doubts += other_ordinals(title, lines)
    ledger.doubts += slips(line for g in greetings for block in g.body for line in block)


def _numbers(greetings: list[ReadGreeting], register: Register) -> dict[str, int]:
    return {
        "greetings": len(greetings),
        "joint greetings": sum(len(greeting.headings) > 1 for greeting in greetings),
        "organisations": len({slug for greeting in greetings for _, slug in greeting.headings}),
        "signers": sum(len(greeting.signers) for greeting in greetings),
        "greetings without a signer": sum(not greeting.signers for greeting in greetings),
        "known organisations": len(register.known),
        "new organisations": len(register.new),
    }
