"""What a platform shows of the bot before anybody writes: menus and a sentence, in each language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.content.catalog import Fault
from bot.content.phrases import Phrases
from bot.dialog.messages import Phrase
from bot.features.registry import COMMANDS, ORGANISERS_COMMANDS
from bot.platforms.discord.commands import Command, Option, misnamed
from bot.platforms.telegram.profile import Scope, Words

FOR_ROOMS = ("statements", "greetings", "list", "help")
FOR_ADMINISTRATORS = (*FOR_ROOMS, "channel", "stop", "language")
MENUS: dict[Scope, Sequence[str]] = {
    Scope.PRIVATE: tuple(name for name in COMMANDS if name != "stop"),
    Scope.ROOMS: FOR_ROOMS,
    Scope.ADMINISTRATORS: FOR_ADMINISTRATORS,
}

EVERY = (*COMMANDS, *ORGANISERS_COMMANDS)
"""Every command there is; those of organisers stand in no menu, but a platform may have to know them."""
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
TAKE_FILES = frozenset({"new", "names", "correct"})
"""Commands that take a file beside what is filled in."""
OPTIONS = {
    "statement": "statements.choose",
    "occasion": "greetings.choose",
    "country": "sign.label-country",
    "organisation": "sign.label-organisation",
    "language": "language.choose",
    "file": "file.choose",
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
            told(f"slash.{name}"),
            told(f"menu.{name}"),
            tuple(
                Option(option, told(f"slash-option.{option}"), told(OPTIONS[option]), file=option == "file")
                for option in _options(name)
            ),
            room=name in ABOUT_ROOMS,
            organisers=name in ORGANISERS_COMMANDS,
        )
        for name in EVERY
    )


def faults(phrases: Phrases) -> tuple[Fault, ...]:
    """Every name of a command or an option that cannot be shown, so that the default one stands there."""
    sets = (
        {name: f"slash.{name}" for name in EVERY},
        *({option: f"slash-option.{option}" for option in _options(name)} for name in EVERY),
    )
    return tuple(dict.fromkeys(fault for keys in sets for fault in _faults(phrases, keys)))


def _options(command: str) -> tuple[str, ...]:
    """What can be filled in at a command; a file last."""
    return (*FILLED.get(command, ()), *(("file",) if command in TAKE_FILES else ()))


def _faults(phrases: Phrases, keys: Mapping[str, str]) -> Iterator[Fault]:
    """The faults of one set of names; ``keys`` by default name."""
    spoken = phrases.wording.entries.items()
    known = {
        name: {language: entries[key] for language, entries in spoken if key in entries}
        for name, key in keys.items()
    }
    shown = {
        name: {language: entry.forms[0].words for language, entry in each.items()}
        for name, each in known.items()
    }
    for name, language, wrong in misnamed(shown):
        yield known[name][language].fault(wrong)
