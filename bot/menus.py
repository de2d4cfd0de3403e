"""What a platform shows of the bot before anybody writes: menus and a sentence, in each language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.content.phrases import Phrases
from bot.dialog.messages import Phrase
from bot.features.registry import COMMANDS
from bot.platforms.discord.commands import Command, Option
from bot.platforms.telegram.profile import Scope, Words

FOR_ROOMS = ("statements", "greetings", "list", "help")
FOR_ADMINISTRATORS = (*FOR_ROOMS, "channel", "stop", "language")
MENUS: dict[Scope, Sequence[str]] = {
    Scope.PRIVATE: tuple(name for name in COMMANDS if name != "stop"),
    Scope.ROOMS: FOR_ROOMS,
    Scope.ADMINISTRATORS: FOR_ADMINISTRATORS,
}

ABOUT_ROOMS = ("channel", "stop")
"""Commands about the room in which they are used."""
FILLED: dict[str, tuple[str, ...]] = {
    "statements": ("statement",),
    "greetings": ("occasion", "country", "organisation"),
    "sign": ("statement", "organisation"),
    "list": ("statement", "country"),
    "language": ("language",),
}
"""What can be filled in; ``suggestions`` knows what to offer there."""
OPTIONS = {
    "statement": "statements.choose",
    "occasion": "greetings.choose",
    "country": "sign.label-country",
    "organisation": "sign.label-organisation",
    "language": "language.choose",
}
"""The phrase that describes each option."""


def profiles(phrases: Phrases, now: datetime) -> Iterator[Words]:
    """The words in every language offered, then in English for everybody else; ``now`` is aware."""

    def said(language: str, key: str) -> str:
        return phrases.text(language, Phrase(key), now, "UTC")

    for language in (*phrases.languages, ""):
        spoken = language or "en"
        menus = {
            scope: {name: said(spoken, f"menu.{name}") for name in names} for scope, names in MENUS.items()
        }
        yield Words(language, menus, said(spoken, "home.hello"), said(spoken, "home.hello"))


def slash_commands(phrases: Phrases, now: datetime) -> tuple[Command, ...]:
    """Every command with its options, for a platform that shows both; ``now`` is aware."""

    def told(key: str) -> dict[str, str]:
        return {
            language: phrases.text(language, Phrase(key), now, "UTC")
            for language in dict.fromkeys((*phrases.languages, "en"))
        }

    return tuple(
        Command(
            name,
            {},
            told(f"menu.{name}"),
            tuple(Option(option, {}, told(OPTIONS[option])) for option in FILLED.get(name, ())),
            room=name in ABOUT_ROOMS,
        )
        for name in COMMANDS
    )
