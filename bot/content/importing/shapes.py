"""The shape of a block on a page of greetings: heading, signer or text, told by form and kinds of words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from bot.content.importing import lexicon
from bot.content.importing.page import Block, Line
from bot.content.importing.printed import Printed, split_line
from bot.content.importing.webpage import BOLD_LINE

Known = Callable[[Printed], bool]
"""Whether an organisation is known by exactly this name."""


class Shape(StrEnum):
    """What a block may be. MAYBE_HEADING names an organisation but no country: a heading or a signature."""

    HEADING = "heading"
    MAYBE_HEADING = "maybe heading"
    SIGNER = "signer"
    NAME = "name"
    DATED = "dated"
    TEXT = "text"


LONGEST_HEADING = 22
LONGEST_SIGNER = 45
LONGEST_NAME = 9
LONGEST_PERSON = 6
"""All in words."""
LONGEST_LINE = 290
"""Characters: what is longer fits no field of the data."""
SMALL_WORDS = frozenset(
    "a al and bagi bin binti bint bt d da dal dalam dan das de de’ dei del dela della delle den der des di do"
    " dos du e ed el en et for für i in kepada la las le les los mga nang ng of oleh on og och op para per po"
    " sa sans the to u und untuk van von voor with y yang zu &".split()
)
ENDS_TEXT = (".", "!", "?", ":", ";", ",", "…", "”", '"', "»", "။", "؟", "\u06d4")
DATE = re.compile(r"\d{1,4}(?:[./-]\d{1,2}|\D{1,20}\d{4}\b)|\b(?:19|20)\d\d\b")
BEFORE_NAME = re.compile(
    r"^(?:\d{1,3}[.)]\s+)?"
    r"(?:(?:solidarity )?(?:messages?|greetings?|letter) (?:of (?:solidarity|greetings?) )?from (?:the )?"
    r"|(?:pesan|mesej|ucapan|salam)(?: solidarit\w+)? (?:dari|daripada) |(?:and|dan|at|y|et|&)\s+)?(?=\S)",
    re.IGNORECASE,
)
DASHES = frozenset("-–—")


def shape_of(block: Block, known: Known) -> Shape:
    """The shape of a block; a block of several lines has a shape only where all of them fit."""
    shapes = [line_shape(line, known) for line in block]
    if len(shapes) == 1 or Shape.TEXT in shapes:
        return shapes[0] if len(shapes) == 1 else Shape.TEXT
    if all(shape is Shape.HEADING for shape in shapes):
        return Shape.HEADING
    return Shape.SIGNER if shapes[0] in {Shape.NAME, Shape.SIGNER} else Shape.TEXT


def line_shape(line: Line, known: Known) -> Shape:
    """The shape of one line."""
    words, text = line.words, line.text
    if len(words) > LONGEST_SIGNER or len(text) > LONGEST_LINE:
        return Shape.TEXT
    if DATE.search(text):
        return Shape.DATED if len(words) <= LONGEST_NAME else Shape.TEXT
    printed = split_line(heading_name(text))
    if len(words) <= LONGEST_HEADING and not lexicon.ROLE.search(text) and _is_heading(line, printed):
        return Shape.HEADING
    if text.endswith(ENDS_TEXT) or lexicon.CLOSING.match(text):
        return Shape.TEXT
    if is_signer(words):
        return Shape.SIGNER
    return _named_shape(words, text, known=known(printed))


def _is_heading(line: Line, printed: Printed) -> bool:
    """Whether a line is a name that ends in a country, or the format says that it is a heading."""
    if not printed.place:
        return 0 < line.heading < BOLD_LINE and not line.text.endswith((".", ":", ",", ";"))
    first, _, rest = printed.name.partition(", ")
    if rest and not names_organisation(first) and (lexicon.ORGAN.search(rest) or names_organisation(rest)):
        return False
    capitalised = any(is_capitalised(half.split()) for half in printed.names.split(" / "))
    return capitalised or bool(printed.acronym) or names_organisation(printed.names)


def _named_shape(words: Sequence[str], text: str, *, known: bool) -> Shape:
    if not is_capitalised(words):
        return Shape.TEXT
    if len(words) <= LONGEST_HEADING and (known or names_organisation(text)):
        return Shape.MAYBE_HEADING
    return Shape.NAME if len(words) <= LONGEST_NAME and "," not in text else Shape.TEXT


def heading_name(text: str) -> str:
    """The name in a heading: without a number, "Message from", or the "and" that ties it to the one above."""
    return BEFORE_NAME.sub("", text)


def is_tied(text: str) -> bool:
    """Whether a heading belongs to the one above it: "and Die Linke"."""
    return re.match(r"(?:and|dan|at|y|et|&)\s", text) is not None


def cut_signer(words: Sequence[str]) -> tuple[int, int]:
    """Where the name ends and where the role begins in "Name, Role", "Name – Role" or "Name (Role)".

    Both are the end of the line where it has no role.
    """
    for at, word in enumerate(words):
        if word.endswith((",", "،")) and at + 1 < len(words):
            return at + 1, at + 1
        if at and word in DASHES:
            return at, at + 1
        if at and word.startswith("(") and words[-1].endswith(")"):
            return at, at
    return len(words), len(words)


def is_signer(words: Sequence[str]) -> bool:
    """Whether a line is a person or body with a role: "Name, Role / Role"."""
    name_end, role_start = cut_signer(words)
    name, role = words[:name_end], words[role_start:]
    if not role or len(name) > LONGEST_PERSON or not is_capitalised(name):
        return False
    return lexicon.ROLE.search(" ".join(role)) is not None or (len(role) > 1 and is_capitalised(role))


def is_capitalised(words: Sequence[str]) -> bool:
    """Whether all words but small ones begin with a capital, as in names; scripts without capitals pass."""
    cores = [word.lstrip("“\"'‘(«#/") for word in words]
    no_small = all(not core[:1].islower() or core.lower() in SMALL_WORDS for core in cores)
    return no_small and any(core[:1].isalpha() for core in cores)


def names_organisation(text: str) -> bool:
    """Whether a line names an organisation, and not one of its organs or somebody with a role."""
    named = lexicon.ORGANISATION.search(text) or lexicon.STANCE.search(text)
    return named is not None and not lexicon.ORGAN.search(text) and not lexicon.ROLE.search(text)
