from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.sqlite import PRAGMAS, check, connect, connect_reader, create, is_old, prepare, truncate_log
from bot.storage.trouble import StoreDamaged, StoreUnusable


def test_a_connection_has_our_settings(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "bot.db")) as raw:
        got = {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
    assert got == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "busy_timeout": 5000,
    }


def test_a_setting_that_is_not_taken_is_told() -> None:
    """A database in memory has no log, as a file on a network has none."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as raw:
        prepare(raw, in_memory=True)
        with pytest.raises(StoreUnusable, match="journal_mode=wal"):
            prepare(raw)


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    with closing(connect_reader(tmp_path / "bot.db")) as raw, pytest.raises(sqlite3.OperationalError):
        raw.execute("CREATE TABLE t (x)")


def test_only_the_owner_can_read_the_file_and_its_companions(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.touch(mode=0o644)
    create(path)
    with closing(connect(path)) as raw:
        raw.execute("CREATE TABLE t (x)")
        modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    assert modes == {"bot.db": 0o600, "bot.db-wal": 0o600, "bot.db-shm": 0o600}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnusable, match="cannot be written"):
        create(tmp_path / "nowhere" / "bot.db")


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreDamaged, match="restore a backup"):
        connect(path)


def test_a_damaged_page_is_found(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    with closing(connect(path)) as raw:
        raw.execute("CREATE TABLE t (x)")
        raw.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 100)
        check(raw)
    data = bytearray(path.read_bytes())
    data[2 * 4096 : 2 * 4096 + 64] = bytes(64)
    path.write_bytes(data)
    with closing(connect(path)) as raw, pytest.raises(StoreDamaged, match="restore a backup"):
        check(raw)


def test_the_log_is_emptied_unless_somebody_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    with closing(connect(path)) as raw, closing(connect_reader(path)) as reader:
        raw.execute("CREATE TABLE t (x)")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM t").fetchall()
        raw.execute("INSERT INTO t VALUES (1)")
        raw.execute("PRAGMA busy_timeout=10")
        assert not truncate_log(raw)
        reader.execute("ROLLBACK")
        assert truncate_log(raw)
        assert (tmp_path / "bot.db-wal").stat().st_size == 0


@pytest.mark.parametrize(
    ("version", "old"),
    [((3, 40, 1), True), ((3, 51, 2), True), ((3, 51, 3), False), ((3, 52, 0), False), ((4, 0, 0), False)],
)
def test_a_sqlite_with_the_wal_reset_fault_is_old(version: tuple[int, ...], *, old: bool) -> None:
    assert is_old(version) == old
