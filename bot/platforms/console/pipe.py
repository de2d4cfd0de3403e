"""A pipe or a file: read line by line, answered line by line."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from typing import BinaryIO

from bot.platforms.console.characters import clean
from bot.platforms.console.screen import View
from bot.platforms.console.writing import Look

_CHUNK = 1 << 16


class Pipe:
    """Writes what both sides say, like a play.

    "> " stands before what was typed, "< " before the bot's rows, and an empty row ends a card. Reading never
    blocks the loop, and replaces what is not UTF-8.
    """

    comfortable = False

    def __init__(self, stdin: int, stdout: BinaryIO, width: int = 80) -> None:
        self.look = Look(width, mark="< ")
        self._stdin = stdin
        self._stdout = stdout
        self._rest = b""
        self._fault: OSError | None = None

    async def read(self, _view: View) -> str | None:
        """The next line; None after the last one, and when nobody reads the output any more.

        Raises the OSError with which writing failed otherwise, for example on a full disk.
        """
        line = None if self._fault else await self._next()
        if line is not None:
            self._write([f"> {clean(line)}".rstrip()])
        if self._fault and not isinstance(self._fault, BrokenPipeError):
            raise self._fault
        return line

    async def show(self, rows: Sequence[str]) -> None:
        """Write the rows and an empty one. A fault is kept for ``read``: nobody who sends has to care."""
        self._write([*rows, ""])

    async def _next(self) -> str | None:
        pieces = [self._rest]
        while b"\n" not in pieces[-1]:
            piece = await self._piece()
            if not piece:
                break
            pieces.append(piece)
        whole = b"".join(pieces)
        line, _, self._rest = whole.partition(b"\n")
        return line.decode(errors="replace").removeprefix("\ufeff").removesuffix("\r") if whole else None

    async def _piece(self) -> bytes:
        """The bytes that are there, once there are some; none at the end."""
        loop, ready = asyncio.get_running_loop(), asyncio.Event()
        with suppress(PermissionError):  # a file on a disk cannot be waited for: it is always ready
            loop.add_reader(self._stdin, ready.set)
            try:
                await ready.wait()
            finally:
                loop.remove_reader(self._stdin)
        return os.read(self._stdin, _CHUNK)

    def _write(self, rows: Sequence[str]) -> None:
        if self._fault:
            return
        try:
            self._stdout.write("".join(f"{row}\n" for row in rows).encode(errors="replace"))
            self._stdout.flush()
        except OSError as fault:
            self._fault = fault
            _drop(self._stdout)


def _drop(stream: BinaryIO) -> None:
    """Send what is left in the buffer nowhere, so that Python's own flush at the end does not fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
