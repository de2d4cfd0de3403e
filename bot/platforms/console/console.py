"""The talk at the keyboard: reads lines, hands what they mean to the bot, waits for the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.campaign.refusal import Refusal
from bot.dialog.messages import Came, Incoming, Key, Phrase
from bot.platforms.console.client import ConsoleMessenger
from bot.platforms.console.files import attach
from bot.platforms.console.reading import Card, Local, Picked, goes_on, is_room, join_lines, read
from bot.platforms.console.screen import Interrupted
from bot.platforms.console.window import Window
from bot.ports import Ids


@dataclass(slots=True)
class Console:
    """``turn`` answers an event through the messenger; ``settle`` sends what else is due now."""

    window: Window
    messenger: ConsoleMessenger
    ids: Ids
    turn: Callable[[Incoming], Awaitable[None]]
    settle: Callable[[], Awaitable[None]]
    _aimed: Card | None = field(default=None, init=False)
    """The newest card when the person began to type: what comes then does not change what a number means."""

    async def run(self) -> None:
        """Show what was missed, talk until the end of input or /quit, and send what is due before leaving.

        Raises the OSError with which writing to a pipe failed, unless its reader simply left.
        """
        if self.window.screen.comfortable:
            await self.window.remark("hint")
        self.messenger.watcher = self.window
        try:
            await self.window.catch_up()
            while (line := await self._line()) is not None and await self._hear(line):
                pass
            await self.settle()
        finally:
            self.messenger.watcher = None

    def prompt(self) -> str:
        """The room's name, and whether words go to the bot alone."""
        here = self.window.seat.here
        room = here.id if is_room(here) else ""
        alone = " " + self.window.say(Phrase("console.only-you")) if self.window.alone else ""
        return f"{room}{alone}> "

    def labels(self) -> Sequence[str]:
        """The buttons that can be chosen."""
        return [key.label for key in self._target().keys]

    def began(self) -> None:
        """Keep the meaning of numbers for the line that is being typed."""
        self._aimed = self.window.card

    def _target(self) -> Card:
        return self._aimed or self.window.card

    async def _line(self) -> str | None:
        """The next line with those it goes on in; None at the end."""
        lines: list[str] = []
        while not lines or goes_on(lines[-1]):
            self._aimed = None
            try:
                line = await self.window.screen.read(self)
            except Interrupted as interrupted:
                if interrupted.empty and not lines:
                    await self.window.remark("leave")
                lines.clear()
                continue
            if line is None:
                break
            lines.append(line)
        return join_lines(lines) if lines else None

    async def _hear(self, line: str) -> bool:
        """Answer the line; whether the talk goes on."""
        meaning = read(line, self.window.seat, self._target(), self.window.words_to, self.ids.new())
        match attach(meaning) if isinstance(meaning, Picked) else meaning:
            case Incoming() as incoming:
                await self._answer(incoming)
            case Key(url=url):
                await self.window.show_address(url)
            case Refusal(phrase):
                await self.window.remark(phrase.removeprefix("console."))
        return meaning is not Local.LEAVE

    async def _answer(self, incoming: Incoming) -> None:
        self.window.words_to = incoming.chat
        self.window.answering = True
        try:
            await self.turn(incoming)
        finally:
            self.window.answering = False
        await self.settle()
        if incoming.came is Came.COMMAND and incoming.name == "help":
            await self.window.remark("files")
