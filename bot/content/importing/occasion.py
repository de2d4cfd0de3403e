"""What the greetings of a page are sent to: the occasion its title names, and who holds it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale

from bot.campaign.lookalike import search_key
from bot.content.catalog import Catalog
from bot.content.importing import lexicon
from bot.content.importing.notation import front_matter, markdown, source_lines, toml_text
from bot.content.importing.page import Block, Line
from bot.content.importing.printed import Printed
from bot.content.importing.register import Register
from bot.content.importing.slug import slugify

TOWARDS = re.compile(
    r"\s(?:to the|to|for the|for|on the occasion of the|kepada|untuk|sempena|bagi|para sa|sa|al?|para el"
    r"|pour le|au|gửi)\s(?=\S)",
    re.IGNORECASE,
)
HELD_BY = re.compile(r"^.*?\s(?:of the|of|oleh|ng|del?|de la|du)\s(?P<host>.+)$", re.IGNORECASE)
ACRONYM = re.compile(r"\b[A-Z]{2,8}\b")
LONGEST_HOST = 10
DAYS = re.compile(
    r"\b(?P<first>\d{1,2})\s?(?:[-–—]|to|hingga"
    r"|sampai)\s?(?P<last>\d{1,2})\s(?P<month>[^\W\d_]{3,12})\s(?P<year>(?:19|20)\d\d)\b"
)


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
    behind = HELD_BY.match(name)
    acronyms = ACRONYM.findall(name)
    host = behind["host"] if behind else acronyms[-1] if acronyms else ""
    if not host:
        register.ledger.doubt(line, "The title does not say who holds the occasion: correct the host.")
    return register.slug_of(Printed(host or name), line)


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


def named_days(lines: Sequence[Line]) -> tuple[date, ...]:
    """First and last day that the lines name most often ("15-17 July 2022"); empty where they name none."""
    counted = Counter(days for line in lines for days in _days(line.text))
    return counted.most_common(1)[0][0] if counted else ()


def _days(text: str) -> Iterator[tuple[date, date]]:
    for found in DAYS.finditer(text):
        month = _months().get(found["month"].casefold(), 0)
        try:
            first, last = (date(int(found["year"]), month, int(found[day])) for day in ("first", "last"))
        except ValueError:
            continue
        if first <= last:
            yield first, last


@cache
def _months() -> dict[str, int]:
    months: dict[str, int] = {}
    for language in ("en", "ms", "id", "fil", "es", "fr"):
        for number, name in Locale(language).months["format"]["wide"].items():
            months.setdefault(name.casefold(), number)
    return months
