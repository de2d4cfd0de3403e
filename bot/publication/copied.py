"""The names on somebody's copy of a list: which lines of a pasted text or saved page they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.content.importing.furniture import furniture
from bot.content.importing.lexicon import PERSONS, SIGNED
from bot.content.importing.notation import BULLET, NUMBER
from bot.content.importing.page import Line, Page
from bot.content.importing.printed import split_line
from bot.content.importing.shapes import is_capitalised, names_organisation

LONGEST_NAME = 25
LONGEST_LINE = 290
"""A name in words, a line in characters."""
MOST_LINES = 10_000
LETTER = re.compile(r"\(?(?:[a-z][.)]|[A-Z]\))$")
"""Not "A.", with which a person's name may begin."""
MARKS = {"number": NUMBER, "bullet": BULLET, "letter": LETTER}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line without its mark, the kind of that mark ("" for none), and whether our list has the line too."""

    text: str
    mark: str
    known: bool


def copied(page: Page, is_ours: Callable[[str], bool]) -> tuple[str, ...]:
    """The lines of a page that are names of its list, in their order, without numbers and bullets.

    ``is_ours`` tells lines that our list has too: around them the list stands. Headings, the text above and
    the furniture of the page are no names.
    """
    entries = [_entry(line, is_ours) for line, _ in zip(page.lines, range(MOST_LINES), strict=False)]
    taken = set(_around(entries))
    if not taken:
        below = next((at for at, each in enumerate(entries) if each and _is_heading(each.text)), 0)
        taken = {at for at in range(below, len(entries)) if _is_alone_a_name(entries[at])}
    return tuple(each.text for at, each in enumerate(entries) if each and at in taken)


def _entry(line: Line, is_ours: Callable[[str], bool]) -> Entry | None:
    """None for what is no name: no part of the page's text, or too long."""
    if len(line.text) > LONGEST_LINE:
        return None
    first, *rest = line.words
    mark = next((kind for kind, mark in MARKS.items() if rest and mark.match(first)), "")
    text = " ".join(rest if mark else line.words).rstrip(";,")
    known = is_ours(text)
    return None if not text or (not known and furniture(line)) else Entry(text, mark, known)


def _is_heading(text: str) -> bool:
    return SIGNED.match(text) is not None or PERSONS.fullmatch(text.rstrip(":")) is not None


def _around(entries: list[Entry | None]) -> Iterator[int]:
    """The known names, and on both sides of each the unknown ones that stand in the same list."""
    known = [at for at, each in enumerate(entries) if each and each.known]
    yield from known
    for at in known:
        for step in (-1, 1):
            here = at + step
            while 0 <= here < len(entries) and _goes_on(
                entries[at], entries[here], known[0] < here < known[-1]
            ):
                yield here
                here += step


def _goes_on(known: Entry | None, other: Entry | None, inside: bool) -> bool:  # noqa: FBT001
    """Whether a line beside a name is a name too: it has the same mark, or has none and looks like a name."""
    if known is None or other is None or other.known or other.mark != known.mark or not _is_short(other.text):
        return False
    return (
        bool(other.mark) or _looks_like_a_name(other.text) or (inside and is_capitalised(other.text.split()))
    )


def _is_alone_a_name(entry: Entry | None) -> bool:
    return entry is not None and _is_short(entry.text) and _looks_like_a_name(entry.text)


def _is_short(text: str) -> bool:
    return len(text.split()) <= LONGEST_NAME and not text.endswith(":") and not _is_heading(text)


def _looks_like_a_name(text: str) -> bool:
    printed = split_line(text)
    named = printed.place or printed.acronym or names_organisation(text)
    return bool(named) and is_capitalised(printed.names.split())
