"""A terminal with every comfort: history, completion, and news printed above the line being typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import ColorDepth, Output

from bot.platforms.console.reading import SEND, typed
from bot.platforms.console.screen import Interrupted, View
from bot.platforms.console.writing import NARROWEST, Look

_PATH = f"/{SEND} "


class Terminal:
    """Remembers what was typed while it is open, never on the disk: there are names in it."""

    comfortable = True

    def __init__(self, source: Input, output: Output, commands: Sequence[str], *, colours: bool) -> None:
        self._output = output
        self._colours = colours
        self._view: View | None = None
        self._blank = True
        self._session: PromptSession[str] = PromptSession(
            input=source,
            output=output,
            color_depth=None if colours else ColorDepth.DEPTH_1_BIT,
            history=InMemoryHistory(),
            completer=Choices(commands, self._labels),
            complete_while_typing=Condition(self._is_command),
            key_bindings=_key_bindings(),
            interrupt_exception=Interrupted,
        )
        self._session.default_buffer.on_text_changed += self._changed

    @property
    def look(self) -> Look:
        """As wide as the terminal is now."""
        return Look(max(self._output.get_size().columns, NARROWEST), self._colours)

    async def read(self, view: View) -> str | None:
        """What was typed or pasted, also several lines; None after Ctrl-D; Ctrl-C raises Interrupted."""
        self._view, self._blank = view, True
        try:
            return await self._session.prompt_async(view.prompt)
        except EOFError:
            return None
        except Interrupted:
            raise Interrupted(empty=not self._session.default_buffer.text) from None

    async def show(self, rows: Sequence[str]) -> None:
        """Print the rows and an empty one, above the line that is being typed."""
        await run_in_terminal(partial(self._print, rows))

    def _print(self, rows: Sequence[str]) -> None:
        self._output.write_raw("".join(f"{row}\n" for row in (*rows, "")))
        self._output.flush()

    def _labels(self) -> Sequence[str]:
        return self._view.labels() if self._view else ()

    def _is_command(self) -> bool:
        return self._session.default_buffer.text.startswith("/")

    def _changed(self, buffer: Buffer) -> None:
        if self._blank and buffer.text and self._view:
            self._view.began()
        self._blank = not buffer.text


class Choices(Completer):
    """Completes a button of the newest card, by a part of its label or by its number, a command, a path."""

    def __init__(self, commands: Sequence[str], labels: Callable[[], Sequence[str]]) -> None:
        self._commands = commands
        self._labels = labels
        self._paths = PathCompleter(expanduser=True)

    def get_completions(self, document: Document, event: CompleteEvent) -> Iterator[Completion]:
        """What the text before the cursor may become."""
        text = document.text_before_cursor
        if text.startswith(_PATH):
            yield from self._paths.get_completions(Document(text.removeprefix(_PATH)), event)
            return
        for number, label in enumerate(map(typed, self._labels()), 1):
            if text.casefold() in label.casefold() or text == str(number):
                yield Completion(label, -len(text), display_meta=f"[{number}]")
        for command in self._commands:
            if f"/{command}".startswith(text):
                yield Completion(f"/{command}", -len(text))


def _key_bindings() -> KeyBindings:
    """Alt-Enter begins a new line in the same answer."""
    bindings = KeyBindings()

    @bindings.add("escape", "enter")
    def _begin_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return bindings
