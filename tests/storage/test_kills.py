from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import IO

import pytest


@pytest.fixture
def writer(sqlite_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.storage.writer", str(sqlite_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.terminate()


def kill_one(to: IO[str], said: IO[str], after: float) -> list[str]:
    """Let a child write for a while after its first ack, kill it, and return what it had acknowledged."""
    to.write("go\n")
    to.flush()
    pid = int(said.readline().split()[1])
    acks = [said.readline().strip()]
    time.sleep(after)
    os.kill(pid, signal.SIGKILL)
    acks += iter(lambda: said.readline().strip(), "dead")
    return acks


def test_twenty_kills_lose_no_acknowledged_work_and_tear_none(
    writer: subprocess.Popen[str], sqlite_path: Path
) -> None:
    assert writer.stdin is not None
    assert writer.stdout is not None
    chance, acks = Random(5), set[str]()
    for _ in range(20):
        acks |= set(kill_one(writer.stdin, writer.stdout, chance.random() * 0.05))
    writer.stdin.close()
    with closing(sqlite3.connect(sqlite_path)) as raw:
        notes = {row[0] for row in raw.execute("SELECT name FROM notes WHERE name LIKE '%/%'")}
        events = {row[0] for row in raw.execute("SELECT event FROM events")}
        assert raw.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert len(acks) > 20
    assert acks <= notes
    assert notes == events
