"""The real process, ``python -m bot console``, on a pipe."""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.kills.cards import Card, cards

CHECKOUT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds after which a process that says nothing has failed."""
QUIET = 0.03
"""Seconds without a word after which somebody begins to answer."""


@dataclass
class Console:
    """A running console: ``printed`` is everything it wrote so far. Leaving the context kills it."""

    process: subprocess.Popen[bytes]
    faults: Path
    printed: str = ""
    _rest: bytes = field(default=b"", init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(BrokenPipeError):
                if pipe:
                    pipe.close()

    @property
    def cards(self) -> list[Card]:
        """The whole cards so far."""
        return cards(self.printed)

    @property
    def ended(self) -> str:
        """What there is to read about a process that ended by itself."""
        return f"the process ended: {self.printed}\n{self.faults.read_text()}"

    def say(self, line: str) -> None:
        """Type a line."""
        assert self.process.stdin
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()

    def wait_for(self, more: int) -> bool:
        """Read until there are more cards than so many and it is quiet; False where the process ended."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            enough = len(self.cards) > more
            if not self._read(QUIET if enough else 1.0):
                return enough
            if enough and not self._ready(QUIET):
                return True
        raise AssertionError(f"nothing was said for {PATIENCE} seconds after:\n{self.printed}")

    def kill(self) -> None:
        """Send SIGKILL, and read what was printed before."""
        self.process.kill()
        self.finish()

    def ask_to_stop(self) -> int:
        """Send SIGTERM; its exit code."""
        self.process.terminate()
        return self.finish()

    def leave(self) -> int:
        """End the input; its exit code."""
        assert self.process.stdin
        self.process.stdin.close()
        return self.finish()

    def finish(self) -> int:
        """Read to the end; its exit code."""
        while self._read(PATIENCE):
            pass
        return self.process.wait(PATIENCE)

    def _read(self, seconds: float) -> bool:
        """Read what is there, or comes in time; False at the end of output."""
        assert self.process.stdout
        if not self._ready(seconds):
            return True
        piece = os.read(self.process.stdout.fileno(), 1 << 16)
        self._rest += piece
        whole, found, _ = self._rest.rpartition(b"\n")
        self.printed = (whole + found).decode()
        return bool(piece)

    def _ready(self, seconds: float) -> bool:
        assert self.process.stdout
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            return bool(selector.select(seconds))


def open_console(state: Path, user: str) -> Console:
    """Start a console for a user on a state folder, with the shipped data."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    environ |= {"BOT_STATE": str(state), "BOT_DATA": str(CHECKOUT / "data"), "PYTHONPATH": str(CHECKOUT)}
    faults = state.with_name("faults")
    with faults.open("ab") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "console", "--user", user],
            cwd=state.parent,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
        )
    return Console(process, faults)
