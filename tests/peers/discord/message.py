"""A message as Discord keeps it and tells of it."""

from __future__ import annotations

import mimetypes
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.peers.discord.things import Channel, User

Json = dict[str, Any]

EPHEMERAL, LOADING, CROSSPOSTED, NO_PREVIEWS, SILENT, V2 = 1 << 6, 1 << 7, 1, 1 << 2, 1 << 12, 1 << 15
EPOCH = 1_420_070_400_000
"""Milliseconds at which Discord's own time begins."""


@dataclass(eq=False)
class Message:
    """A message; ``only`` is who alone sees it, ``pings`` whom it rang for ("@everyone", "@5", "&7")."""

    id: int
    channel: Channel
    author: User
    content: str = ""
    components: list[Json] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    flags: int = 0
    at: float = 0
    edited: float | None = None
    only: User | None = None
    nonce: str | None = None
    pings: set[str] = field(default_factory=set)
    by_webhook: bool = False
    host: str = "https://cdn.invalid"
    """Where its files stand."""
    handed_on: tuple[str, list[tuple[str, bytes]]] | None = None
    """The words and files of another message, shown here again."""
    edits: int = 0

    @property
    def text(self) -> str:
        """What is read: without word joiners and marks that keep others' marks dead."""
        return re.sub(r"\\([^\w\s])", r"\1", self.content.replace("\u2060", ""))

    @property
    def parts(self) -> list[Json]:
        """Its buttons and selects."""
        return [part for row in self.components for part in row["components"]]

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons in order."""
        return [part["label"] for part in self.parts if part["type"] == 2]

    @property
    def attachments(self) -> list[Json]:
        """Its files as Discord tells of them."""
        return [_file(self, n, *each) for n, each in enumerate(self.files)]

    @property
    def json(self) -> Json:
        """As Discord tells of it."""
        more: Json = {} if self.nonce is None else {"nonce": self.nonce}
        if self.handed_on:
            more |= _snapshot(self, *self.handed_on)
        if self.by_webhook:
            more["webhook_id"] = more["application_id"] = str(self.author.id)
        return more | {
            "id": str(self.id),
            "type": 0,
            "channel_id": str(self.channel.id),
            "author": self.author.json,
            "content": self.content,
            "timestamp": iso(self.at),
            "edited_timestamp": None if self.edited is None else iso(self.edited),
            "tts": False,
            "mention_everyone": "@everyone" in self.pings,
            "mentions": [],
            "mention_roles": [],
            "attachments": self.attachments,
            "embeds": [],
            "pinned": False,
            "flags": self.flags,
            "components": self.components,
        }


def iso(seconds: float) -> str:
    """A moment as Discord writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


def _snapshot(message: Message, words: str, files: list[tuple[str, bytes]]) -> Json:
    """What a message holds that hands another one on: no words of its own (resources/message)."""
    reference = {"type": 1, "channel_id": "5", "message_id": "6", "guild_id": "7"}
    kept = {"type": 0, "content": words, "timestamp": iso(message.at), "edited_timestamp": None, "flags": 0}
    beside = {"attachments": [_file(message, n, *each) for n, each in enumerate(files)]}
    lists: Json = {"embeds": [], "mentions": [], "mention_roles": [], "components": [], "sticker_items": []}
    return {"message_reference": reference, "message_snapshots": [{"message": kept | beside | lists}]}


def _file(message: Message, number: int, name: str, content: bytes) -> Json:
    where = f"{message.host}/attachments/{message.channel.id}/{message.id + number}/{name}?ex=1&is=1&hm=a"
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    size = {"size": len(content), "content_type": kind}
    return size | {"id": str(message.id + number), "filename": name, "url": where, "proxy_url": where}
