"""What people keep of what they saw: links they hand on by ways of their own, words they wrote down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Outgoing
from bot.dialog.text import plain
from tests.simulation.chats import Message

LINK = re.compile(r"\b(?:in|cl|ho)_[a-z2-7]{16}\b")
WRITTEN = re.compile(r"\b[A-Z]+ · [A-Z]+ · \d{4} · [A-Z]+ · [A-Z]+\b")


@dataclass
class Memory:
    """``links`` are the start words that each chat showed, ``written`` all words that were to be kept."""

    links: dict[ChatRef, list[str]] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)

    def look(self, message: Message) -> None:
        """Somebody reads a message."""
        text = all_text(message.outgoing)
        for word in LINK.findall(text):
            known = self.links.setdefault(message.chat, [])
            known += [word] if word not in known else []
        self.written += [words for words in WRITTEN.findall(text) if words not in self.written]


def link(word: str) -> str:
    """A way into our private chat."""
    return f"https://t.me/solidarity_bot?start={word}"


def all_text(outgoing: Outgoing) -> str:
    """What can be read of a message: its words, its buttons, and a text file beside it."""
    file = outgoing.attachment
    content = file.content.decode(errors="replace") if file and file.mime.startswith("text/") else ""
    labels = [key.label for row in outgoing.keys for key in row]
    return "\n".join((plain(outgoing.text), *labels, content))
