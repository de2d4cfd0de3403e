from __future__ import annotations

import asyncio
import io
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.data_structures import Size
from prompt_toolkit.document import Document
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from bot.platforms.console.screen import Interrupted
from bot.platforms.console.terminal import Choices, Terminal
from bot.platforms.console.writing import Look

ENTER, CTRL_C, CTRL_D, UP, TAB, ALT_ENTER = "\r", "\x03", "\x04", "\x1b[A", "\t", "\x1b\r"


class Viewer:
    """A console with two buttons; ``begun`` counts the lines begun."""

    def __init__(self) -> None:
        self.begun = 0

    def prompt(self) -> str:
        return "desk> "

    def labels(self) -> Sequence[str]:
        return ["Sign for an organisation", "‹ Back"]

    def began(self) -> None:
        self.begun += 1


class Desktop:
    """A terminal with its keyboard and what is on it."""

    def __init__(self, keyboard: PipeInput) -> None:
        self.keyboard = keyboard
        self.glass = io.StringIO()
        self.view = Viewer()
        output = Vt100_Output(self.glass, lambda: Size(rows=24, columns=80), term="xterm", enable_cpr=False)
        self.terminal = Terminal(keyboard, output, ["start", "statements", "help"], colours=True)

    async def type(self, keys: str) -> str | None:
        self.keyboard.send_text(keys)
        return await self.terminal.read(self.view)

    async def appears(self, text: str) -> None:
        """Wait until this stands on the glass."""
        for _ in range(1000):
            if text in self.text:
                return
            await asyncio.sleep(0.01)
        raise AssertionError(self.text)

    @property
    def text(self) -> str:
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.glass.getvalue())


@pytest.fixture
async def desktop() -> AsyncIterator[Desktop]:
    with create_pipe_input() as keyboard:
        yield Desktop(keyboard)


async def test_a_line_is_what_was_typed_before_enter(desktop: Desktop) -> None:
    assert await desktop.type("/start" + ENTER) == "/start"
    assert "desk> " in desktop.text
    assert desktop.view.begun == 1


async def test_ctrl_d_ends(desktop: Desktop) -> None:
    assert await desktop.type(CTRL_D) is None


@pytest.mark.parametrize(("keys", "empty"), [(CTRL_C, True), ("half a line" + CTRL_C, False)])
async def test_ctrl_c_throws_the_line_away(desktop: Desktop, keys: str, *, empty: bool) -> None:
    with pytest.raises(Interrupted) as caught:
        await desktop.type(keys)
    assert caught.value.empty is empty
    assert await desktop.type("next" + ENTER) == "next"


async def test_several_pasted_lines_are_one_answer(desktop: Desktop) -> None:
    assert await desktop.type("\x1b[200~one\r\ntwo\x1b[201~" + ENTER) == "one\ntwo"


async def test_alt_enter_begins_a_line_in_the_same_answer(desktop: Desktop) -> None:
    assert await desktop.type("one" + ALT_ENTER + "two" + ENTER) == "one\ntwo"


async def test_the_line_before_comes_back(desktop: Desktop) -> None:
    await desktop.type("one" + ENTER)
    assert await desktop.type(UP + ENTER) == "one"
    assert desktop.view.begun == 2


async def test_a_button_is_completed(desktop: Desktop) -> None:
    reading = asyncio.ensure_future(desktop.type("sig" + TAB))
    await desktop.appears("Sign for an organisation")
    desktop.keyboard.send_text(ENTER)
    assert await reading == "Sign for an organisation"


async def test_news_stand_above_the_line_being_typed(desktop: Desktop) -> None:
    reading = asyncio.ensure_future(desktop.type("half a"))
    await desktop.appears("half a")
    await desktop.terminal.show(["A reminder."])
    assert desktop.text.rindex("half a") > desktop.text.index("A reminder.")
    desktop.keyboard.send_text(" line" + ENTER)
    assert await reading == "half a line"


async def test_rows_are_shown_as_they_are_between_lines(desktop: Desktop) -> None:
    await desktop.terminal.show(["one", "\x1b[1mtwo\x1b[0m"])
    assert desktop.glass.getvalue().endswith("one\n\x1b[1mtwo\x1b[0m\n\n")


def test_rows_are_as_wide_as_the_terminal(desktop: Desktop) -> None:
    assert desktop.terminal.look == Look(80, colours=True)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", ["Sign for an organisation", "Back", "/start", "/statements", "/help"]),
        ("ORGANI", ["Sign for an organisation"]),
        ("2", ["Back"]),
        ("/sta", ["/start", "/statements"]),
        ("hello", []),
    ],
)
def test_buttons_and_commands_are_offered(typed: str, offered: list[str]) -> None:
    choices = Choices(["start", "statements", "help"], Viewer().labels)
    found = choices.get_completions(Document(typed), CompleteEvent())
    assert [one.text for one in found] == offered


def test_a_path_is_completed(tmp_path: Path) -> None:
    (tmp_path / "my names.csv").touch()
    choices = Choices(["file"], Viewer().labels)
    document = Document(f"/file {tmp_path}/my")
    found = [each.text for each in choices.get_completions(document, CompleteEvent())]
    assert found == [" names.csv"]
