"""What a platform shows of the bot before anybody writes: menus and a sentence, in each language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.content.phrases import Phrases
from bot.dialog.messages import Phrase
from bot.features.registry import COMMANDS
from bot.platforms.telegram.profile import Scope, Words

FOR_ROOMS = ("statements", "greetings", "list", "help")
FOR_ADMINISTRATORS = (*FOR_ROOMS, "channel", "stop", "language")
MENUS: dict[Scope, Sequence[str]] = {
    Scope.PRIVATE: tuple(name for name in COMMANDS if name != "stop"),
    Scope.ROOMS: FOR_ROOMS,
    Scope.ADMINISTRATORS: FOR_ADMINISTRATORS,
}


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
