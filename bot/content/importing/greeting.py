"""One greeting: from its section of the page to its file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.content.importing.account import MARK, Ledger
from bot.content.importing.body import put_body
from bot.content.importing.language import guess
from bot.content.importing.notation import front_matter, markdown, source_lines, toml_text
from bot.content.importing.occasion import FoundOccasion
from bot.content.importing.page import Block, Line
from bot.content.importing.printed import split_line
from bot.content.importing.register import Register
from bot.content.importing.sections import Section
from bot.content.importing.shapes import cut_signer, heading_name
from bot.content.importing.signers import ReadSigner, split_signers
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


def read_greetings(
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


def greeting_file(greeting: ReadGreeting, source: str) -> str:
    """The file of a greeting; ``source`` is the title of its page."""
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


def account_greeting(greeting: ReadGreeting, file: str, ledger: Ledger) -> None:
    """Say where the words of a greeting went."""
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
