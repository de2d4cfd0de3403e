"""Somebody at the console who wants to sign: reads a card, answers it, until they are thanked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from bot.campaign.endorsement import Kind
from bot.dialog.session import REVIEW
from tests.kills.cards import Card
from tests.stage import shipped

ASKED = {
    "sign.ask-organisation": "organisation",
    "sign.which": "which",
    "sign.ask-acronym": "acronym",
    "sign.ask-country": "country",
    "sign.who": "representative",
    "sign.ask-showing": "showing",
    "sign.ask-name": "name",
}
"""The phrase of each question, and its key in the dialog."""
COMMITS = ("b.sign-and-publish", "b.sign-now")
SIGNED = ("b.my-sign-on", "b.take-name-off", "b.take-back")
"""A card with one of these says that it is signed."""
START = "/start palestine"


@cache
def label(key: str) -> str:
    """A phrase without places, as it is printed."""
    return shipped().phrases.template("en", key)


@cache
def _pattern(key: str) -> re.Pattern[str]:
    """What the first line of a phrase looks like when it is printed."""
    first = " ".join(label(key).split("\n")[0].replace("*", "").split())
    return re.compile(".+?".join(map(re.escape, re.split(r"\{[^}]*\}", first))))


def question(card: Card) -> str:
    """The key of the question a card asks, ``REVIEW``, or "" where it asks none."""
    if any(label(key) in card.buttons for key in COMMITS):
        return REVIEW
    return next((asked for key, asked in ASKED.items() if _pattern(key).search(card.text)), "")


@dataclass
class Person:
    """``answers`` holds what was answered and followed by the next card: it must never be lost."""

    user: str
    kind: Kind
    words: dict[str, str]
    answers: dict[str, str] = field(default_factory=dict)
    signed: bool = False

    def line(self, card: Card | None) -> str:
        """What they type next."""
        match question(card) if card else None, card:
            case _, None:
                return START
            case "which", card:
                return str(len(card.buttons) - 2)
            case asked, card if asked in self.words:
                return self.words[asked]
            case _, card:
                return _press(card, *self._likely()) or START

    def _likely(self) -> tuple[str, ...]:
        """The buttons they would press, the best one first."""
        showing = "b.named" if "name" in self.words else "b.unnamed"
        return (*COMMITS, "dialog.skip", showing, "b.go-on", f"b.sign-{self.kind}")

    def see(self, before: Card | None, typed: str, card: Card) -> None:
        """The card that followed what they typed."""
        asked = question(before) if before else ""
        if asked in self.words and typed == self.words[asked] and question(card) not in {"", asked}:
            self.answers[asked] = typed
        self.signed = self.signed or any(label(key) in card.buttons for key in SIGNED)


def _press(card: Card, *keys: str) -> str:
    """The number of the first of these buttons that the card has, "" where it has none."""
    return next((str(card.buttons[label(key)]) for key in keys if label(key) in card.buttons), "")


def organisation(number: int) -> Person:
    """Who signs for an organisation that nobody knows."""
    name = f"Riverbank Tenants Union {number}"
    words = {"organisation": name, "country": "Germany", "representative": "Mira, secretary"}
    return Person(f"mira{number}", Kind.ORGANISATION, words)


def individual(number: int) -> Person:
    """Who signs for themselves, every second one with their name."""
    named = {"name": f"Tomasz Nowak {number}"} if number % 2 else {}
    return Person(f"tomasz{number}", Kind.PERSON, {"country": "Malaysia", **named})
