"""Files of the catalogue that were written while the bot runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, true
from sqlalchemy.dialects.postgresql import insert

from bot.ports import Paper
from bot.storage.cursor import Cursor, Row, Statement, places
from bot.storage.moments import micros, micros_or_none, moment_or_none
from bot.storage.notes import StoredNotes
from bot.storage.schema import papers
from bot.storage.seal import Hasher, Sealer

VERSION = "papers"
"""The note that says in which state the papers are."""

_p = papers.c
_the_paper = _p.path == bindparam("path")
_put = insert(papers).values(**places("path", "sealed", "hidden", "due"))
_changed = {name: _put.excluded[name] for name in ("sealed", "hidden", "due")}
PUT = Statement(_put.on_conflict_do_update(index_elements=["path"], set_=_changed))
GET = Statement(select(papers).where(_the_paper))
ALL = Statement(select(papers))
REMOVE = Statement(delete(papers).where(_the_paper))
DUE = Statement(select(papers).where(_p.hidden.is_(true()), _p.due <= bindparam("now")))


@dataclass(frozen=True, slots=True)
class StoredPapers:
    """See ``ports.Papers``. A path tells what a text is about, so it is kept as a keyed hash and sealed."""

    cursor: Cursor
    sealer: Sealer
    hasher: Hasher

    def version(self) -> str:
        """A word that is another one after every change; "" while there is no paper."""
        return self._notes.get(VERSION)

    def put(self, paper: Paper, version: str) -> None:
        """Store a paper in place of the one with the same path."""
        path = self._hash(paper.path)
        sealed = self.sealer.seal("papers", path, "sealed", ["/".join(paper.path), paper.text])
        self.cursor.run(PUT, path=path, sealed=sealed, hidden=paper.hidden, due=micros_or_none(paper.due))
        self._notes.put(VERSION, version)

    def get(self, path: tuple[str, ...]) -> Paper | None:
        """One paper."""
        row = self.cursor.row(GET, path=self._hash(path))
        return self._paper(row) if row else None

    def all(self) -> Sequence[Paper]:
        """All papers, by path."""
        return sorted(map(self._paper, self.cursor.rows(ALL)), key=lambda paper: paper.path)

    def remove(self, path: tuple[str, ...], version: str) -> bool:
        """Take a paper away; False where there was none."""
        found = self.cursor.run(REMOVE, path=self._hash(path)) == 1
        if found:
            self._notes.put(VERSION, version)
        return found

    def due(self, now: datetime) -> Sequence[Paper]:
        """Hidden papers whose time has come."""
        found = map(self._paper, self.cursor.rows(DUE, now=micros(now)))
        return sorted(found, key=lambda paper: (paper.due, paper.path))

    @property
    def _notes(self) -> StoredNotes:
        return StoredNotes(self.cursor)

    def _hash(self, path: tuple[str, ...]) -> str:
        return self.hasher.name("paper", *path)

    def _paper(self, row: Row) -> Paper:
        path, text = self.sealer.open("papers", row["path"], "sealed", row["sealed"])
        return Paper(tuple(path.split("/")), text, bool(row["hidden"]), moment_or_none(row["due"]))
