"""Names in a mail or in typed words: "Please add …, Indonesia. Regards, …". What is not sure is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields

from bot.content.importing import mailwords
from bot.content.importing.columnguess import Columns
from bot.content.importing.lexicon import ROLE
from bot.content.importing.printed import split_line
from bot.content.importing.rows import LIST_MARK, Row, doubles_marked, row_of
from bot.content.importing.shapes import is_capitalised, names_organisation
from bot.content.importing.territory import territory

LONGEST_MAIL = 20_000
MOST_LINES = 400
MOST_NAMES = 50
LONGEST_CLOSING = 6
"""Words of a line with which a mail ends."""
LONGEST_NAME = 18
"""Words of a name with its place."""
SENTENCE_END = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+|(?<=\)[.!?])\s+")
ENDS = ' \t.,;:!?*_"“”'
EMPTY = dict.fromkeys((field.name for field in fields(Columns)), "")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of what was written, the number of its line, and whether it is that whole line."""

    line: int
    text: str
    alone: bool


def read_request(text: str) -> tuple[Row, ...]:
    """The organisations that a mail, or somebody's typed words, want on the list, each with its line there.

    Never raises. Greetings, signatures, quoted lines and whatever may be no name are passed over.
    """
    said = list(_said(text[:LONGEST_MAIL]))
    asked = list(_asked(said))
    found = asked or [(each.line, each.text) for each in said if each.alone and _is_sure(each.text)]
    rows = (row_of(line, EMPTY | {"organisation": name}) for line, name in found[:MOST_NAMES])
    return doubles_marked(row for row in rows if not row.doubt)


def _said(text: str) -> Iterator[Said]:
    """The sentences between greeting and signature, of each mail where one is forwarded inside another."""
    over = begun = False
    for number, line in enumerate(text.splitlines()[:MOST_LINES], 1):
        bare = " ".join(line.split()).strip("*_ ")
        if mailwords.FORWARDED.match(bare) or mailwords.HEADERS.match(bare):
            over = begun = False
        elif mailwords.SIGNATURE.match(line.strip()):
            over = True
        elif bare and not over and not mailwords.QUOTED.match(line.strip()):
            sentences = SENTENCE_END.split(bare)
            for sentence in map(_without_greeting, sentences) if not begun else sentences:
                over = over or (_closes(sentence) and begun)
                begun = begun or bool(sentence)
                if sentence and not over and not _closes(sentence):
                    yield Said(number, sentence, alone=sentence == bare)


def _without_greeting(sentence: str) -> str:
    if mailwords.ADDRESSED.match(sentence):
        return ""
    if mailwords.GREETING.match(sentence):
        return re.split("[,!:]", sentence, maxsplit=1)[-1].strip() if re.search("[,!:]", sentence) else ""
    return sentence


def _closes(sentence: str) -> bool:
    """Whether a mail ends here: few words, the first of them those of an ending."""
    return mailwords.CLOSING.match(sentence) is not None and len(sentence.split()) <= LONGEST_CLOSING


def _asked(said: list[Said]) -> Iterator[tuple[int, str]]:
    """Names behind words that ask for them, on the same line or as a list below."""
    listed = False
    for each in said:
        if wish := _wish(each.text):
            names = list(_names(wish.strip()))
            listed = not names
            yield from ((each.line, name) for name in names)
        elif listed and each.alone and _is_item(each.text):
            yield each.line, LIST_MARK.sub("", each.text)
        else:
            listed = False


def _wish(sentence: str) -> str:
    """What stands behind words that ask for a name; a blank where they ask for what follows, "" for none."""
    found = mailwords.ADD.search(sentence)
    behalf = None if found else mailwords.BEHALF.search(sentence)
    if behalf and (acts := mailwords.ACTS.search(sentence, behalf.end())):
        return sentence[behalf.end() : acts.start()]
    if not found:
        return ""
    wish = mailwords.TAIL.sub("", sentence[found.end() :])
    return " " + mailwords.GENERIC.sub("", wish.strip(ENDS), count=1)


def _names(wish: str) -> Iterator[str]:
    """The names in "Kites, Peru and Wind Watch (Nepal)": each ends with its country.

    Where no country is told, all of it is one name.
    """
    start = here = 0
    ends = [(found.start(), found.end()) for found in mailwords.SEPARATOR.finditer(wish)]
    for end, following in (*ends, (len(wish), len(wish))):
        piece = wish[here:end].strip(ENDS)
        if _has_place(piece):
            yield from _taken(wish[start:here] + _with_comma(piece))
            start = following
        here = following
    if start == 0:
        yield from _taken(wish)


def _has_place(piece: str) -> bool:
    return territory(piece) is not None or bool(split_line(piece).place) or _with_comma(piece) != piece


def _with_comma(piece: str) -> str:
    """The piece as lists print it: a country told in another way stands behind a comma."""
    for found in mailwords.FROM.finditer(piece):
        if found.start() and territory(piece[found.end() :]):
            return f"{piece[: found.start()]}, {piece[found.end() :]}"
    return piece


def _taken(name: str) -> Iterator[str]:
    """The name, where it may be one."""
    bare = name.strip(ENDS)
    printed = split_line(bare)
    words = printed.names.split()
    fits = 0 < len(words) <= LONGEST_NAME and not territory(printed.names)
    if fits and (printed.place or is_capitalised(words)):
        yield bare


def _is_item(line: str) -> bool:
    """Whether a line below "please add:" is a name."""
    names = split_line(line.strip(ENDS)).names.split()
    return bool(LIST_MARK.match(line)) or (is_capitalised(names) and any(_taken(line)))


def _is_sure(line: str) -> bool:
    """Whether a line that nobody asked about is a name: it looks like one, with a place or an acronym."""
    bare = LIST_MARK.sub("", line).strip(ENDS)
    printed = split_line(bare)
    words = printed.names.split()
    if not words or len(words) > LONGEST_NAME or ROLE.search(printed.names) or territory(printed.names):
        return False
    address = any(map(str.isdigit, printed.names)) and not names_organisation(printed.names)
    told_twice = bool(printed.place and printed.acronym)
    return not address and (told_twice or (bool(printed.place or printed.acronym) and is_capitalised(words)))
