"""The whole set of commands as Discord takes it, in the languages that it has (pure)."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from bot.platforms.discord.cut import fit
from bot.platforms.discord.files import FILE_OPTION

LOCALES = {"en": ("en-US", "en-GB"), "es": ("es-ES", "es-419"), "pt": ("pt-BR",), "sv": ("sv-SE",)} | {
    code: (code,)
    for code in (
        *("id", "th", "vi", "fr", "de", "it", "nl", "pl", "ro", "fi", "da", "no", "hr", "lt", "hu", "tr"),
        *("cs", "el", "bg", "ru", "uk", "hi", "zh-CN", "zh-TW", "ja", "ko"),
    )
}
"""Discord's names for our languages; it has no others."""
LONGEST_DESCRIPTION, LONGEST_COMMAND = 100, 8000

_NAME = regex.compile(r"[-_\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}")
"""As documented, less the apostrophe, which Discord refuses all the same."""

_IN_SERVERS, _WITH_US, _BETWEEN_OTHERS = 0, 1, 2
_TO_SERVER, _TO_PERSON = 0, 1
_CHAT_INPUT, _STRING = 1, 3
_KIND: Mapping[bool, dict[str, Any]] = {
    False: {"type": _STRING, "autocomplete": True},
    True: {"type": FILE_OPTION},
}
"""What an option is that takes no file, and one that does."""
_MANAGES_SERVER = str(1 << 5)


Names = Mapping[str, Mapping[str, str]]
"""The names of a set by the default one, then by language."""


@dataclass(frozen=True, slots=True)
class Option:
    """What can be filled in, helped by autocomplete; texts by language, "en" always among them.

    ``file``: not words are filled in, but a file.
    """

    name: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    file: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command; ``name`` is what comes back, ``names`` are shown. ``room`` says it is about its room.

    ``organisers``: few need it, so only our own chat offers it.
    """

    name: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    options: tuple[Option, ...] = ()
    room: bool = False
    organisers: bool = False


def write_commands(commands: Iterable[Command]) -> list[dict[str, Any]]:
    """The data of a bulk overwrite; commands about a room are for servers and those who manage them."""
    known = [*commands]
    refused = _refused(known)
    return [_command(each, refused) for each in known]


def misnamed(names: Names) -> Iterator[tuple[str, str, str]]:
    """The names of a set that Discord would refuse: by default name and language, with what is wrong."""
    counted = Counter((language, name) for _, language, name in _translated(names))
    for default, language, name in _translated(names):
        if not _NAME.fullmatch(name) or name != name.lower():
            yield default, language, "a name has up to 32 small letters, digits, “-” and “_”, no blanks"
        elif name in names:
            yield default, language, f"“{name}” is another’s name in English"
        elif counted[language, name] > 1:
            yield default, language, f"“{name}” is the name of two"


def _translated(names: Names) -> Iterator[tuple[str, str, str]]:
    """Default name, language and name, where it is another than the default."""
    for default, each in names.items():
        yield from ((default, language, name) for language, name in each.items() if name != default)


def digest(written: list[dict[str, Any]]) -> str:
    """A mark of the set: the same as long as nothing in it changed."""
    canonical = json.dumps(written, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(canonical.encode(), digest_size=16).hexdigest()


def _refused(things: Sequence[Command | Option]) -> frozenset[tuple[str, str]]:
    """Default names and languages in which the default stands in for the other."""
    names = {each.name: each.names for each in things}
    return frozenset((default, language) for default, language, _ in misnamed(names))


def _command(command: Command, refused: Collection[tuple[str, str]]) -> dict[str, Any]:
    twins = _refused(command.options)
    options = [_KIND[each.file] | {"required": False, **_said(each, twins)} for each in command.options]
    base = {"type": _CHAT_INPUT, **_said(command, refused), "options": options}
    if command.room:
        only = {"contexts": [_IN_SERVERS], "integration_types": [_TO_SERVER]}
        return base | only | {"default_member_permissions": _MANAGES_SERVER}
    others = () if command.organisers else (_IN_SERVERS, _BETWEEN_OTHERS)
    anywhere = {"contexts": sorted((_WITH_US, *others))}
    return base | anywhere | {"integration_types": [_TO_SERVER, _TO_PERSON]}


def _said(thing: Command | Option, refused: Collection[tuple[str, str]]) -> dict[str, Any]:
    names = {lang: name for lang, name in thing.names.items() if (thing.name, lang) not in refused}
    short = {lang: fit(text, LONGEST_DESCRIPTION) for lang, text in thing.descriptions.items()}
    return {
        "name": thing.name,
        "name_localizations": _localised(names),
        "description": short["en"],
        "description_localizations": _localised(short),
    }


def _localised(texts: Mapping[str, str]) -> dict[str, str]:
    """By Discord's locales; a language that it has not is left out."""
    return {locale: text for language, text in texts.items() for locale in LOCALES.get(language, ())}
