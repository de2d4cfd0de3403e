"""Phrases said as the bot says them, from the catalogues that are shipped."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from bot.content.phrases import Phrases, load_phrases
from bot.dialog.messages import Phrase, Saying

NOW = datetime(2026, 2, 15, 3, tzinfo=UTC)


@cache
def phrases() -> Phrases:
    """The shipped phrases."""
    return load_phrases([Path(__file__).parents[2] / "data"])[0]


def say(phrase: Phrase, language: str = "en") -> str:
    """The phrase in words."""
    return phrases().text(language, phrase, NOW, "UTC")


def said(saying: Saying, language: str = "en") -> str:
    """A card as it is read, paragraphs apart by an empty line."""
    return "\n\n".join(say(part, language) for part in saying.parts if isinstance(part, Phrase))


def labels(saying: Saying, language: str = "en") -> list[list[str]]:
    """The buttons' words, row by row."""
    return [
        [b.label if isinstance(b.label, str) else say(b.label, language) for b in row]
        for row in saying.buttons
    ]
