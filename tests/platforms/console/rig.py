"""A console on a real store, with a script for a bot."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bot.dialog.messages import Incoming, Phrase
from bot.platforms.console.client import ConsoleMessenger
from bot.platforms.console.console import Console
from bot.platforms.console.reading import Seat
from bot.platforms.console.screen import Interrupted, Screen, View
from bot.platforms.console.window import Window
from bot.platforms.console.writing import Look
from bot.ports import Store
from bot.storage.direct import open_direct

MIRA = Seat("mira")


class StoppedClock:
    def now(self) -> datetime:
        return datetime(2026, 12, 1, 9, tzinfo=UTC)


@dataclass
class CountedIds:
    numbers: count[int] = field(default_factory=count)

    def new(self) -> str:
        return f"id{next(self.numbers)}"


@dataclass
class Script:
    """A screen that types given lines (an ``Interrupted`` is raised) and remembers what it was shown."""

    lines: list[str | Interrupted | Callable[[View], Awaitable[str]]] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)
    look: Look = field(default_factory=Look)
    comfortable: bool = False

    async def read(self, view: View) -> str | None:
        self.prompts.append(view.prompt())
        if not self.lines:
            return None
        line = self.lines.pop(0)
        if isinstance(line, Interrupted):
            raise line
        return line if isinstance(line, str) else await line(view)

    async def show(self, rows: Sequence[str]) -> None:
        self.rows += rows


@dataclass
class Rig:
    """The parts of a console; ``heard`` are the events the bot got, ``bot`` is what it does with them."""

    raw: sqlite3.Connection
    store: Store
    messenger: ConsoleMessenger
    ids: CountedIds
    files: Path
    heard: list[Incoming] = field(default_factory=list)
    bot: Callable[[Incoming], Awaitable[None]] | None = None
    settled: int = 0

    async def turn(self, incoming: Incoming) -> None:
        self.heard.append(incoming)
        if self.bot:
            await self.bot(incoming)

    async def settle(self) -> None:
        self.settled += 1

    async def sit(self, screen: Screen, seat: Seat = MIRA) -> None:
        """Talk until the screen has no more lines."""
        window = Window(seat, screen, self.store, say, self.files)
        await Console(window, self.messenger, self.ids, self.turn, self.settle).run()

    async def play(self, *lines: str, seat: Seat = MIRA) -> list[str]:
        """Type these lines; returns the rows shown."""
        script = Script(list(lines))
        await self.sit(script, seat)
        return script.rows


def say(phrase: Phrase) -> str:
    return f"({phrase.key})"


def make_rig(folder: Path) -> Rig:
    raw, ids = sqlite3.connect(":memory:", isolation_level=None), CountedIds()
    store = open_direct(raw, bytes(32), chance=os.urandom)
    return Rig(raw, store, ConsoleMessenger(store, StoppedClock(), ids), ids, folder / "console" / "files")
