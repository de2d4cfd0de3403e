"""Chats, people and messages as a Telegram client would show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.peers.telegram_refusal import Refused, forbidden, refused
from tests.peers.telegram_text import Formatted

Json = dict[str, Any]

ANONYMOUS = 1087968824
"""The fake user in whose name Telegram shows an administrator who stays anonymous."""
MEMBERS = frozenset({"member", "administrator", "creator", "restricted"})
RIGHTS = (
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users"),
    *("can_post_stories", "can_edit_stories", "can_delete_stories"),
)


@dataclass(eq=False)
class User:
    """An account; ``started`` says that it ever wrote to the bot, ``lost`` why it cannot be reached."""

    id: int
    first_name: str
    language: str = ""
    username: str = ""
    is_bot: bool = False
    started: bool = False
    lost: str = ""

    @property
    def json(self) -> Json:
        more = {"language_code": self.language, "username": self.username}
        user: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        return user | {name: value for name, value in more.items() if value}


@dataclass(eq=False, repr=False)
class Message:
    """One message; ``shown`` is its text or caption, ``edits`` what it showed before."""

    id: int
    chat: Chat
    sender: User | None
    shown: Formatted
    date: int
    keyboard: list[list[Json]] = field(default_factory=list)
    document: tuple[str, bytes] | None = None
    by_bot: bool = False
    thread: int | None = None
    reply_to: int | None = None
    edits: list[Formatted] = field(default_factory=list)
    extra: Json = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<message {self.id}: {self.text!r} {self.labels}>"

    @property
    def text(self) -> str:
        return self.shown.text

    @property
    def plain(self) -> str:
        """The text without the word joiners that keep it inert."""
        return self.shown.text.replace("\u2060", "")

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons."""
        return [button["text"] for row in self.keyboard for button in row]

    def button(self, label: str) -> Json:
        """The button with this label, or whose label contains it where only one does."""
        buttons = [button for row in self.keyboard for button in row]
        exact = [button for button in buttons if button["text"] == label]
        found = exact or [button for button in buttons if label in button["text"]]
        if len(found) != 1:
            raise AssertionError(f"{len(found)} buttons {label!r} among {self.labels}")
        return found[0]

    @property
    def json(self) -> Json:
        """The message as the Bot API tells it."""
        own = {"from": self.sender.json} if self.sender else {"sender_chat": self.chat.json}
        message: Json = {
            "message_id": self.id,
            "date": self.date,
            "chat": self.chat.json,
            **own,
            **self.extra,
        }
        kind = "caption" if self.document else "text"
        if self.document:
            message["document"] = {
                "file_id": f"file{self.id}",
                "file_unique_id": f"unique{self.id}",
                "file_name": self.document[0],
                "file_size": len(self.document[1]),
            }
        if self.shown.text:
            message[kind] = self.shown.text
        if self.shown.entities:
            message["caption_entities" if self.document else "entities"] = list(self.shown.entities)
        if self.keyboard:
            message["reply_markup"] = {"inline_keyboard": self.keyboard}
        if self.thread:
            message |= {"message_thread_id": self.thread, "is_topic_message": True}
        return message


@dataclass(eq=False, repr=False)
class Chat:
    """A chat of any kind; ``bot`` is the bot's standing in it, ``topics`` are the open ones of a forum."""

    id: int
    kind: str
    title: str
    bot: str = "member"
    bot_rights: set[str] = field(default_factory=set)
    user: User | None = None
    forum: bool = False
    topics: dict[int, bool] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    moved_to: int | None = None
    numbers: Iterator[int] = field(default_factory=lambda: count(11))

    @property
    def json(self) -> Json:
        if self.user:
            return {"id": self.id, "type": "private", "first_name": self.user.first_name}
        return {"id": self.id, "type": self.kind, "title": self.title} | (
            {"is_forum": True} if self.forum else {}
        )

    @property
    def from_bot(self) -> list[Message]:
        """What the bot said here and was not deleted, oldest first."""
        return [message for message in self.messages.values() if message.by_bot]

    @property
    def last(self) -> Message:
        """The newest message of the bot."""
        return self.from_bot[-1]

    def add(self, message: Message) -> Message:
        """Put a message at the end."""
        self.messages[message.id] = message
        return message

    def new_id(self) -> int:
        """The next message id; each room counts on its own, all private chats of a bot count together."""
        return next(self.numbers)


def check_readable(chat: Chat) -> None:
    """Raise the server's refusal where the bot may not ask about a chat."""
    if chat.moved_to:
        words = "group chat was upgraded to a supergroup chat"
        raise refused(words, migrate_to_chat_id=chat.moved_to)
    if chat.user:
        _check_user(chat.user)
    elif chat.bot in {"left", "kicked"}:
        raise _outside(chat)


def check_reachable(chat: Chat) -> None:
    """Raise the server's refusal where the bot cannot write to a chat at all."""
    check_readable(chat)
    if chat.kind == "channel" and "can_post_messages" not in chat.bot_rights:
        raise refused("need administrator rights in the channel chat")
    if chat.bot == "restricted":
        raise refused("not enough rights to send text messages to the chat")


def _check_user(user: User) -> None:
    if user.lost == "blocked":
        raise forbidden("bot was blocked by the user")
    if user.lost == "deactivated":
        raise forbidden("user is deactivated")
    if not user.started:
        raise forbidden("bot can't initiate conversation with a user")


def _outside(chat: Chat) -> Refused:
    if chat.bot == "kicked":
        return forbidden(f"bot was kicked from the {chat.kind} chat")
    return forbidden(f"bot is not a member of the {chat.kind} chat")


def check_topic(chat: Chat, thread: object) -> int | None:
    """The topic to write to; only a forum has some, and its general one has no number for a bot."""
    if thread is None or not chat.forum:
        return None
    if not isinstance(thread, int) or thread not in chat.topics:
        raise refused("message thread not found")
    if not chat.topics[thread]:
        raise refused("TOPIC_CLOSED")
    return thread


def member_json(user: User, status: str, rights: set[str]) -> Json:
    """A ChatMember of the Bot API."""
    member: Json = {"user": user.json, "status": status}
    match status:
        case "administrator":
            return member | dict.fromkeys(RIGHTS, False) | dict.fromkeys(rights, True)
        case "creator":
            return member | {"is_anonymous": False}
        case "kicked":
            return member | {"until_date": 0}
        case "restricted":
            return member | {"is_member": True, "can_send_messages": False, "until_date": 0}
        case _:
            return member
