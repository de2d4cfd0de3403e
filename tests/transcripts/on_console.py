"""A transcript at the console: what is typed goes through its reading, what is said through its writing.

A photo, an edited message and being let into a room do not exist there: those come by the stage's own door.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Incoming, Outgoing
from bot.platforms.console import reading
from bot.platforms.console.client import ConsoleMessenger
from bot.platforms.console.codec import from_json, to_json
from bot.platforms.console.files import attach
from bot.platforms.console.reading import Card, Picked
from bot.platforms.console.writing import Look, write
from bot.ports import Store
from tests.stage import Seat, Shown, Stage
from tests.transcripts.theatre import bare, missing


class Window:
    """Somebody looks at every chat and misses no word; ``lost`` is what was not printed."""

    def __init__(self) -> None:
        self.lost: list[str] = []

    def looks_at(self, chat: ChatRef) -> bool:
        return bool(chat.id)

    async def see(self, chat: ChatRef, outgoing: Outgoing, *, kept: bool, changed: bool) -> None:
        del chat, kept, changed
        printed = "".join(write(from_json(to_json(outgoing)), Look()))
        labels = [key.label for row in outgoing.keys for key in row]
        self.lost += [label for label in labels if bare(label) not in bare(printed)]
        self.lost += filter(None, [missing(outgoing, printed)])


@contextmanager
def on_disk(name: str, content: bytes) -> Iterator[Path]:
    """A file of this name for a while."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        yield path


@dataclass
class ConsoleTheatre:
    """The console's own reading, keeping and writing before the stage's bot."""

    stage: Stage
    language: str = ""

    def __post_init__(self) -> None:
        assert isinstance(self.stage.messenger.real, ConsoleMessenger)
        self.window = self.stage.messenger.real.watcher = Window()
        self.languages = self.stage.languages
        self.chat, self.called, self.names = self.stage.chat, self.stage.called, self.stage.names
        self.open, self.again, self.appoint = self.stage.open, self.stage.again, self.stage.appoint

    @property
    def store(self) -> Store:
        return self.stage.store

    async def close(self) -> None:
        await self.stage.close()

    async def turn_clock(self, by: timedelta) -> list[Shown]:
        return await self.stage.turn_clock(by)

    async def wait(self, by: timedelta) -> list[Shown]:
        assert not self.window.lost, self.window.lost
        return await self.stage.wait(by)

    async def restart(self, *, crash: bool = False) -> list[Shown]:
        return await self.stage.restart(crash=crash)

    async def say(self, seat: Seat, text: str) -> list[Shown]:
        here = self.chat(seat)
        cards = [shown for shown in self.stage.messenger.shown if shown.chat == here]
        return await self._type(seat, text, cards[-1] if cards else None)

    async def send(self, seat: Seat, name: str, content: bytes, words: str = "") -> list[Shown]:
        """The path of a file on this machine is typed."""
        with on_disk(name, content) as path:
            return await self._type(seat, f'/file "{path}" {words}', None)

    async def happen(self, seat: Seat, kind: str, text: str = "") -> list[Shown]:
        if kind == "forwarded":
            return await self._type(seat, f"/forward {text}", None)
        return await self.stage.happen(seat, kind, text)

    async def press(self, seat: Seat, name: str, nth: int = 1, back: int = 0) -> list[Shown]:
        """The number of the button is typed, as it was printed."""
        card = self.stage.card(seat, name, back)
        keys = [key for row in card.outgoing.keys for key in row]
        return await self._type(seat, f"[{keys.index(card.key(name, nth)) + 1}]", card)

    async def _type(self, seat: Seat, line: str, card: Shown | None) -> list[Shown]:
        here = self.chat(seat)
        keys = tuple(key for row in card.outgoing.keys for key in row) if card else ()
        self.stage.events += 1
        event = f"typed{self.stage.events}"
        at = reading.Seat(
            seat.user, here if seat.room else None, seat.administrator, seat.user.capitalize(), seat.locale
        )
        meant = reading.read(line, at, Card(here, keys), here, event)
        meant = attach(meant) if isinstance(meant, Picked) else meant
        assert isinstance(meant, Incoming), (line, meant)
        return await self.stage.take(meant)
