"""What people have on their screens: messages in chats, as the platform shows them."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Key, Outgoing


@dataclass
class Message:
    """One message. ``shown`` orders a chat by what came last under somebody's eyes; ``only`` sees it alone.

    ``before`` is what it was before its edits: some screens still show that. ``pressed``: its last change
    was the answer to a press.
    """

    id: str
    chat: ChatRef
    outgoing: Outgoing
    shown: int
    only: AccountRef | None = None
    before: list[Outgoing] = field(default_factory=list)
    pressed: bool = False

    @property
    def said(self) -> tuple[str, ...]:
        """The phrase keys of its text."""
        phrases = self.outgoing.phrases
        return phrases[: phrases.index("|")] if "|" in phrases else phrases

    @property
    def buttons(self) -> list[tuple[str, Key]]:
        """Its buttons with their names."""
        return buttons(self.outgoing)

    @property
    def routes(self) -> list[list[str]]:
        """Where its buttons lead, in pieces."""
        return [key.data.split("/") for _, key in self.buttons if key.data]


def buttons(outgoing: Outgoing) -> list[tuple[str, Key]]:
    """The buttons of a card with their names."""
    phrases = outgoing.phrases
    names = phrases[phrases.index("|") + 1 :] if "|" in phrases else ()
    return list(zip(names, (key for row in outgoing.keys for key in row), strict=True))


@dataclass
class Chats:
    """All messages of all chats."""

    messages: dict[str, Message] = field(default_factory=dict)
    _by_chat: dict[ChatRef, list[Message]] = field(default_factory=dict)
    _count: int = 0

    def put(self, chat: ChatRef, outgoing: Outgoing, only: AccountRef | None = None) -> Message:
        """A new message."""
        self._count += 1
        message = Message(f"m{self._count}", chat, outgoing, self._count, only)
        self.messages[message.id] = message
        self._by_chat.setdefault(chat, []).append(message)
        return message

    def edit(self, message: Message, outgoing: Outgoing, *, seen: bool) -> None:
        """Change a message; ``seen``: under the eyes of whoever pressed it."""
        message.before.append(message.outgoing)
        message.outgoing, message.pressed = outgoing, seen
        if seen:
            self._count += 1
            message.shown = self._count

    def of(self, chat: ChatRef, reader: AccountRef | None = None) -> list[Message]:
        """A chat's messages, what came last at the end."""
        found = [each for each in self._by_chat.get(chat, ()) if each.only in (None, reader)]
        return sorted(found, key=lambda each: each.shown)

    def move(self, old: ChatRef, new: ChatRef) -> None:
        """A room gets another id; its messages stay, under ids nobody knows any more."""
        for message in self._by_chat.pop(old, []):
            message.chat = new
            self._by_chat.setdefault(new, []).append(message)
