"""What one typed line means: a command, the press of a button, or words (pure)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import Enum

from bot.campaign.refs import AccountRef, ChatRef
from bot.campaign.refusal import Refusal
from bot.dialog.messages import Came, Incoming, Key
from bot.platforms.console.characters import clean

PLATFORM = "console"

SEND, HAND_ON = "file", "forward"
"""The console's own commands: they send a file of this machine, and words that somebody else wrote."""

_LEAVE = ("/quit", "/exit")
_NAME = re.compile(r"[^\s@#/:\\.-][^\s@#/:\\]{0,63}")
_COMMAND = re.compile(r"/([a-z][a-z0-9_]{0,31})(?:@\S*)?(?:\s+(.*))?", re.IGNORECASE | re.ASCII | re.DOTALL)
_QUOTED = re.compile(r"""(["'])(.+?)\1(.*)""", re.DOTALL)
_NUMBER = re.compile(r"(\d{1,3})|\[(\d{1,3})\]")
_SIGN = r"[\s‹›☐☑✔✓·•…\ufe0f]+"
_SIGNS = re.compile(_SIGN)
_AROUND = re.compile(rf"^{_SIGN}|{_SIGN}$")
_LONGEST_LABEL = 200


def private_chat(account: AccountRef) -> ChatRef:
    """The bot's private chat with a person at the console: "@" and their name. A room has no "@"."""
    return ChatRef(PLATFORM, "@" + account.id)


def start_line(word: str) -> str:
    """What is typed here to open the private chat with a start word."""
    return f"/start {word}"


def is_room(chat: ChatRef) -> bool:
    """Whether a chat of the console is a room."""
    return not chat.id.startswith("@")


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits at the console, and in which room (None: alone with the bot).

    ``administrator`` says that they run the room; ``called`` is how moderators see them, else ``user``.
    """

    user: str
    chat: ChatRef | None = None
    administrator: bool = False
    called: str = ""
    locale: str = ""

    @property
    def account(self) -> AccountRef:
        """Who sits here."""
        return AccountRef(PLATFORM, self.user)

    @property
    def home(self) -> ChatRef:
        """Their private chat with the bot."""
        return private_chat(self.account)

    @property
    def here(self) -> ChatRef:
        """The chat this console looks at."""
        return self.chat or self.home


@dataclass(frozen=True, slots=True)
class Card:
    """The newest card on screen and its buttons; their numbers count from 1."""

    chat: ChatRef
    keys: tuple[Key, ...] = ()


class Local(Enum):
    """What the console does itself."""

    NOTHING = "nothing"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Picked:
    """A file of this machine at ``path``, which ``incoming`` is to carry."""

    path: str
    incoming: Incoming


def check_name(text: str) -> str | Refusal:
    """The name of a person or a room, as typed after --user or --chat, or the refusal ``console.name``."""
    name = unicodedata.normalize("NFC", text.strip())
    return name if clean(name) == name and _NAME.fullmatch(name) else Refusal("console.name")


def typed(label: str) -> str:
    """The label as a person would type it: without the signs around it."""
    plain = clean(label).strip()
    return _AROUND.sub("", plain) or plain


def goes_on(line: str) -> bool:
    """Whether the line ends in a backslash that is not doubled: then the next line belongs to it."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def join_lines(lines: list[str]) -> str:
    """Lines that go on, as one text; a doubled backslash at its end is a plain one."""
    text = "\n".join(line[:-1] if goes_on(line) else line for line in lines)
    return text[:-1] if text.endswith("\\\\") else text


def read(
    line: str, seat: Seat, card: Card, chat: ChatRef, event: str
) -> Incoming | Key | Local | Picked | Refusal:
    """What the line means.

    Numbers and labels are looked up on ``card``; words go to ``chat``; ``event`` is the event's name. A key
    that only opens an address is given back. A leading "'" makes words of a command or a press. A file and
    what was handed on go to the bot alone; the refusal is a remark of the console's own.
    """
    text = clean(line).strip()
    if not text or text.lower() in _LEAVE:
        return Local.LEAVE if text else Local.NOTHING
    free = text[1:].lstrip()
    if text[0] == "'" and (_COMMAND.fullmatch(free) or _find(free, card.keys)):
        return _incoming(seat, chat, event, Came.WORDS, text=free)
    command = _COMMAND.fullmatch(text)
    if command:
        name, args = command[1].lower(), (command[2] or "").strip()
        if name in {SEND, HAND_ON}:
            return _sent(name, args, seat, event)
        return _incoming(seat, seat.here, event, Came.COMMAND, name=name, args=args)
    key = _find(text, card.keys)
    return _press(key, seat, card, event) if key else _incoming(seat, chat, event, Came.WORDS, text=text)


def split_path(text: str) -> tuple[str, str]:
    """A path, and the words after it where it stands in quotation marks; else its blanks may be escaped."""
    if quoted := _QUOTED.fullmatch(text):
        return quoted[2], quoted[3].strip()
    return text.replace("\\ ", " "), ""


def _sent(name: str, args: str, seat: Seat, event: str) -> Incoming | Picked | Refusal:
    """A file with what stands beside it, or words of somebody else."""
    if not args:
        return Refusal("console.files")
    if name == HAND_ON:
        return replace(_incoming(seat, seat.home, event, Came.WORDS, text=args), forwarded=True)
    path, beside = split_path(args)
    if command := _COMMAND.fullmatch(beside):
        said = {"name": command[1].lower(), "args": (command[2] or "").strip()}
        return Picked(path, _incoming(seat, seat.home, event, Came.COMMAND, **said))
    return Picked(path, _incoming(seat, seat.home, event, Came.FILE, text=beside))


def _press(key: Key, seat: Seat, card: Card, event: str) -> Incoming | Key:
    if key.start:
        return _incoming(seat, seat.home, event, Came.COMMAND, name="start", args=key.start)
    return _incoming(seat, card.chat, event, Came.PRESS, data=key.data) if key.data else key


def _incoming(seat: Seat, chat: ChatRef, event: str, came: Came, **said: str) -> Incoming:
    private = chat == seat.home
    return Incoming(
        event=event,
        came=came,
        chat=chat,
        person=seat.account,
        private=private,
        administrator=None if private else seat.administrator,
        locale=seat.locale,
        called=seat.called or seat.user,
        fields={},
        room=None,
        broadcast=False,
        file=None,
        content=None,
        forwarded=False,
        around=None,
        **said,
    )


def _find(text: str, keys: tuple[Key, ...]) -> Key | None:
    """The key of this number, else the only one with this label."""
    number = _NUMBER.fullmatch(text)
    place = int(number[1] or number[2]) if number else 0
    if 1 <= place <= len(keys):
        return keys[place - 1]
    if len(text) > _LONGEST_LABEL:
        return None
    found = {key for key in keys if _fold(key.label) == _fold(text)}
    return found.pop() if len(found) == 1 else None


def _fold(label: str) -> str:
    """The label without case and without the signs nobody types; the signs where it has nothing else."""
    plain = unicodedata.normalize("NFC", clean(label)).casefold().replace("’", "'").strip()
    return _SIGNS.sub(" ", plain).strip() or plain
