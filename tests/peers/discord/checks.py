"""What the body of a message may hold, and whom it rings for (resources/message, components)."""

from __future__ import annotations

import re
from typing import Any

from tests.peers.discord.message import EPHEMERAL, NO_PREVIEWS, SILENT, V2
from tests.peers.discord.refusal import Problems, refused

Json = dict[str, Any]

ROW, BUTTON, SELECT = 1, 2, 3
LONGEST = 2000
_CHANNEL = (
    "content components flags allowed_mentions nonce enforce_nonce attachments message_reference tts embeds"
)
_INTERACTION = "content components flags allowed_mentions attachments tts embeds"
_EDIT = "tts content components flags allowed_mentions attachments embeds"
FIELDS = {"channel": _CHANNEL, "interaction": _INTERACTION, "edit": _EDIT}
_FLAGS = {
    "channel": NO_PREVIEWS | SILENT,
    "interaction": NO_PREVIEWS | SILENT | EPHEMERAL,
    "edit": NO_PREVIEWS,
}
_PARSE = frozenset({"roles", "users", "everyone"})
_URL = re.compile(r"(https?|discord)://\S+")


def check_message(body: Json, where: str, files: dict[int, tuple[str, bytes]]) -> None:
    """Raise what is wrong with a body for a "channel", an "interaction" or an "edit"."""
    problems = Problems()
    problems.known("", body, FIELDS[where])
    content = body.get("content")
    if content is not None and not isinstance(content, str):
        problems.add("content", "STRING_TYPE_CONVERT", "Could not interpret as string.")
    elif content and len(content) > LONGEST:
        problems.add("content", "BASE_TYPE_MAX_LENGTH", f"Must be {LONGEST} or fewer in length.")
    check_rows(problems, body.get("components"))
    _check_flags(problems, body.get("flags"), where)
    _check_mentions(problems, body.get("allowed_mentions"))
    _check_attachments(problems, body.get("attachments"), files)
    nonce = body.get("nonce")
    if nonce is not None and not (isinstance(nonce, int | str) and len(str(nonce)) <= 25):
        problems.add("nonce", "NONCE_TYPE_TOO_LONG", "Nonce must be 25 or fewer in length.")
    problems.tell()
    check_filled(body, where, has_files=bool(files))


def check_filled(body: Json, where: str, *, has_files: bool) -> None:
    """Raise 50006 where a message would be empty: text that is only white is none."""
    content = body.get("content")
    says_something = bool(content and content.strip()) or has_files or bool(body.get("embeds"))
    if where == "edit":
        says_something = says_something or content is None or bool(body.get("components"))
    if not says_something and not body.get("components"):
        raise refused(50006)


def _check_flags(problems: Problems, flags: object, where: str) -> None:
    if flags is None:
        return
    if not isinstance(flags, int):
        problems.add("flags", "NUMBER_TYPE_COERCE", f'Value "{flags}" is not int.')
    elif flags & V2:
        problems.add("flags", "NOT_MODELLED", "this peer has no Components V2")
    elif flags & ~_FLAGS[where] and where != "edit":
        problems.add("flags", "MESSAGE_FLAGS_INVALID", "These flags can not be set here.")


def check_rows(problems: Problems, rows: object) -> None:
    """Up to five rows, each of up to five buttons or one select; custom ids are unique in a message."""
    if rows is None:
        return
    seen: set[str] = set()
    for number, row in enumerate(problems.count("components", rows, 5, 0)):
        path = f"components.{number}"
        if not isinstance(row, dict) or row.get("type") != ROW:
            problems.add(f"{path}.type", "UNION_TYPE_CHOICES", "Value of field type must be one of (1,).")
            continue
        problems.known(path, row, "type id components")
        parts = problems.count(f"{path}.components", row.get("components"), 5)
        if any(part.get("type") == SELECT for part in parts) and len(parts) > 1:
            problems.add(
                path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width"
            )
        for place, part in enumerate(parts):
            _check_part(problems, f"{path}.components.{place}", part, seen)


def _check_part(problems: Problems, path: str, part: Json, seen: set[str]) -> None:
    match part.get("type"):
        case 2:
            _check_button(problems, path, part, seen)
        case 3:
            problems.known(path, part, "type id custom_id options placeholder min_values max_values disabled")
            _check_custom_id(problems, path, part, seen)
            check_options(problems, path, part)
        case _:
            problems.add(f"{path}.type", "UNION_TYPE_CHOICES", "Value of field type must be one of (2, 3).")


def _check_button(problems: Problems, path: str, part: Json, seen: set[str]) -> None:
    problems.known(path, part, "type id style label emoji custom_id url disabled")
    if "emoji" not in part or "label" in part:
        problems.length(f"{path}.label", part.get("label"), 80)
    if part.get("style") == 5:
        url = part.get("url")
        problems.length(f"{path}.url", url, 512)
        if isinstance(url, str) and not _URL.fullmatch(url):
            problems.add(f"{path}.url", "URL_TYPE_INVALID_URL", "Not a well formed URL.")
        if "custom_id" in part:
            problems.add(
                path, "BUTTON_COMPONENT_INVALID_CUSTOM_ID", "A custom id and url cannot both be specified"
            )
        return
    if part.get("style") not in {1, 2, 3, 4}:
        problems.add(f"{path}.style", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.")
    if "url" in part:
        problems.add(path, "BUTTON_COMPONENT_INVALID_URL", "A custom id and url cannot both be specified")
    _check_custom_id(problems, path, part, seen)


def _check_custom_id(problems: Problems, path: str, part: Json, seen: set[str]) -> None:
    custom = part.get("custom_id")
    problems.length(f"{path}.custom_id", custom, 100)
    if isinstance(custom, str) and custom in seen:
        problems.add(
            f"{path}.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
        )
    seen.add(str(custom))


def check_options(problems: Problems, path: str, part: Json, most: int = 25, least: int = 1) -> None:
    """Options of a select or a group: their number, lengths, and that no value stands twice."""
    options = problems.count(f"{path}.options", part.get("options"), most, least)
    for number, option in enumerate(options):
        where = f"{path}.options.{number}"
        problems.known(where, option, "label value description emoji default")
        problems.length(f"{where}.label", option.get("label"), 100)
        problems.length(f"{where}.value", option.get("value"), 100)
        if "description" in option:
            problems.length(f"{where}.description", option["description"], 100)
    values = [option.get("value") for option in options]
    if len(set(values)) < len(values):
        problems.add(
            f"{path}.options", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The value is already used"
        )
    if sum(bool(option.get("default")) for option in options) > part.get("max_values", 1):
        problems.add(f"{path}.options", "SELECT_COMPONENT_TOO_MANY_DEFAULTS", "Too many options are default")
    if part.get("placeholder") is not None:
        problems.length(f"{path}.placeholder", part["placeholder"], 150)


def _check_mentions(problems: Problems, allowed: object) -> None:
    if allowed is None:
        return
    if not isinstance(allowed, dict):
        problems.add("allowed_mentions", "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
        return
    problems.known("allowed_mentions", allowed, "parse roles users replied_user")
    parse = allowed.get("parse", [])
    if set(parse) - _PARSE:
        problems.add("allowed_mentions.parse", "BASE_TYPE_CHOICES", f"Value must be one of {sorted(_PARSE)}.")
    for name in ("users", "roles"):
        if name in parse and allowed.get(name):
            words = f"parse:[{name!r}] and {name}: [ids...] are mutually exclusive."
            problems.add("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", words)


def _check_attachments(problems: Problems, listed: object, files: dict[int, tuple[str, bytes]]) -> None:
    for number, each in enumerate(problems.count("attachments", listed, 10, 0) if listed is not None else []):
        problems.known(f"attachments.{number}", each, "id filename description")
        if isinstance(each.get("id"), int) and each["id"] < 10 and each["id"] not in files:
            words = "Attachment id does not match any provided files"
            problems.add(f"attachments.{number}", "ATTACHMENT_NOT_FOUND", words)


def pings_of(content: str, allowed: Json | None, default: frozenset[str]) -> set[str]:
    """Whom a text rings for: what stands in it and is allowed; ``default`` counts where none is said."""
    parse = default if allowed is None else set(allowed.get("parse", ()))
    named = allowed or {}
    users = {f"@{each}" for each in re.findall(r"<@!?(\d+)>", content)}
    roles = {f"&{each}" for each in re.findall(r"<@&(\d+)>", content)}
    every = {f"@{each}" for each in re.findall(r"@(everyone|here)", content)}
    rung = {each for each in users if "users" in parse or each[1:] in map(str, named.get("users", ()))}
    rung |= {each for each in roles if "roles" in parse or each[1:] in map(str, named.get("roles", ()))}
    return rung | (every if "everyone" in parse else set())
