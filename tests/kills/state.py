"""What the database says while no process runs, through our own storage."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from bot import host
from bot.campaign.endorsement import Endorsement
from bot.campaign.refs import AccountRef
from bot.dialog.session import Session
from bot.platforms.console.reading import private_chat
from bot.ports import Tx
from bot.storage.batch import run_read
from bot.storage.cursor import SqliteCursor
from bot.storage.ready import make_ready
from bot.storage.seal import Sealer
from bot.storage.sqlite import connect
from bot.storage.tx import StoredTx
from tests.stage import START

T = TypeVar("T")


def is_made(state: Path) -> bool:
    """Whether some process lived long enough to make the database ready."""
    if not ((state / "key").exists() and (state / "bot.db").exists()):
        return False
    with closing(sqlite3.connect(f"file:{state / 'bot.db'}?mode=ro", uri=True)) as raw:
        tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}
        return "notes" in tables and raw.execute("SELECT 1 FROM notes").fetchone() is not None


def look(state: Path, work: Callable[[Tx], T]) -> T:
    """What a work finds in the state folder."""
    with closing(connect(state / "bot.db")) as raw:
        sealer = Sealer(host.read_key(state))
        tx = StoredTx(SqliteCursor(raw), sealer, make_ready(raw, sealer))
        found: T = run_read(raw, tx, work).get()
    return found


def is_shown_something(state: Path, user: str) -> bool:
    """Whether a console that starts for this user has something to show."""
    return look(state, lambda tx: bool(person(tx, user)[1]) or bool(tx.posts.of(_chat(user))))


def session(state: Path, user: str) -> Session | None:
    """The user's open talk."""
    return look(state, lambda tx: tx.sessions.open(person(tx, user)[0]))


def signed(state: Path, user: str) -> list[Endorsement]:
    """What the user signed."""
    return look(state, lambda tx: list(tx.endorsements.of(person(tx, user)[0])))


def _chat(user: str) -> str:
    return private_chat(AccountRef("console", user)).id


def person(tx: Tx, user: str) -> tuple[str, tuple[str, ...]]:
    """The person's id of ours, and what they are owed."""
    person = tx.people.meet(AccountRef("console", user), "", START)
    return person.id, person.owed
