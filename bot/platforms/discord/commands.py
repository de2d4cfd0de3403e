"""The whole set of commands as Discord takes it, in the languages that it has (pure)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.platforms.discord.cut import fit

LOCALES = {"en": ("en-US", "en-GB"), "es": ("es-ES", "es-419"), "pt": ("pt-BR",), "sv": ("sv-SE",)} | {
    code: (code,)
    for code in (
        *("id", "th", "vi", "fr", "de", "it", "nl", "pl", "ro", "fi", "da", "no", "hr", "lt", "hu", "tr"),
        *("cs", "el", "bg", "ru", "uk", "hi", "zh-CN", "zh-TW", "ja", "ko"),
    )
}
"""Discord's names for our languages; it has no others."""
LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_COMMAND = 32, 100, 8000

_IN_SERVERS, _WITH_US, _BETWEEN_OTHERS = 0, 1, 2
_TO_SERVER, _TO_PERSON = 0, 1
_CHAT_INPUT, _STRING = 1, 3
_MANAGES_SERVER = str(1 << 5)


@dataclass(frozen=True, slots=True)
class Option:
    """What can be filled in, helped by autocomplete; texts by language, "en" always among them."""

    name: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Command:
    """A command; ``name`` is what comes back, ``names`` are shown. ``room`` says it is about its room."""

    name: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    options: tuple[Option, ...] = ()
    room: bool = False


def write_commands(commands: Iterable[Command]) -> list[dict[str, Any]]:
    """The data of a bulk overwrite; commands about a room are for servers and those who manage them."""
    return [_command(each) for each in commands]


def digest(written: list[dict[str, Any]]) -> str:
    """A mark of the set: the same as long as nothing in it changed."""
    canonical = json.dumps(written, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(canonical.encode(), digest_size=16).hexdigest()


def _command(command: Command) -> dict[str, Any]:
    options = [
        {"type": _STRING, "required": False, "autocomplete": True, **_said(each)} for each in command.options
    ]
    base = {"type": _CHAT_INPUT, **_said(command), "options": options}
    if command.room:
        only = {"contexts": [_IN_SERVERS], "integration_types": [_TO_SERVER]}
        return base | only | {"default_member_permissions": _MANAGES_SERVER}
    anywhere = {"contexts": [_IN_SERVERS, _WITH_US, _BETWEEN_OTHERS]}
    return base | anywhere | {"integration_types": [_TO_SERVER, _TO_PERSON]}


def _said(thing: Command | Option) -> dict[str, Any]:
    return {
        "name": thing.name,
        "name_localizations": _localised(thing.names, LONGEST_NAME),
        "description": fit(thing.descriptions["en"], LONGEST_DESCRIPTION),
        "description_localizations": _localised(thing.descriptions, LONGEST_DESCRIPTION),
    }


def _localised(texts: Mapping[str, str], longest: int) -> dict[str, str]:
    return {
        locale: fit(text, longest) for language, text in texts.items() for locale in LOCALES.get(language, ())
    }
