"""The list under a statement: who signed it, in printed order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.content.importing.account import MARK, Ledger
from bot.content.importing.furniture import KINDS, furniture
from bot.content.importing.lexicon import PERSONS, SIGNED
from bot.content.importing.names import OTHER_BLANKS, PublishedName, published_name
from bot.content.importing.notation import BULLET, LETTER, NUMBER
from bot.content.importing.page import Block, Line
from bot.content.importing.printed import split_line
from bot.content.importing.register import Register
from bot.content.importing.shapes import is_capitalised

FILE = "signatories.csv"
LONGEST_NAME = 25
LONGEST_LINE = 290
"""A name in words, a line in characters."""
SHORT_HEADING = 4
MOSTLY = 0.8
FEWEST = 3
"""So many numbered lines at the end of a page may be a list of names without a heading."""


@dataclass(frozen=True, slots=True)
class NameList:
    """A list: the line that says what it is (None where it is guessed), its lines, the blocks above it."""

    heading: Line | None
    lines: tuple[Line, ...]
    above: tuple[Block, ...]


def find_list(blocks: Sequence[Block], ledger: Ledger) -> NameList:
    """The list of signatories at the end of the page; an empty one where there is none."""
    lines = [line for block in blocks for line in block]
    headings = [i for i, line in enumerate(lines[:-1]) if _is_list_heading(line)]
    if headings:
        at = next((i for i in headings if _are_short(lines[i + 1 :])), headings[-1])
        return NameList(lines[at], tuple(lines[at + 1 :]), _above(blocks, lines[at].start))
    numbered = next((i for i in range(len(lines), 0, -1) if not NUMBER.match(lines[i - 1].words[0])), 0)
    found = tuple(lines[numbered:])
    if len(found) >= FEWEST and _are_short(found) and sum(map(_is_name, found)) >= MOSTLY * len(found):
        ledger.doubt(found[0].number, "No line says who signed; this list was taken for the signatories.")
        return NameList(None, found, _above(blocks, found[0].start))
    ledger.doubt(0, "No list of signatories was found.")
    return NameList(None, (), tuple(blocks))


def _is_list_heading(line: Line) -> bool:
    return SIGNED.match(line.text) is not None and (
        line.text.endswith(":") or len(line.words) <= SHORT_HEADING
    )


def _are_short(lines: Sequence[Line]) -> bool:
    return sum(len(line.words) <= LONGEST_NAME for line in lines) >= MOSTLY * len(lines)


def _is_name(line: Line) -> bool:
    words = line.words[1:]
    return bool(split_line(" ".join(words)).country) or is_capitalised(words)


def _above(blocks: Sequence[Block], start: int) -> tuple[Block, ...]:
    cut = (tuple(line for line in block if line.start < start) for block in blocks)
    return tuple(block for block in cut if block)


def read_list(found: NameList, register: Register) -> tuple[PublishedName, ...]:
    """The names of the list; what is no name is set aside, and doubts say what does not fit."""
    ledger = register.ledger
    if found.heading:
        ledger.set_aside(found.heading, "heading of the list of signatories")
    mark = _mark(found.lines)
    names: list[PublishedName] = []
    persons = False
    for line in found.lines:
        marked = mark is not None and mark.match(line.words[0]) is not None
        if not marked and (line.text.endswith(":") or _is_list_heading(line) or PERSONS.fullmatch(line.text)):
            persons = PERSONS.search(line.text) is not None
            ledger.set_aside(line, "heading inside the list of signatories")
        elif reason := _no_name(line, marked=marked, must=mark is not None):
            ledger.set_aside(line, reason)
            if reason not in KINDS:
                ledger.doubt(line.number, f"Set aside: {reason}. Is it a name?")
        else:
            names += _name(line, len(names) + 1, register, marked=marked, person=persons)
    if found.heading and not names:
        ledger.doubt(found.heading.number, "No names were found below this line.")
    return tuple(names)


def _mark(lines: Sequence[Line]) -> re.Pattern[str] | None:
    """The kind of mark most lines begin with."""
    for mark in (NUMBER, BULLET, LETTER):
        if sum(mark.match(line.words[0]) is not None and len(line.words) > 1 for line in lines) * 2 > len(
            lines
        ):
            return mark
    return None


def _no_name(line: Line, *, marked: bool, must: bool) -> str:
    if not marked and (kind := furniture(line)):
        return kind
    if must and not marked:
        return "line without a mark in the list of signatories"
    too_long = (
        len(line.words) > LONGEST_NAME
        or len(line.text) > LONGEST_LINE
        or (line.text.endswith(".") and len(line.words) > LONGEST_NAME / 2)
    )
    return "too long for a name in the list of signatories" if too_long else ""


def _name(line: Line, count: int, register: Register, *, marked: bool, person: bool) -> list[PublishedName]:
    ledger = register.ledger
    text = " ".join(line.words[marked:]).rstrip(";,")
    name = published_name({"line": text})
    if isinstance(name, str) or name.line != text:
        sentence = name if isinstance(name, str) else "The name has marks that no list shows."
        ledger.doubt(line.number, f"Set aside, not a name that can be listed: {sentence}")
        ledger.set_aside(line, "cannot be listed")
        return []
    number = int(re.sub(r"\D", "", line.words[0])) if marked and NUMBER.match(line.words[0]) else count
    if number != count:
        ledger.doubt(line.number, f"This is number {number} on the page and {count} by counting.")
    if marked:
        ledger.put_words(line.start, line.start + 1, FILE, MARK)
    ledger.put_words(line.start + marked, line.end, FILE, "line")
    slug = "" if person else register.slug_of(split_line(text), line.number, text)
    return [replace(name, number=number, organisation=slug, line=_printed(line, text))]


def _printed(line: Line, text: str) -> str:
    """The name as it was printed: a no-break space in it stays."""
    printed = OTHER_BLANKS.sub(" ", line.printed).strip().rstrip(";,")
    at = printed.find(text.split(maxsplit=1)[0]) if text else -1
    return printed[at:] if at >= 0 and " ".join(printed[at:].split()) == text else text
