"""References to accounts and chats on the platforms people use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class AccountRef:
    """One account on one platform, for example ``telegram:123``.

    It is personal data: never logged, never stored in clear.
    """

    platform: str
    id: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.id}"


@dataclass(frozen=True, slots=True, order=True)
class ChatRef:
    """One chat on one platform; ``thread`` is the topic or thread inside it, empty for the chat itself."""

    platform: str
    id: str
    thread: str = ""

    def __str__(self) -> str:
        return f"{self.platform}:{self.id}" + (f"/{self.thread}" if self.thread else "")


def parse_account(text: str) -> AccountRef:
    """Read ``platform:id``; raises ValueError where either half is missing."""
    platform, found, id_ = text.strip().partition(":")
    if not (platform and found and id_):
        raise ValueError(text)
    return AccountRef(platform, id_)


def parse_chat(text: str) -> ChatRef:
    """Read ``platform:id`` or ``platform:id/thread``.

    Raises ValueError where the platform or the id is missing.
    """
    account = parse_account(text)
    id_, _, thread = account.id.partition("/")
    if not id_:
        raise ValueError(text)
    return ChatRef(account.platform, id_, thread)
