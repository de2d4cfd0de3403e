"""Writes until it is killed: ``python -m tests.storage.writer FILE``, then one line of input for each child.

Each line begins a child process that prints its number, then an ack for every committed work of two rows.
"""

from __future__ import annotations

import asyncio
import os
import sys
from itertools import count
from pathlib import Path

from bot.ports import Tx
from bot.storage.database import SqliteStore, open_sqlite
from bot.storage.seal import Sealer
from tests.storage.made import KEY, NOW


async def write(path: Path, child: int) -> None:
    """Ten writers at once, so that batches are of several works."""
    store = await open_sqlite(path, Sealer(KEY))
    numbers = count()
    await asyncio.gather(*(write_on(store, child, numbers) for _ in range(10)))


async def write_on(store: SqliteStore, child: int, numbers: count[int]) -> None:
    for number in numbers:
        name = f"{child}/{number}"

        def work(tx: Tx, name: str = name) -> None:
            tx.notes.put(name, "x" * 200)
            tx.events.first("kill", name, NOW)

        await store.transaction(work)
        os.write(1, f"{name}\n".encode())


def main() -> None:
    """Fork a writing child for each line, so that a kill costs no new start of Python."""
    path = Path(sys.argv[1])
    for number, _ in enumerate(sys.stdin):
        child = os.fork()
        if child == 0:
            os.write(1, f"child {os.getpid()}\n".encode())
            asyncio.run(write(path, number))
        os.waitpid(child, 0)
        os.write(1, b"dead\n")


if __name__ == "__main__":
    main()
