"""What a raw update of the Bot API means (pure); whatever stands in it, nothing here raises."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Came, FileRef, Incoming
from bot.platforms.telegram import raw
from bot.platforms.telegram.raw import Raw

PLATFORM = "telegram"
KINDS = ("message", "edited_message", "channel_post", "callback_query", "my_chat_member")
"""The kinds of updates we ask for."""

_COMMAND = re.compile(
    r"/([a-z0-9_]{1,64})(?:@([a-z0-9_]+))?(?:\s+(.*))?", re.IGNORECASE | re.ASCII | re.DOTALL
)
_THINGS = frozenset(
    {"animation", "audio", "checklist", "contact", "dice", "document", "game", "location", "paid_media"}
    | {"photo", "poll", "sticker", "story", "venue", "video", "video_note", "voice"}
)
"""What a message that has no text is made of; others are notes of Telegram's own ("pinned a message")."""
_PLACEHOLDERS = frozenset({136817688, 777000, 1087968824})
"""Accounts in whose name Telegram shows a channel, itself, and an administrator who stays anonymous."""
_FORWARDED = frozenset(
    {"forward_origin", "forward_date", "forward_from", "forward_from_chat", "forward_sender_name"}
)
"""What only a message that was handed on has; older servers know the later ones alone."""
_LONGEST_HINT, _LONGEST_NAME, _LONGEST_FILE_ID = 35, 255, 512


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself: its account's number and its name without "@"."""

    id: int
    name: str


def update_id(update: object) -> int | None:
    """The number of an update; None where it has none."""
    return raw.number(raw.part(update, "update_id"))


def read(update: object, me: Me) -> Incoming | None:
    """The event an update tells of; None for one that is not for us, or that nobody can read.

    ``Incoming.reply`` is the press's id, a "/" and the message's id; see ``press_of`` and ``message_of``.
    """
    number = update_id(update)
    if number is None:
        return None
    event = f"{me.id}.{number}"
    if (post := raw.child(update, "callback_query")) is not None:
        return _press(post, event)
    if (post := raw.child(update, "my_chat_member")) is not None:
        return _standing(post, event)
    if (post := raw.child(update, "edited_message")) is not None:
        return _edited(post, event)
    post = raw.child(update, "message") or raw.child(update, "channel_post")
    return _message(post, event, me) if post is not None else None


def press_of(incoming: Incoming) -> str:
    """The id with which a press is answered, "" where there is none."""
    return incoming.reply.partition("/")[0]


def message_of(incoming: Incoming) -> str:
    """The id of the message that was said or whose button was pressed, "" where there is none."""
    return incoming.reply.partition("/")[2]


def private_chat(account: AccountRef) -> ChatRef:
    """The private chat with an account: Telegram gives both the same number."""
    return ChatRef(PLATFORM, account.id)


def _message(post: Raw, event: str, me: Me) -> Incoming | None:
    """What somebody wrote or sent. What was handed on is no command: somebody else wrote it."""
    chat, forwarded = _chat(post), bool(_FORWARDED & post.keys())
    if chat is None or _is_other_bot(post) or raw.part(post, "is_automatic_forward"):
        return None
    file = _file(post)
    text = raw.text(raw.part(post, "caption" if file else "text"))
    command = None if forwarded else _COMMAND.fullmatch(text)
    if command:
        found = _command(post, chat, event, command, me)
    elif not _is_private(post):
        found = _moved(post, chat, event)
    elif file or text:
        found = _said(post, chat, event, Came.FILE if file else Came.WORDS, text=text)
    else:
        beside = raw.text(raw.part(post, "caption"))
        found = _said(post, chat, event, Came.OTHER, text=beside) if _THINGS & post.keys() else None
    return replace(found, file=file, forwarded=forwarded) if found and (file or forwarded) else found


def _file(post: Raw) -> FileRef | None:
    """The file that was sent in private; a moving picture looks like one too."""
    document = raw.child(post, "document")
    number = raw.text(raw.part(document, "file_id"))
    if not 0 < len(number) <= _LONGEST_FILE_ID or "animation" in post or not _is_private(post):
        return None
    name, size = (raw.part(document, f"file_{each}") for each in ("name", "size"))
    return FileRef(number, raw.text(name)[-_LONGEST_NAME:], max(raw.number(size) or 0, 0))


def _command(post: Raw, chat: ChatRef, event: str, command: re.Match[str], me: Me) -> Incoming | None:
    """A command, unless it names another bot."""
    name, to, args = command.groups()
    if to is not None and to.lower() != me.name.lower():
        return None
    return _said(post, chat, event, Came.COMMAND, name=name.lower(), args=(args or "").strip())


def _edited(post: Raw, event: str) -> Incoming | None:
    """Only in private: what others change in rooms does not concern us."""
    chat = _chat(post)
    if chat is None or not _is_private(post):
        return None
    return _said(post, chat, event, Came.EDITED, text=raw.text(raw.part(post, "text")))


def _press(query: Raw, event: str) -> Incoming | None:
    """A pressed button; the message under it may be so old that only its place is told."""
    message, data, id_ = raw.child(query, "message"), raw.part(query, "data"), raw.part(query, "id")
    chat = _chat(message) if message is not None else None
    if message is None or chat is None or not isinstance(data, str) or not isinstance(id_, str):
        return None
    number = raw.number(raw.part(message, "message_id"))
    reply = f"{raw.text(id_)}/{number or ''}"
    who = {"from": raw.child(query, "from"), "chat": raw.child(message, "chat")}
    return _said(who, chat, event, Came.PRESS, data=raw.text(data), reply=reply)


def _standing(change: Raw, event: str) -> Incoming | None:
    """We were let into a room or put out of it, or may no longer speak there, or from now on."""
    chat = _chat(change)
    if chat is None or _is_private(change):
        return None
    channel = raw.part(raw.part(change, "chat"), "type") == "channel"
    before, after = (
        _may_speak(raw.part(change, f"{age}_chat_member"), channel=channel) for age in ("old", "new")
    )
    if before != after:
        return _said(change, chat, event, Came.ADDED if after else Came.REMOVED)
    was, is_in = (_is_in(raw.part(change, f"{age}_chat_member")) for age in ("old", "new"))
    return _said(change, chat, event, Came.MUTED) if is_in and not (was or after) else None


def _is_in(member: object) -> bool:
    status = raw.text(raw.part(member, "status"))
    return status in {"administrator", "member"} or (
        status == "restricted" and raw.part(member, "is_member") is True
    )


def _may_speak(member: object, *, channel: bool) -> bool:
    match raw.part(member, "status"):
        case "creator":
            return True
        case "administrator":
            return not channel or raw.part(member, "can_post_messages") is True
        case "member":
            return not channel
        case "restricted":
            return raw.part(member, "is_member") is True and raw.part(member, "can_send_messages") is True
        case _:
            return False


def _moved(post: Raw, chat: ChatRef, event: str) -> Incoming | None:
    """A group became a supergroup; both tell it, each under its own number."""
    to, since = (raw.number(post.get(f"migrate_{way}_chat_id")) for way in ("to", "from"))
    if to is not None:
        return Incoming(event, Came.MOVED, chat, None, private=False, moved=str(to))
    if since is not None:
        old = ChatRef(PLATFORM, str(since))
        return Incoming(event, Came.MOVED, old, None, private=False, moved=chat.id)
    return None


def _said(post: Raw, chat: ChatRef, event: str, came: Came, **said: str) -> Incoming:
    user = raw.child(post, "from")
    hint, called = raw.part(user, "language_code"), raw.part(user, "first_name")
    message = raw.number(raw.part(post, "message_id"))
    said.setdefault("reply", f"/{message or ''}")
    return Incoming(
        event=event,
        came=came,
        chat=chat,
        person=_person(post),
        private=_is_private(post),
        administrator=None,
        locale=raw.text(hint)[:_LONGEST_HINT],
        called=raw.text(called),
        fields={},
        room=None,
        title=raw.text(raw.part(raw.child(post, "chat"), "title")),
        broadcast=raw.part(raw.child(post, "chat"), "type") == "channel",
        file=None,
        content=None,
        forwarded=False,
        around=None,
        **said,
    )


def _person(post: Raw) -> AccountRef | None:
    """Who did it; None where they speak in the name of a chat, or Telegram hides them."""
    number = raw.number(raw.part(raw.child(post, "from"), "id"))
    if number is None or number in _PLACEHOLDERS or raw.child(post, "sender_chat") is not None:
        return None
    return AccountRef(PLATFORM, str(number))


def _is_other_bot(post: Raw) -> bool:
    return raw.part(raw.child(post, "from"), "is_bot") is True and raw.child(post, "sender_chat") is None


def _is_private(post: Raw) -> bool:
    return raw.part(raw.child(post, "chat"), "type") == "private"


def _chat(post: object) -> ChatRef | None:
    """Where it happened; the topic only where the message says that its number is one of a topic."""
    number = raw.number(raw.part(raw.child(post, "chat"), "id"))
    if number is None:
        return None
    topic = (
        raw.number(raw.part(post, "message_thread_id"))
        if raw.part(post, "is_topic_message") is True
        else None
    )
    return ChatRef(PLATFORM, str(number), str(topic or ""))
