"""What console chats were sent. Their names may be accounts, so they are kept as hashes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from bot.ports import Post
from bot.storage.cursor import Cursor, Row, Statement, places
from bot.storage.moments import micros, moment
from bot.storage.schema import Number, posts
from bot.storage.seal import Hasher, Sealer

_p = posts.c
_put = insert(posts).values(**places("chat", "message", "sealed", "at"))
_changed = {name: _put.excluded[name] for name in ("sealed", "at")}
PUT = Statement(_put.on_conflict_do_update(index_elements=["message"], set_=_changed))
OF = Statement(
    select(posts)
    .where(_p.chat == bindparam("chat"), _p.seq > bindparam("after"))
    .order_by(_p.seq.desc())
    .limit(bindparam("limit", type_=Number))
)
CLEAR = Statement(delete(posts).where(_p.chat == bindparam("chat")))
PRUNE = Statement(delete(posts).where(_p.at < bindparam("before")))


@dataclass(frozen=True, slots=True)
class StoredPosts:
    """See ``ports.Posts``."""

    cursor: Cursor
    sealer: Sealer
    hasher: Hasher

    def put(self, post: Post) -> None:
        """Store a message or replace one with the same id in the same chat; it keeps its running number."""
        message = self.hasher.name("post", post.chat, post.message)
        sealed = self.sealer.seal("posts", message, "sealed", [post.message, post.outgoing])
        chat = self.hasher.name("chat", post.chat)
        self.cursor.run(PUT, chat=chat, message=message, sealed=sealed, at=micros(post.at))

    def of(self, chat: str, after: int = 0, limit: int = 50) -> Sequence[tuple[int, Post]]:
        """The last ``limit`` messages of a chat after this running number, in order, with their numbers."""
        rows = self.cursor.rows(OF, chat=self.hasher.name("chat", chat), after=after, limit=limit)
        return [(row["seq"], self._post(chat, row)) for row in reversed(rows)]

    def clear(self, chat: str) -> int:
        """Forget all messages of a chat; returns how many."""
        return self.cursor.run(CLEAR, chat=self.hasher.name("chat", chat))

    def prune(self, before: datetime) -> int:
        """Forget messages kept or edited last before this time; returns how many."""
        return self.cursor.run(PRUNE, before=micros(before))

    def _post(self, chat: str, row: Row) -> Post:
        message, outgoing = self.sealer.open("posts", row["message"], "sealed", row["sealed"])
        return Post(message, chat, outgoing, moment(row["at"]))
