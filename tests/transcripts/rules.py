"""The rules that every card keeps (GOLDEN-DIALOGS, chapter 0): each finds what breaks it, as a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.content.card import ALONE, BESIDE
from bot.content.inert import length
from bot.content.lint import CARD_LENGTH, CARD_LINES, NOTICE, forbidden_words
from bot.content.locales import ENGLISH
from bot.content.phrases import Phrases
from bot.content.tables import read_tables
from bot.dialog.card import BUTTONS
from bot.dialog.messages import Outgoing, Phrase
from bot.dialog.text import Quote, plain
from bot.platforms.console.reading import is_room
from tests.stage import DATA, START, Shown

LONGER = 1.2
"""A translation may be so much longer than English."""
WAY_OUT = frozenset({"dialog.back", "dialog.cancel", "b.go-on"})
"""Buttons of the last rows, which do not count: out of a talk, and back into it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for cards that were said in a language, with its phrases."""

    language: str
    phrases: Phrases

    def broken(self, shown: Shown) -> list[str]:
        """A sentence for each rule that this card breaks."""
        card = shown.outgoing
        found = [*self.size(card), *self.labels(card), *self.tone(card), *self.words(card)]
        return [*found, *self.next_step(shown), *self.discretion(shown)]

    def size(self, card: Outgoing) -> Iterator[str]:
        """It fits a small phone: lines, characters, buttons."""
        text = beside_quotes(card)
        if (lines := len(text.splitlines())) > CARD_LINES:
            yield f"{lines} lines: at most {CARD_LINES}"
        limit = CARD_LENGTH if self.language == ENGLISH else int(CARD_LENGTH * LONGER)
        if (seen := length(text)) > limit:
            yield f"{seen} characters: at most {limit}"
        if (
            buttons := len([label for label in labels(card) if label not in WAY_OUT])
        ) > BUTTONS and not card.picker:
            yield f"{buttons} buttons: at most {BUTTONS}"

    def labels(self, card: Outgoing) -> Iterator[str]:
        """Each button can be read in its row."""
        for row in card.keys:
            limit = (ALONE if len(row) == 1 else BESIDE)[self.language != ENGLISH]
            long = {key.label for key in row if length(key.label) > limit}
            yield from (f"“{label}” is longer than {limit}" for label in sorted(long))

    def tone(self, card: Outgoing) -> Iterator[str]:
        """No shouting, in our own words; a title may."""
        ours = (key for key in card.phrases if key != "|" and not key.startswith("«"))
        if sum(max(text.count("!") for text in self._forms(key)) for key in ours) > 1:
            yield "more than one exclamation mark"

    def words(self, card: Outgoing) -> Iterator[str]:
        """Words for people."""
        said = "\n".join([beside_quotes(card), *(key.label for row in card.keys for key in row)])
        yield from (
            f"people do not say “{word}”" for word in sorted(set(unwanted(self.language).findall(said)))
        )

    def next_step(self, shown: Shown) -> Iterator[str]:
        """In our own chat each card leads on."""
        if not is_room(shown.chat) and not shown.outgoing.keys:
            yield "no next step"

    def discretion(self, shown: Shown) -> Iterator[str]:
        """What nobody waits for in our own chat is a notice, and a notice holds nothing but its own words."""
        notice = any(key.startswith(NOTICE) for key in shown.phrases)
        if not (notice or shown.awaited or is_room(shown.chat)):
            yield "nobody waits for it, and it is no notice"
        if notice and said(shown.outgoing) != tuple(map(self._alone, shown.phrases)):
            yield "a notice names somebody or something"

    def _forms(self, key: str) -> tuple[str, ...]:
        return tuple(form.words for form in self.phrases.wording.find(key, self.language)[1].forms)

    def _alone(self, key: str) -> str:
        """A phrase without any value; "|" stays."""
        return key if key == "|" else self.phrases.text(self.language, Phrase(key), START, "UTC")


def beside_quotes(card: Outgoing) -> str:
    """The text of a card without what it quotes."""
    return plain(tuple(block for block in card.text if not isinstance(block, Quote)))


def labels(card: Outgoing) -> tuple[str, ...]:
    """The names of the buttons, in order."""
    return card.phrases[card.phrases.index("|") + 1 :] if "|" in card.phrases else ()


def said(card: Outgoing) -> tuple[str, ...]:
    """The lines of a card and its labels, as ``Outgoing.phrases`` has their keys."""
    buttons = [key.label for row in card.keys for key in row]
    return (plain(card.text), *(["|", *buttons] if buttons else []))


@cache
def unwanted(language: str) -> re.Pattern[str]:
    """What no card says in a language (words.toml)."""
    pattern = forbidden_words(read_tables([DATA])[0], language)
    assert pattern
    return pattern
