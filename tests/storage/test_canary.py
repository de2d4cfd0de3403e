"""A seized file: what it says, byte for byte, before a name is published and after."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.campaign.endorsement import Endorsement, Entry, Kind, Private, State
from bot.campaign.refs import AccountRef
from bot.ports import Post, Store, Tx
from bot.storage.opening import open_store
from bot.storage.seal import SealBroken
from tests.storage.made import KEY, MINUTE, NOW, each, endorsement, published, session

ACCOUNT = AccountRef("telegram", "4815162342")
ENTRY = Entry(
    "Canary Name",
    "กานารี",
    "CANARYM",
    country="QX",
    place="Canary Place/Papua",
    organisation="canary-slug",
    printed="Canary as printed",
)
PRIVATE = Private(
    "Canary Person",
    "canary@contact.example",
    "canary message",
    "https://canary.link",
    "Canary City",
    "Canary Mod",
)
LINE = (ENTRY.name, ENTRY.original, ENTRY.acronym, ENTRY.place, ENTRY.organisation, ENTRY.printed)
SECRET = (
    ACCOUNT.id,
    "Canary Answer",
    "canary reason",
    "canary post",
    "canary signer",
    PRIVATE.representative,
    PRIVATE.contact,
    PRIVATE.message,
    PRIVATE.link,
    PRIVATE.city,
    PRIVATE.decided_by,
)


def in_review(person: str) -> Endorsement:
    return endorsement(1, person=person, entry=ENTRY, private=PRIVATE, reason="canary reason")


def happen(tx: Tx) -> Endorsement:
    """Everything that people can tell us, up to an endorsement in review."""
    met = tx.people.meet(ACCOUNT, "en", NOW)
    tx.sessions.start(session(met.id, answers={"official": "Canary Answer", "country": "QX"}), NOW)
    tx.endorsements.add(in_review(met.id), "name:canary signer")
    tx.paces.put(f"telegram:{ACCOUNT.id}", NOW)
    tx.posts.put(Post(f"{ACCOUNT.id}/1", ACCOUNT.id, "canary post", NOW))
    return in_review(met.id)


def found(path: Path, words: tuple[str, ...]) -> list[str]:
    raw = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"in_review" in raw
    return [word for word in words if word.encode() in raw or word.encode("utf-16-le") in raw]


async def opened(path: Path) -> Store:
    return await open_store(f"sqlite:///{path}", KEY)


async def test_before_publication_a_file_names_nobody(sqlite_path: Path) -> None:
    store = await opened(sqlite_path)
    await store.transaction(happen)
    assert {file.name for file in sqlite_path.parent.iterdir()} == {"bot.db", "bot.db-wal", "bot.db-shm"}
    assert found(sqlite_path, SECRET + LINE) == []
    await store.close()
    with closing(sqlite3.connect(sqlite_path)) as raw:
        assert raw.execute("SELECT country FROM endorsements").fetchall() == [(None,)]


async def test_after_publication_it_says_the_published_line_only_and_after_a_withdrawal_nothing(
    sqlite_path: Path,
) -> None:
    store = await opened(sqlite_path)
    one = await store.transaction(happen)
    shown = replace(one, state=State.PUBLISHED, row=2, published=NOW, position=1)
    assert await store.transaction(lambda tx: tx.endorsements.change(shown, 1))
    assert found(sqlite_path, SECRET) == []
    assert found(sqlite_path, LINE) == list(LINE)
    gone = replace(shown, state=State.WITHDRAWN, row=3, before=State.PUBLISHED, undo_until=NOW + MINUTE)
    assert await store.transaction(lambda tx: tx.endorsements.change(gone, 2))
    assert await store.tidy()
    await store.transaction(lambda tx: tx.endorsements.add(endorsement(2), "other"))
    assert found(sqlite_path, SECRET + LINE) == []
    await store.close()


@pytest.mark.parametrize("kind", list(Kind))
async def test_who_wants_to_be_counted_without_a_name_is_never_named(sqlite_path: Path, kind: Kind) -> None:
    store = await opened(sqlite_path)
    unnamed = published(1, kind=kind, entry=replace(ENTRY, named=False), private=PRIVATE)
    await store.transaction(lambda tx: tx.endorsements.add(unnamed, "canary signer"))
    await store.transaction(lambda tx: tx.endorsements.add(endorsement(2), "other"))
    assert found(sqlite_path, SECRET + LINE) == []
    assert await store.read(lambda tx: tx.endorsements.get("e1")) == unnamed
    await store.close()


@pytest.mark.parametrize("column", ["sealed_entry", "sealed_private"])
async def test_a_sealed_column_swapped_between_rows_is_refused(sqlite_path: Path, column: str) -> None:
    store = await opened(sqlite_path)
    await each(store, lambda tx, n: tx.endorsements.add(endorsement(n), f"signer {n}"), (1, 2))
    swap = f"UPDATE endorsements SET {column} = (SELECT {column} FROM endorsements WHERE id = 'e2')"  # noqa: S608
    with closing(sqlite3.connect(sqlite_path)) as raw, raw:
        raw.execute(swap)
    with pytest.raises(SealBroken, match=column):
        await store.read(lambda tx: tx.endorsements.get("e1"))
    assert await store.read(lambda tx: tx.endorsements.get("e2")) == endorsement(2)
    await store.close()


async def test_a_sealed_column_swapped_with_another_column_is_refused(sqlite_path: Path) -> None:
    store = await opened(sqlite_path)
    await store.transaction(lambda tx: tx.endorsements.add(endorsement(1), "signer"))
    with closing(sqlite3.connect(sqlite_path)) as raw, raw:
        raw.execute("UPDATE endorsements SET sealed_private = sealed_entry")
    with pytest.raises(SealBroken):
        await store.read(lambda tx: tx.endorsements.get("e1"))
    await store.close()
