"""A text cut into words and signs for comparing; scripts that set no blanks are cut as readers see them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import regex

from bot.content.importing.decoding import made_visible

PARAGRAPH = "¶"
"""The end of a paragraph among words."""
_UNPARTED = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Han}\p{Hiragana}\p{Katakana}"
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNPARTED}]]"
_TOKEN = regex.compile(
    rf"(?P<end>\n\s*\n)|(?P<word>{_LETTER}+(?:(?:['’\u2011-]|(?<=\p{{N}})[.,:](?=\p{{N}})){_LETTER}+)*)"
    rf"|(?P<part>[{_UNPARTED}]\p{{M}}*)|(?P<sign>[^\s]\p{{M}}*)",
    regex.V1,
)
_END = regex.compile(r"\n\s*\n")
_PART_OF_WORD = 4
"""Graphemes of a word in a script that sets no blanks, about."""


@dataclass(frozen=True, slots=True)
class Worded:
    """``tokens`` are the words and signs of ``source``; ``places`` where each begins and ends there.

    ``kinds`` are "word", "part" (of a text without blanks), "sign" and "end" (of a paragraph).
    """

    source: str
    tokens: tuple[str, ...]
    kinds: tuple[str, ...]
    places: tuple[tuple[int, int], ...]

    def said(self, first: int, last: int) -> str:
        """The text from one token up to another, on one line; signs that nobody sees as ``⟨U+0000⟩``."""
        if first >= last:
            return ""
        text = self.source[self.places[first][0] : self.places[last - 1][1]]
        return " ".join(made_visible(_END.sub(f" {PARAGRAPH} ", text))[0].split())

    def left(self, place: int, most: int) -> str:
        """Up to ``most`` tokens of one kind right before a token, and the blank between if there is one."""
        first = place
        while place - first < most and first and self.kinds[first - 1] == self.kinds[place - 1]:
            first -= 1
        if first == place:
            return ""
        end = self.places[place][0] if place < len(self.places) else len(self.source)
        blank = " " if end > self.places[place - 1][1] else ""
        return self.said(first, place) + blank

    def count(self, first: int, last: int) -> int:
        """About how many words they are; signs alone count as one."""
        kinds = self.kinds[first:last]
        words = kinds.count("word") + -(-kinds.count("part") // _PART_OF_WORD)
        return words or int(bool(kinds))


def worded(text: str) -> Worded:
    """The words and signs of a text, in NFC."""
    source = unicodedata.normalize("NFC", text).strip()
    found = list(_TOKEN.finditer(source))
    return Worded(
        source,
        tuple(PARAGRAPH if each.lastgroup == "end" else each.group() for each in found),
        tuple(str(each.lastgroup) for each in found),
        tuple(each.span() for each in found),
    )
