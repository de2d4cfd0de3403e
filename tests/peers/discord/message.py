"""A message as Discord keeps it and tells of it."""

from __future__ import annotations

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
    def json(self) -> Json:
        """As Discord tells of it."""
        more = {} if self.nonce is None else {"nonce": self.nonce}
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
            "attachments": [_file(self, n, *each) for n, each in enumerate(self.files)],
            "embeds": [],
            "pinned": False,
            "flags": self.flags,
            "components": self.components,
        }


def iso(seconds: float) -> str:
    """A moment as Discord writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


def _file(message: Message, number: int, name: str, content: bytes) -> Json:
    where = f"https://cdn.invalid/attachments/{message.channel.id}/{message.id + number}/{name}"
    size = {"size": len(content), "content_type": "application/octet-stream"}
    return size | {"id": str(message.id + number), "filename": name, "url": where, "proxy_url": where}
