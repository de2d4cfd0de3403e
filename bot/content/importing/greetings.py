"""Importing a page of greetings: one file for each, joint ones with all their organisations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.content.catalog import Catalog
from bot.content.importing.account import MARK, REPORT, Ledger
from bot.content.importing.body import cleaned, put_body
from bot.content.importing.dates import named_days
from bot.content.importing.heading import made_title, outline
from bot.content.importing.language import guess
from bot.content.importing.notation import front_matter, markdown, source_lines, toml_text
from bot.content.importing.occasion import FoundOccasion, find_occasion, nothing, occasion_file
from bot.content.importing.page import Block, Line, Page
from bot.content.importing.printed import split_line
from bot.content.importing.register import Register, organisations_file
from bot.content.importing.result import Imported, imported
from bot.content.importing.sections import Section, Sections, split_sections
from bot.content.importing.shapes import cut_signer, heading_name
from bot.content.importing.signers import ReadSigner, split_signers
from bot.content.importing.slip import other_ordinals, slips
from bot.content.importing.slug import unique


@dataclass(frozen=True, slots=True)
class ReadGreeting:
    """One greeting: its slug and language, its headings with the slug of each, its text and who signed it."""

    slug: str
    order: int
    language: str
    headings: tuple[tuple[Line, str], ...]
    body: tuple[Block, ...]
    signers: tuple[ReadSigner, ...]


def import_greetings(page: Page, catalog: Catalog, slug: str = "") -> Imported:
    """A page of greetings to one occasion as content.

    ``slug`` names the occasion (made from the title where empty). Any page gives a result: what is not
    understood is a doubt, and no word is lost.
    """
    ledger = Ledger(page)
    register = Register(catalog, ledger)
    found = outline(page, ledger)
    title = made_title(found)
    parts = split_sections(cleaned(found.blocks, ledger), register.knows)
    line = found.title.number if found.title else 0
    occasion = find_occasion(title, line, slug, register) if found.blocks else nothing(slug, title)
    language = guess(" ".join(line.text for block in found.blocks for line in block)).language
    greetings = _greetings(parts.sections, occasion, language, register)
    folder = f"greetings/{occasion.slug}"
    files = {f"{folder}/{greeting.slug}.md": _file(greeting, title) for greeting in greetings}
    for greeting in greetings:
        _account(greeting, f"{folder}/{greeting.slug}.md", ledger)
    if found.blocks and not occasion.known:
        days = named_days([line for block in found.blocks for line in block])
        files[f"occasions/{occasion.slug}.md"] = occasion_file(occasion, language, title, parts.before, days)
    _account_rest(found.title, parts, next(reversed(files), ""), occasion, ledger)
    _doubt(title, greetings, parts, ledger)
    if register.new:
        files["organisations.toml"] = organisations_file(register.new.values())
    return imported(ledger, occasion.slug, occasion.title, files, _numbers(greetings, register))


def _greetings(
    sections: Iterable[Section], occasion: FoundOccasion, language: str, register: Register
) -> list[ReadGreeting]:
    """The greetings in order; one that the catalogue has keeps its slug and place, others come behind."""
    there = register.catalog.occasions[occasion.slug].greetings if occasion.known else ()
    known = {greeting.organisations: (greeting.slug, greeting.order) for greeting in there}
    last = max((greeting.order for greeting in there), default=0)
    taken = {greeting.slug for greeting in there}
    found: list[ReadGreeting] = []
    for section in sections:
        lines = [(split_line(heading_name(line.text)), line.number) for line in section.headings]
        slugs = tuple(register.slug_of(printed, number) for printed, number in lines)
        signed = split_signers(section.blocks, register.knows)
        spoken = guess(" ".join(line.text for block in signed.body for line in block))
        slug, order = known.pop(slugs, ("", 0))
        last += not order
        slug = slug or unique(slugs[0], taken, "greeting")
        taken.add(slug)
        spoken_in = spoken.language if spoken.sure else language
        headings = tuple(zip(section.headings, slugs, strict=True))
        found.append(ReadGreeting(slug, order or last, spoken_in, headings, signed.body, signed.signers))
    return found


def _file(greeting: ReadGreeting, source: str) -> str:
    lines = [
        "organisations = [",
        *_organisations(greeting),
        "]",
        f"order = {greeting.order}",
        f"language = {toml_text(greeting.language)}",
        'kind = "full"',
    ]
    for signer in greeting.signers:
        lines += ["", "[[signer]]", f"name = {toml_text(signer.name)}"]
        lines += [f"role = {toml_text(signer.role)}"] if signer.role else []
    return front_matter([*lines, *source_lines(source)], markdown(greeting.body))


def _organisations(greeting: ReadGreeting) -> list[str]:
    """Each slug with its heading as printed; one that comes again is only a comment."""
    slugs = [slug for _, slug in greeting.headings]
    return [
        f"    # {line.text}" if slug in slugs[:at] else f"    {toml_text(slug)},  # {line.text}"
        for at, (line, slug) in enumerate(greeting.headings)
    ]


def _account(greeting: ReadGreeting, file: str, ledger: Ledger) -> None:
    for line, _ in greeting.headings:
        ledger.put(line, file, "organisations")
    put_body(greeting.body, file, ledger)
    for signer in greeting.signers:
        first = signer.lines[0]
        name_end, role_start = cut_signer(first.words)
        ledger.put_words(first.start, first.start + name_end, file, "signer")
        ledger.put_words(first.start + name_end, first.start + role_start, file, MARK)
        ledger.put_words(first.start + role_start, first.end, file, "signer")
        for line in signer.lines[1:]:
            ledger.put(line, file, "signer")


def _account_rest(
    title: Line | None, parts: Sections, file: str, occasion: FoundOccasion, ledger: Ledger
) -> None:
    """The page's title is the source of the last file; what stands above the greetings describes it."""
    if title:
        ledger.put(title, file or REPORT, "source.title" if file else "title without a text")
    for line in (line for block in parts.before for line in block):
        ledger.put(line, REPORT, "above the first greeting") if occasion.known else None
    if not occasion.known:
        put_body(parts.before, file, ledger)
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
