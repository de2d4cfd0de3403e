"""The set of commands: what a bulk overwrite may hold (documentation: interactions/application-commands)."""

from __future__ import annotations

from typing import Any

import regex

from tests.peers.discord.refusal import Problems

Json = dict[str, Any]

LOCALES = frozenset(
    "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th "
    "zh-CN ja zh-TW ko".split()
)
"""The locales Discord has (documentation: reference#locales)."""
MOST = {1: 100, 2: 15, 3: 15}
LONGEST = 8000
# Less the apostrophe of the documentation, which the real one refuses (discord-api-docs 7371).
_NAME = regex.compile(r"[-_\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}")
_COMMAND = (
    "type name name_localizations description description_localizations options contexts integration_types "
    "default_member_permissions nsfw"
)
_OPTION = (
    "type name name_localizations description description_localizations required choices autocomplete "
    "min_length max_length min_value max_value"
)


def check_commands(commands: object) -> None:
    """Raise what is wrong with the whole set; all of it is refused then."""
    problems = Problems()
    listed = problems.count("commands", commands, sum(MOST.values()), 0)
    for number, each in enumerate(listed):
        _check_command(problems, str(number), each)
    names = [(each.get("type", 1), each.get("name")) for each in listed]
    for place, name in enumerate(names):
        if name in names[:place]:
            problems.add(f"{place}.name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Names must be unique")
    _check_translations(problems, listed)
    for kind, most in MOST.items():
        if sum(name[0] == kind for name in names) > most:
            problems.add(
                "commands", "APPLICATION_COMMANDS_LIMIT", f"Maximum number of commands reached ({most})"
            )
    problems.tell()


def _check_command(problems: Problems, path: str, command: Json) -> None:
    problems.known(path, command, _COMMAND)
    if command.get("type", 1) != 1:
        problems.add(f"{path}.type", "BASE_TYPE_CHOICES", "this peer has chat commands only")
    _check_said(problems, path, command)
    for name, known in (("contexts", {0, 1, 2}), ("integration_types", {0, 1})):
        given = command.get(name)
        if given is not None and (not given or set(given) - known or len(set(given)) < len(given)):
            problems.add(f"{path}.{name}", "BASE_TYPE_CHOICES", f"Value must be one of {sorted(known)}.")
    rights = command.get("default_member_permissions")
    if rights is not None and not (isinstance(rights, str) and rights.isdecimal()):
        problems.add(f"{path}.default_member_permissions", "BITFIELD", "It must be digits in a string.")
    options = problems.count(f"{path}.options", command.get("options") or [], 25, 0)
    for number, option in enumerate(options):
        _check_option(problems, f"{path}.options.{number}", option)
    needed = [bool(option.get("required")) for option in options]
    if needed != sorted(needed, reverse=True):
        words = "Required options must be placed before non-required options"
        problems.add(f"{path}.options", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", words)
    _check_twins(problems, f"{path}.options", options)
    if size(command) > LONGEST:
        problems.add(path, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({LONGEST})")


def _check_translations(problems: Problems, commands: list[Json]) -> None:
    """No command is called in any language as another is, there or by default."""
    for locale in sorted(LOCALES):
        defaults, shown = [c.get("name") for c in commands], [named(c, locale) for c in commands]
        for place, name in enumerate(shown):
            others = {*shown[:place], *shown[place + 1 :], *defaults[:place], *defaults[place + 1 :]}
            if name in others:
                words = f"Localized name {name!r} is another's name"
                path = f"{place}.name_localizations.{locale}"
                problems.add(path, "APPLICATION_COMMANDS_DUPLICATE_NAME", words)


def _check_option(problems: Problems, path: str, option: Json) -> None:
    problems.known(path, option, _OPTION)
    if option.get("type") not in {3, 4, 5, 6, 7, 8, 9, 10, 11}:
        problems.add(f"{path}.type", "UNION_TYPE_CHOICES", "this peer has no groups of commands")
    if option.get("autocomplete") and option.get("type") not in {3, 4, 10}:
        words = "Autocomplete is for strings and numbers"
        problems.add(f"{path}.autocomplete", "APPLICATION_COMMAND_AUTOCOMPLETE", words)
    _check_said(problems, path, option)
    choices = problems.count(f"{path}.choices", option.get("choices") or [], 25, 0)
    if choices and option.get("autocomplete"):
        words = "Autocomplete may not be set to true if choices are present"
        problems.add(path, "APPLICATION_COMMAND_AUTOCOMPLETE", words)
    for number, choice in enumerate(choices):
        problems.length(f"{path}.choices.{number}.name", choice.get("name"), 100)


def _check_said(problems: Problems, path: str, thing: Json) -> None:
    """The name and the description, in each language."""
    names = {"name": thing.get("name")} | _localised(problems, path, "name_localizations", thing)
    for where, name in names.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name != name.lower():
            problems.add(
                f"{path}.{where}", "APPLICATION_COMMAND_INVALID_NAME", f"Command name {name!r} is invalid"
            )
    described = {"description": thing.get("description")}
    for where, text in (described | _localised(problems, path, "description_localizations", thing)).items():
        problems.length(f"{path}.{where}", text, 100)


def _localised(problems: Problems, path: str, field: str, thing: Json) -> dict[str, Any]:
    texts = thing.get(field) or {}
    for locale in set(texts) - LOCALES:
        words = f"Value must be one of {sorted(LOCALES)}."
        problems.add(f"{path}.{field}.{locale}", "BASE_TYPE_CHOICES", words)
    return {f"{field}.{locale}": text for locale, text in texts.items()}


def _check_twins(problems: Problems, path: str, options: list[Json]) -> None:
    """No two options of a command have one name, in any language."""
    for locale in (None, *sorted(LOCALES)):
        names = [named(option, locale) for option in options]
        if len(set(names)) < len(names):
            words = f"Option names must be unique ({locale})"
            problems.add(path, "APPLICATION_COMMAND_OPTIONS_NAME_NOT_UNIQUE", words)


def named(thing: Json, locale: str | None) -> object:
    """What a command or an option is called in a language; None gives the default."""
    return (thing.get("name_localizations") or {}).get(locale) or thing.get("name")


def size(thing: Json) -> int:
    """The characters of names, descriptions and values; the longest language of each counts."""
    own = max(map(len, [thing.get("name") or "", *(thing.get("name_localizations") or {}).values()]))
    texts = [thing.get("description") or "", *(thing.get("description_localizations") or {}).values()]
    choices = sum(len(str(each.get("value"))) + len(each["name"]) for each in thing.get("choices") or [])
    return own + max(map(len, texts)) + choices + sum(map(size, thing.get("options") or []))
