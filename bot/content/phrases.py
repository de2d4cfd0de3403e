"""Phrases: what the rooms want said, in the words of a language, with values that stay inert.

A key that English lacks, or a place that has no value, is a bug: ``text`` and ``line`` raise KeyError.
``render`` never fails: it says "bot.broken" in that phrase's stead, and ``Outgoing.phrases`` shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.content.card import Packing, render
from bot.content.catalog import Fault
from bot.content.locales import ENGLISH, read_locales
from bot.content.tables import read_tables
from bot.content.wording import Reader, Wording, varieties
from bot.dialog.messages import Outgoing, Phrase, Saying
from bot.dialog.text import Line, plain_line


@dataclass(frozen=True, slots=True)
class Phrases:
    """Every phrase in every language; ``offered`` are those people may choose, by their own names."""

    wording: Wording
    offered: Mapping[str, str]

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages offered, in the order of languages.toml."""
        return tuple(self.offered)

    def nearest(self, hint: str) -> str:
        """The language offered that is nearest to a platform's hint ("ms-MY" gives "ms"), else English."""
        return next((language for language in varieties(hint) if language in self.offered), ENGLISH)

    def text(self, language: str, phrase: Phrase, now: datetime, zone: str) -> str:
        """The phrase without markup. ``now`` is aware, ``zone`` the reader's IANA zone."""
        return "\n".join(map(plain_line, self.wording.lines(phrase, Reader(language, now, zone))))

    def line(self, language: str, phrase: Phrase, now: datetime, zone: str) -> Line:
        """A phrase of one line, as rich text. ValueError where it has several."""
        (line,) = self.wording.lines(phrase, Reader(language, now, zone))
        return line

    def checked(self, language: str) -> bool:
        """Whether a native reader has checked all that a reader of the language gets to see; English is."""
        return all(self.wording.is_checked(key, language) for key in self.wording.entries[ENGLISH])

    def template(self, language: str, key: str) -> str:
        """The phrase as its catalogue has it, plural forms below each other: what a consent is given to.

        Where the English stands beside a consent, it follows.
        """
        alone = key not in self.wording.consents or self.wording.is_checked(key, language)
        entries = [self.wording.find(key, each)[1] for each in (language, *(() if alone else (ENGLISH,)))]
        return "\n".join(form.source for entry in entries for form in entry.forms)

    def render(self, saying: Saying, language: str, zone: str, now: datetime, packing: Packing) -> Outgoing:
        """A card in the reader's language, ready for a platform's writing."""
        reader = Reader(language, now, zone)
        lines = partial(self.wording.lines, reader=reader)
        beside = partial(self.wording.beside, reader=reader)
        return render(saying, language, lines, beside, packing)


def load_phrases(folders: Sequence[Path]) -> tuple[Phrases, tuple[Fault, ...]]:
    """Read ``locales/`` of the data folders; later ones win key by key.

    What is at fault is left out, so that the phrase falls back to the base language and then to English.
    """
    locales, faults = read_locales(folders)
    tables, more = read_tables(folders)
    offered = {language: name for language, name in tables.offered.items() if language in locales.entries}
    return Phrases(Wording(locales.entries, tables.places, locales.consents), offered), (*faults, *more)
