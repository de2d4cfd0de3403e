"""Things to store, and the ground they are stored on."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import MISSING, dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy.util import await_only

from bot.campaign.announcement import Delivery, Policy
from bot.campaign.endorsement import Endorsement, Entry, Kind, Private, State
from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.session import Session
from bot.ports import Person, Store, Tx
from bot.storage.direct import open_direct
from bot.storage.opening import open_store

T = TypeVar("T")
U = TypeVar("U")

KEY = bytes(range(32))
NOW = datetime(2026, 2, 14, 9, 30, 0, 123456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CHANNEL = ChatRef("telegram", "-1001234")


@dataclass(frozen=True)
class Ground:
    """A database, and how it is opened; several stores may be open on one."""

    kind: str
    url: str

    async def open(self) -> Store:
        if self.kind == "direct":
            return open_direct(copy_in_memory(self.url.removeprefix("sqlite:///")), KEY)
        return await open_store(self.url, KEY)

    def meeting(self, parties: int = 2) -> Callable[[], None]:
        """A place where works wait for each other once, so that all have read before one writes.

        On SQLite works run one after the other, whole, so nobody waits there.
        """
        barrier = asyncio.Barrier(parties)
        arrived = set[object]()

        def meet() -> None:
            task = asyncio.current_task() if self.kind == "postgres" else None
            if task is not None and task not in arrived:
                arrived.add(task)
                await_only(asyncio.wait_for(barrier.wait(), 5))

        return meet

    def pause(self) -> None:
        """Time for another transaction to run into what this one has locked; none is needed on SQLite."""
        if self.kind == "postgres":
            await_only(asyncio.sleep(0.1))


def copy_in_memory(template: str) -> sqlite3.Connection:
    """A database in memory with the tables and the secret of a file."""
    raw = sqlite3.connect(":memory:", isolation_level=None)
    with closing(sqlite3.connect(template)) as source:
        source.backup(raw)
    return raw


def has_no_default(thing: Any) -> bool:  # noqa: ANN401  (any dataclass)
    """Whether every field differs from its default, so that one the store forgets is missed."""
    values = {each.name: getattr(thing, each.name) for each in fields(thing)}
    defaults = {each.name: each.default for each in fields(thing) if each.default is not MISSING}
    return all(values[name] != default for name, default in defaults.items())


async def both(store: Store, first: Callable[[Tx], T], second: Callable[[Tx], T]) -> list[T | BaseException]:
    """Run two works at the same time."""
    works = map(store.transaction, (first, second))
    return list(await asyncio.gather(*works, return_exceptions=True))


async def each(store: Store, run: Callable[[Tx, U], T], items: Iterable[U]) -> list[T]:
    """Run a work for each item, one transaction after the other."""

    def with_item(item: U) -> Callable[[Tx], T]:
        return lambda tx: run(tx, item)

    return [await store.transaction(with_item(item)) for item in items]


async def person(store: Store, account: str = "1") -> Person:
    return await store.transaction(lambda tx: tx.people.meet(AccountRef("telegram", account), "en", NOW))


def session(person: str, **changes: object) -> Session:
    return replace(Session("s1", person, "endorse", "asean", "official"), **changes)  # type: ignore[arg-type]


def endorsement(number: int = 1, **changes: object) -> Endorsement:
    made = Endorsement(
        id=f"e{number}",
        campaign="asean",
        kind=Kind.ORGANISATION,
        state=State.IN_REVIEW,
        row=1,
        text="hash",
        entry=Entry(
            f"Organisation {number}", "Ὀργάνωσις", f"O{number}", "TH", "Bangkok/Thailand", f"o-{number}"
        ),
        signed=NOW + number * MINUTE,
        private=Private("Somsak", "somsak@example.org", "in solidarity", "https://example.org", "Bangkok"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def published(number: int = 1, **changes: object) -> Endorsement:
    at = NOW + number * MINUTE
    return replace(
        endorsement(number, state=State.PUBLISHED, published=at, position=number),
        **changes,  # type: ignore[arg-type]
    )


def delivery(number: int = 1, **changes: object) -> Delivery:
    made = Delivery(f"d{number}", f"key {number}", Policy.NOTICE, ("review", "e1"), NOW, chat=CHANNEL)
    return replace(made, **changes)  # type: ignore[arg-type]
