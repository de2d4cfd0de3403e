"""What we know of chats that are not private."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from bot.campaign.refs import ChatRef
from bot.storage.cursor import Cursor, Statement, places
from bot.storage.schema import chats

_c = chats.c
_key = ("platform", "chat", "thread")
_put = insert(chats).values(**places(*_key, "language"))
PUT = Statement(_put.on_conflict_do_update(index_elements=_key, set_={"language": _put.excluded.language}))
GET = Statement(select(_c.language).where(*(_c[name] == bindparam(name) for name in _key)))


@dataclass(frozen=True, slots=True)
class StoredChats:
    """See ``ports.Chats``."""

    cursor: Cursor

    def language(self, chat: ChatRef) -> str:
        """The language chosen for this chat, "" when none was."""
        row = self.cursor.row(GET, platform=chat.platform, chat=chat.id, thread=chat.thread)
        return str(row["language"]) if row else ""

    def choose_language(self, chat: ChatRef, language: str) -> None:
        """Remember it."""
        self.cursor.run(PUT, platform=chat.platform, chat=chat.id, thread=chat.thread, language=language)
