"""What the greetings of a page are sent to: the occasion its title names, and who holds it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.campaign.lookalike import search_key
from bot.content.catalog import Catalog
from bot.content.importing import lexicon
from bot.content.importing.notation import front_matter, markdown, source_lines, toml_text
from bot.content.importing.page import Block
from bot.content.importing.printed import Printed, split_line
from bot.content.importing.register import Register
from bot.content.importing.slug import slugify

TOWARDS = re.compile(
    r"\s(?:to the|to|for the|for|on the occasion of the|kepada|untuk|sempena|bagi|para sa|sa|al?|para el"
    r"|pour le|au|gửi)\s(?=\S)",
    re.IGNORECASE,
)
HELD_BY = re.compile(r"\s(?:of the|of|oleh|ng|del?|de la|du)\s(?P<host>.+)$", re.IGNORECASE)
BEFORE_HOST = re.compile(
    r"^(?:\s*(?:ke-?\s?\d+|(?:of the|of|oleh|ng|del?|de la|du|the)(?=\s)))*\s*", re.IGNORECASE
)
ACRONYM = re.compile(r"\b[A-Z]{2,8}\b")
LONGEST_HOST = 10


@dataclass(frozen=True, slots=True)
class FoundOccasion:
    """An occasion: ``host`` is a slug, ``known`` is true where the catalogue has the occasion."""

    slug: str
    title: str
    host: str
    known: bool


def find_occasion(title: str, line: int, slug: str, register: Register) -> FoundOccasion:
    """The occasion a page's title names: in "Messages to the 24th Congress of X" that congress, held by X."""
    name = occasion_name(title)
    slug = slugify(slug) or _known_slug(name, register.catalog) or slugify(name) or "occasion"
    known = register.catalog.occasions.get(slug)
    if known:
        return FoundOccasion(slug, name, known.host, known=True)
    return FoundOccasion(slug, name, _host(name, line, register), known=False)


def nothing(slug: str, title: str) -> FoundOccasion:
    """The occasion of a page without any text: it has no host, and no file is written for it."""
    return FoundOccasion(slugify(slug) or slugify(title) or "occasion", title, "", known=False)


def occasion_name(title: str) -> str:
    """The title without the words that say what is sent."""
    for towards in TOWARDS.finditer(title):
        if lexicon.MESSAGE.search(title[: towards.start()]):
            return title[towards.end() :]
    return title


def _known_slug(name: str, catalog: Catalog) -> str:
    key = search_key(name)
    slugs = (slug for slug, o in catalog.occasions.items() if key in map(search_key, o.titles.values()))
    return next(slugs, "")


def _host(name: str, line: int, register: Register) -> str:
    words = name.split()[: LONGEST_HOST * 3]
    for length in range(min(LONGEST_HOST, len(words)), 0, -1):
        for start in range(len(words) - length, -1, -1):
            found = register.find(Printed(" ".join(words[start : start + length])))
            if found:
                return found.slug
    host = _host_name(name)
    if not host:
        register.ledger.doubt(line, "The title does not say who holds the occasion: correct the host.")
    return register.slug_of(split_line(host or name), line)


def _host_name(name: str) -> str:
    event, held_by, acronyms = lexicon.EVENT.search(name), HELD_BY.search(name), ACRONYM.findall(name)
    behind = BEFORE_HOST.sub("", name[event.end() :]) if event else ""
    return behind or (held_by["host"] if held_by else acronyms[-1] if acronyms else "")


def occasion_file(
    found: FoundOccasion, language: str, source: str, blocks: Sequence[Block], days: Sequence[date]
) -> str:
    """The file of a new occasion; days that were only found in the greetings stand as a comment."""
    lines = [f"host = {toml_text(found.host)}"]
    if days:
        lines += [
            "# The greetings say these days. Take the mark away where they are right.",
            f"# begins = {days[0]}",
        ]
        lines += [f"# ends = {days[1]}"]
    titles = ["", "[titles]", f"{language} = {toml_text(found.title)}"]
    if language != "en":
        titles.append(f"en = {toml_text(found.title)}  # not yet translated")
    return front_matter([*lines, *titles, *source_lines(source)], markdown(blocks))
