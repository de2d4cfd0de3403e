"""The rules that every card keeps (GOLDEN-DIALOGS, chapter 0): each finds what breaks it, as a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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

TRANSLATED_LENGTH = CARD_LENGTH * 6 // 5
"""Characters of a card that is not English: a fifth more."""
WAY_OUT = frozenset({"dialog.back", "dialog.cancel", "b.go-on"})
"""Buttons of the last rows, which do not count: out of a talk, and back into it."""


def broken(cards: Iterable[Shown], phrases: Phrases) -> set[str]:
    """Each rule that one of the cards breaks, as "phrases of the card: what is wrong"."""
    return {f"{' '.join(shown.phrases)}: {why}" for shown in cards for why in faults(shown, phrases)}


def faults(shown: Shown, phrases: Phrases) -> Iterator[str]:
    """A sentence for each rule that a card breaks."""
    yield from size(shown)
    yield from labels(shown.outgoing)
    yield from words(shown.outgoing)
    yield from tone(shown.outgoing, phrases)
    yield from next_step(shown)
    yield from discretion(shown, phrases)


def size(shown: Shown) -> Iterator[str]:
    """It fits a small phone: lines, characters, buttons."""
    card = shown.outgoing
    text = beside_quotes(card)
    if (lines := sum(bool(line) for line in text.splitlines())) > CARD_LINES:
        yield f"{lines} lines: at most {CARD_LINES}"
    limit = CARD_LENGTH if card.language == ENGLISH else TRANSLATED_LENGTH
    if (seen := length(text)) > limit:
        yield f"{seen} characters: at most {limit}"
    buttons = len([name for name in shown.labels if name not in WAY_OUT])
    if buttons > BUTTONS and not card.picker:
        yield f"{buttons} buttons: at most {BUTTONS}"


def labels(card: Outgoing) -> Iterator[str]:
    """Each button can be read in its row."""
    for row in card.keys:
        limit = (ALONE if len(row) == 1 else BESIDE)[card.language != ENGLISH]
        long = {key.label for key in row if length(key.label) > limit}
        yield from (f"“{label}” is longer than {limit}" for label in sorted(long))


def words(card: Outgoing) -> Iterator[str]:
    """Words for people."""
    text = "\n".join([beside_quotes(card), *(key.label for row in card.keys for key in row)])
    found = {match[0] for match in unwanted(card.language).finditer(text)}
    yield from (f"people do not say “{word}”" for word in sorted(found))


def tone(card: Outgoing, phrases: Phrases) -> Iterator[str]:
    """No shouting, in our own words; a title may."""
    ours = [key for key in card.phrases if key != "|" and not key.startswith("«")]
    forms = [phrases.wording.find(key, card.language)[1].forms for key in ours]
    if sum(max(form.words.count("!") for form in of_one) for of_one in forms) > 1:
        yield "more than one exclamation mark"


def next_step(shown: Shown) -> Iterator[str]:
    """In our own chat each card leads on."""
    if not is_room(shown.chat) and not shown.outgoing.keys:
        yield "no next step"


def discretion(shown: Shown, phrases: Phrases) -> Iterator[str]:
    """What nobody waits for in our own chat is a notice, and a notice holds nothing but its own words."""
    card = shown.outgoing
    is_notice = any(key.startswith(NOTICE) for key in card.phrases)
    if not (is_notice or shown.awaited or is_room(shown.chat)):
        yield "nobody waits for it, and it is no notice"
    if is_notice:
        own = {phrases.text(card.language, Phrase(key), START, "UTC") for key in card.phrases if key != "|"}
        if {plain(card.text), *(key.label for row in card.keys for key in row)} != own:
            yield "a notice names somebody or something"


def beside_quotes(card: Outgoing) -> str:
    """The text of a card without what it quotes."""
    return plain(tuple(block for block in card.text if not isinstance(block, Quote)))


@cache
def unwanted(language: str) -> re.Pattern[str]:
    """What no card says in a language (words.toml)."""
    pattern = forbidden_words(read_tables([DATA])[0], language)
    assert pattern
    return pattern
