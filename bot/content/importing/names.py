"""Names that were published or collected elsewhere: a CSV of signatories."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.campaign.lookalike import check_name, search_key
from bot.campaign.refusal import Refusal
from bot.content.catalog import Fault
from bot.content.countries import english_name
from bot.content.importing.columns import SLUG, read_table
from bot.content.importing.decoding import as_written, decode, is_hidden
from bot.content.importing.printed import Printed, joined, split_line
from bot.content.importing.territory import territory

HEADER = ("number", "line", "name", "acronym", "original", "country", "place", "organisation")
OTHER_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
"""Blanks that mean no more than one; a no-break space is part of how a line was printed."""
LINE_LIMIT = 240
"""Graphemes of a printed line: two names, an acronym and a place."""
SENTENCES = {
    "name.empty": "There is no name here.",
    "name.too-long": "The name is too long.",
    "name.link": "A name cannot hold a link.",
    "name.mention": "A name cannot hold a mention or a mail address.",
    "name.start": "A name cannot start with = + - @ or /: a spreadsheet would take it for a formula.",
    "name.marks": "The name has more marks on its letters than any script needs.",
}


@dataclass(frozen=True, slots=True)
class PublishedName:
    """One published name.

    ``line`` is the line as printed, without its number; ``country`` is an ISO code or empty, ``place`` the
    place as printed, ``organisation`` the slug of a known organisation.
    """

    number: int | None
    line: str
    name: str
    acronym: str = ""
    original: str = ""
    country: str = ""
    place: str = ""
    organisation: str = ""


def read_names(
    content: bytes, file: str = "signatories.csv"
) -> tuple[tuple[PublishedName, ...], tuple[Fault, ...]]:
    """The names in a CSV, and a fault for each row left out; ``file`` is only named in the faults.

    Never raises.

    UTF-8, UTF-16 or Windows encoding; comma, semicolon or tab; columns by their header in any order, or
    guessed.
    """
    if decode(content).binary:
        return (), (Fault(file, 0, "This is no CSV: save the sheet as CSV (UTF-8) and import that."),)
    table = read_table(as_written(content)[0])
    names: list[PublishedName] = []
    faults = [Fault(file, line, sentence) for line, sentence in table.faults]
    seen: dict[str, int] = {}
    for line, cells in table.rows:
        name = published_name(cells)
        sentence = name if isinstance(name, str) else _seen_before(name, line, seen)
        if isinstance(name, PublishedName) and not sentence:
            names.append(name)
        else:
            faults.append(Fault(file, line, sentence))
    return tuple(names), tuple(sorted(faults, key=lambda fault: fault.line))


def published_name(cells: Mapping[str, str]) -> PublishedName | str:
    """One name from the cells of a row by column (see ``HEADER``); what is missing is read from the line.

    A sentence where the row cannot be taken.
    """
    texts = {column: cell for column, cell in cells.items() if cell and column in HEADER}
    if any(map(is_hidden, "".join(texts.values()))):
        return "There are characters here that nobody can see: type the name anew."
    number = texts.pop("number", "").rstrip(".)")
    if number and not re.fullmatch("[0-9]{1,6}", number):
        return f"“{number[:40]}” is no number."
    checked = {column: check_name(cell, LINE_LIMIT) for column, cell in texts.items()}
    for check in (*checked.values(), check_name(texts.get("line") or texts.get("name", ""), LINE_LIMIT)):
        if isinstance(check, Refusal):
            return SENTENCES[check.phrase]
    filled = _filled({column: str(text) for column, text in checked.items()}, int(number) if number else None)
    if isinstance(filled, str) or "line" not in texts:
        return filled
    return replace(filled, line=OTHER_BLANKS.sub(" ", texts["line"]).strip())


def _filled(texts: Mapping[str, str], number: int | None) -> PublishedName | str:
    """The parts of a name: as the cells say, else as the line shows them."""
    slug, country = texts.get("organisation", ""), texts.get("country", "")
    if not SLUG.fullmatch(slug or "none"):
        return f"“{slug[:40]}” is no slug: small letters, digits and hyphens."
    if re.fullmatch("[A-Z]{2}", country) and not territory(country):
        return f"“{country}” is no country."
    printed = texts.get("line") or texts["name"]
    parts = _shown(split_line(printed))
    told = dict(texts)
    if "line" not in texts:
        del told["name"]
    elif "name" in texts:
        parts = {column: parts[column] for column in ("country", "place")}
    whole = {**dict.fromkeys(HEADER[1:], ""), **parts, **told}
    whole["place"] = told.get("place") or (country if len(country) > len("MY") else "") or parts["place"]
    found = territory(country) or territory(whole["place"])
    whole["country"] = found.country if found else parts["country"]
    whole["line"] = (
        printed if "line" in texts or not texts.keys() - {"name", "organisation"} else _line(whole)
    )
    return PublishedName(number, **whole)


def _shown(parts: Printed) -> dict[str, str]:
    """The parts by column; of two Latin names both stay in the name."""
    name = parts.name if parts.original else parts.names
    return {
        "name": name,
        "acronym": parts.acronym,
        "original": parts.original,
        "country": parts.country,
        "place": parts.place,
    }


def _line(columns: Mapping[str, str]) -> str:
    """The line that these columns print."""
    place = columns["place"] or (english_name(columns["country"]) if columns["country"] else "")
    return joined(
        Printed(
            name=columns["name"],
            original=columns["original"],
            acronym=columns["acronym"],
            place=place,
        )
    )[0]


def _seen_before(name: PublishedName, line: int, seen: dict[str, int]) -> str:
    """A sentence where line, number or organisation stood in an earlier row; else they are remembered."""
    keys = (f"line {search_key(name.line)}", f"number {name.number}", f"organisation {name.organisation}")
    told = [
        key for key, value in zip(keys, (name.line, name.number, name.organisation), strict=True) if value
    ]
    for key in told:
        if key in seen:
            return f"This stands in line {seen[key]} already ({key.partition(' ')[0]})."
    seen.update(dict.fromkeys(told, line))
    return ""


def names_file(names: Iterable[PublishedName]) -> str:
    """The CSV of names, with every column of ``HEADER``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([getattr(name, column) for column in HEADER] for name in names)
    return out.getvalue()
