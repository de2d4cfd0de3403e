"""What Discord tells us means (pure); whatever stands in it, nothing here raises.

An answer to an interaction can be for one person alone, so most of what is asked in a server belongs to the
chat of the two of us.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Around, Came, Incoming
from bot.platforms.discord import raw
from bot.platforms.discord.files import FILE_OPTION, beside, picked
from bot.platforms.discord.raw import Raw
from bot.platforms.discord.reply import EPHEMERAL, Reply

PLATFORM = "discord"
OTHER = "~other"
"""The option of a form that says: none of these, I write it."""
CHOSEN = ">"
"""Begins what our autocomplete offers; a route follows."""

_RUNS_CHATS = 1 << 3 | 1 << 4 | 1 << 5
"""Administrator, manages channels, manages the server."""
_CUSTOM = re.compile(r"([psorq])[0-9]{1,3}:(.*)", re.DOTALL)
_SAID, _ANSWERED = 0, 19
"""The types of messages that people write; others are notes of Discord's own."""
_TYPED = re.compile(r"/([a-z][a-z0-9_-]{0,31})(?:\s+(.*))?", re.IGNORECASE | re.ASCII | re.DOTALL)
"""A command that was written to us, as people do who know it from elsewhere."""
_HANDED_ON = 1
"""The kind of a reference to a message whose words are shown here again."""
_LONGEST_HINT = 35
_VIEWS, _WRITES, _WRITES_IN_THREADS = 1 << 10, 1 << 11, 1 << 38
_ANNOUNCES, _THREADS = 5, frozenset({10, 11, 12})
"""Types of channels."""


class Kind(IntEnum):
    """What an interaction is."""

    COMMAND = 2
    COMPONENT = 3
    TYPING = 4
    FORM = 5


@dataclass(frozen=True, slots=True)
class Typing:
    """What somebody is typing into an option of a command; ``others`` are the filled ones."""

    person: AccountRef
    command: str
    option: str
    text: str
    others: dict[str, str] = field(default_factory=dict)
    locale: str = ""


def read(interaction: object, rooms: Collection[str]) -> Incoming | None:
    """The event of an interaction; None for one that is not for us, or that nobody can read.

    ``rooms`` are the commands that are about the room they are used in. ``Incoming.reply`` is a ``Reply``.
    """
    if not raw.id_of(interaction) or _person(raw.child(interaction, "user")) is None:
        return None
    data = raw.child(interaction, "data") or {}
    match raw.number(raw.part(interaction, "type")):
        case Kind.COMMAND:
            return _command(interaction, data, rooms)
        case Kind.COMPONENT:
            return _press(interaction, data)
        case Kind.FORM:
            to = raw.text(data.get("custom_id")).partition(":")
            return _said(interaction, Came.FORM, private=True, data=to[2], fields=_fields(data))
        case _:
            return None


def read_typing(interaction: object) -> Typing | None:
    """What is being typed into a command; None where it is no such interaction."""
    person = _person(raw.child(interaction, "user"))
    if person is None or raw.number(raw.part(interaction, "type")) != Kind.TYPING:
        return None
    data = raw.child(interaction, "data") or {}
    options = [*raw.children(data, "options")]
    focused = next((each for each in options if each.get("focused") is True), None)
    if focused is None:
        return None
    return Typing(
        person,
        raw.text(data.get("name")),
        raw.text(focused.get("name")),
        raw.text(focused.get("value")),
        {raw.text(each.get("name")): raw.text(each.get("value")) for each in options if each is not focused},
        raw.text(raw.part(interaction, "locale"))[:_LONGEST_HINT],
    )


def read_message(message: object, me: str) -> tuple[Incoming, ...]:
    """The events of a direct message to us (``me`` is our id), one for each file in it; none of all others.

    The words go with the first. Where something was handed on, its words and files are the message's.
    """
    author, number = raw.child(message, "author"), raw.id_of(message)
    person = _person(author)
    if person is None or not number or person.id == me or raw.part(message, "guild_id") is not None:
        return ()
    if (raw.number(raw.part(message, "type")) or _SAID) not in {_SAID, _ANSWERED}:
        return ()
    handed_on, edited = _handed_on(message), raw.text(raw.part(message, "edited_timestamp"))
    told = message if handed_on is None else handed_on
    words, files = raw.text(raw.part(told, "content")), () if edited else beside(told)
    came = Came.EDITED if edited else Came.FILE if files else Came.WORDS if words.strip() else Came.OTHER
    event = f"m{number}.{edited}" if edited else f"m{number}"
    typed = _TYPED.fullmatch(words) if came in {Came.WORDS, Came.FILE} and handed_on is None else None
    said = {"name": typed[1].lower(), "args": (typed[2] or "").strip()} if typed else {"text": words}
    came = Came.COMMAND if typed else came
    first = replace(
        Incoming(event, came, private_chat(person), person, called=_called(author), **said),
        file=files[0] if files else None,
        forwarded=handed_on is not None,
    )
    others = (
        replace(first, event=f"{event}.a{place}", came=Came.FILE, name="", args="", text="", file=file)
        for place, file in enumerate(files[1:], 2)
    )
    return (first, *others)


def start_line(word: str) -> str:
    """What is sent to us here to open something of our private chat: there are no links for that."""
    return word


def private_chat(account: AccountRef) -> ChatRef:
    """The private chat with an account, wherever its answers are shown."""
    return ChatRef(PLATFORM, f"@{account.id}")


def _handed_on(message: object) -> Raw | None:
    """The message that was handed on in this one."""
    kind = raw.part(raw.child(message, "message_reference"), "type")
    snapshot = next(raw.children(message, "message_snapshots"), None) if kind == _HANDED_ON else None
    return raw.child(snapshot, "message")


def _command(interaction: object, data: Raw, rooms: Collection[str]) -> Incoming | None:
    """A command; where our autocomplete filled an option, the press of what it offered."""
    name = raw.text(data.get("name"))
    private = name not in rooms or not raw.id_of(interaction, "guild_id")
    typed = (each for each in raw.children(data, "options") if each.get("type") != FILE_OPTION)
    filled = [raw.text(each.get("value")) for each in typed]
    chosen = [text for text in filled if text.startswith(CHOSEN)]
    if chosen:
        said = _said(interaction, Came.PRESS, private=private, data=chosen[-1].removeprefix(CHOSEN))
    else:
        args = " ".join(text for each in filled if (text := each.strip()))
        said = _said(interaction, Came.COMMAND, private=private, name=name, args=args)
    file = picked(data) if private else None
    return replace(said, file=file) if said and file else said


def _press(interaction: object, data: Raw) -> Incoming | None:
    """A pressed button or a chosen option; of an id that is not ours, a press that leads nowhere.

    A card that one person alone sees belongs to the chat of the two of us, unless it says that it is a
    room's.
    """
    custom = _CUSTOM.fullmatch(raw.text(data.get("custom_id")))
    kind, to = custom.groups() if custom else ("p", "")
    if kind == "s":
        return _said(interaction, Came.COMMAND, private=True, name="start", args=to)
    reply = _reply(interaction)
    private = not reply.in_guild or (reply.ephemeral and kind not in {"r", "q"})
    return _said(interaction, Came.PRESS, private=private, data=_first(data) if kind in {"o", "q"} else to)


def _fields(data: Raw) -> dict[str, str]:
    """What a form holds by question; without those whose option says that something else is written."""
    fields: dict[str, str] = {}
    for row in raw.children(data, "components"):
        inner = raw.child(row, "component")
        for each in [inner] if inner is not None else raw.children(row, "components"):
            value = raw.text(each.get("value")) or _first(each)
            if (key := raw.text(each.get("custom_id"))) and value != OTHER:
                fields[key] = value
    return fields


def _first(thing: Raw) -> str:
    values = thing.get("values")
    return raw.text(values[0]) if isinstance(values, list | tuple) and values else ""


def _said(
    interaction: object, came: Came, *, private: bool, fields: Mapping[str, str] | None = None, **said: str
) -> Incoming | None:
    user, channel = raw.child(interaction, "user"), raw.id_of(interaction, "channel_id")
    person = _person(user)
    if person is None or not (private or channel):
        return None
    rights = raw.number(raw.part(interaction, "permissions")) or 0
    return Incoming(
        event=raw.id_of(interaction),
        came=came,
        chat=private_chat(person) if private else ChatRef(PLATFORM, channel),
        person=person,
        private=private,
        administrator=None if private else bool(rights & _RUNS_CHATS),
        locale=raw.text(raw.part(interaction, "locale"))[:_LONGEST_HINT],
        called=_called(user),
        reply=_reply(interaction).encode(),
        moved="",
        fields=fields or {},
        room=None,
        broadcast=False,
        file=None,
        content=None,
        forwarded=False,
        around=_around(interaction) if private else None,
        **said,
    )


def _around(interaction: object) -> Around | None:
    """The channel of a server that we are in; where a post goes on to all who follow, none."""
    room, kind = raw.id_of(interaction, "channel_id"), raw.number(raw.part(interaction, "channel_type"))
    if not room or raw.part(interaction, "here") is not True or kind == _ANNOUNCES:
        return None
    needs = _VIEWS | (_WRITES_IN_THREADS if kind in _THREADS else _WRITES)
    theirs, ours = (
        (raw.number(raw.part(interaction, whose)) or 0) & needs == needs
        for whose in ("permissions", "app_permissions")
    )
    return Around(ChatRef(PLATFORM, room), theirs=theirs, ours=ours)


def _reply(interaction: object) -> Reply:
    message = raw.child(interaction, "message")
    return Reply(
        raw.id_of(interaction),
        raw.text(raw.part(interaction, "token")),
        raw.number(raw.part(interaction, "type")) or 0,
        raw.id_of(message),
        ephemeral=bool((raw.number(raw.part(message, "flags")) or 0) & EPHEMERAL),
        in_guild=bool(raw.id_of(interaction, "guild_id")),
    )


def _person(user: object) -> AccountRef | None:
    number = raw.id_of(user)
    return AccountRef(PLATFORM, number) if number and raw.part(user, "bot") is not True else None


def _called(user: object) -> str:
    return raw.text(raw.part(user, "global_name")) or raw.text(raw.part(user, "name"))
