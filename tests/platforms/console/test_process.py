"""The real process on a real terminal: what somebody sees who types ``bot console``."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[3]
STYLE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
ASKED_WHERE = "\x1b[6n"
PROMPT = ">\x08"
PATIENCE = 60.0
"""Seconds until a terminal that says nothing is given up: no bound that a test asserts."""


class Typist:
    """Somebody at a terminal of 80 columns."""

    def __init__(self, state: Path, *options: str, **environ: str) -> None:
        self.screen, tty = pty.openpty()
        fcntl.ioctl(tty, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "console", *options],
            stdin=tty,
            stdout=tty,
            stderr=tty,
            cwd=CHECKOUT,
            env={**os.environ, "BOT_STATE": str(state), "TERM": "xterm-256color", **environ},
            start_new_session=True,
        )
        os.close(tty)
        self.raw = ""

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.screen, keys.encode())

    def say(self, words: str) -> None:
        """Type at the prompt and press Enter."""
        self.see(PROMPT)
        self.type(f"{words}\r")

    def see(self, words: str) -> str:
        """Wait until these words are on the screen; returns all since the last look, without style.

        What came behind them, the prompt perhaps, is still to be seen.
        """
        while words not in (seen := STYLE.sub("", self.raw)):
            self.look(words)
        self.raw = seen[seen.index(words) + len(words) :]
        return seen

    def look(self, words: str) -> None:
        """Read what comes next, and say where the cursor is when the program asks, as a terminal does."""
        ready, _, _ = select.select([self.screen], [], [], PATIENCE)
        assert ready, f"{words!r} never came after {self.raw[-2000:]!r}"
        came = os.read(self.screen, 65536).decode(errors="replace")
        if ASKED_WHERE in came:
            os.write(self.screen, b"\x1b[1;1R")
        self.raw += came

    def leave(self) -> int:
        """Press Ctrl-D at the prompt; returns the exit code."""
        self.see(PROMPT)
        self.type("\x04")
        with suppress(OSError):  # a terminal that nobody holds any more reads as an error
            while select.select([self.screen], [], [], PATIENCE)[0] and os.read(self.screen, 65536):
                pass
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        """End whatever is left."""
        self.process.kill()
        self.process.wait()
        os.close(self.screen)


SitDown = Callable[..., Typist]


@pytest.fixture
def sit_down(tmp_path: Path) -> Iterator[SitDown]:
    """Somebody sits down at a terminal; all on the same state folder."""
    typists: list[Typist] = []

    def sit(*options: str, **environ: str) -> Typist:
        typists.append(Typist(tmp_path, *options, **environ))
        return typists[-1]

    yield sit
    for typist in typists:
        typist.close()


def test_a_talk_on_a_terminal(sit_down: SitDown) -> None:
    typist = sit_down()
    typist.see("Ctrl-D leaves")
    typist.say("/start palestine")
    typist.see("[5] Home")
    typist.say("1")
    typist.see("Cancel")
    typist.say("dindaeng")
    shown = typist.see("Back")
    assert "DinDeng" in shown
    assert all(len(line.rstrip("\r")) <= 80 for line in shown.splitlines())
    assert typist.leave() == 0


def test_tab_completes_a_button_and_a_command(sit_down: SitDown) -> None:
    typist = sit_down()
    typist.see("Ctrl-D leaves")
    typist.see(PROMPT)
    typist.type("/priva\t")
    typist.see("cy")
    typist.type("\r")
    typist.see("My sign-ons")
    typist.say("/start palestine")
    typist.see("[5] Home")
    typist.see(PROMPT)
    typist.type("Sign as a p\t")
    typist.see("erson")
    typist.type("\r")
    typist.see("Count me without my name")
    assert typist.leave() == 0


def test_another_terminal_goes_on_with_the_talk(sit_down: SitDown) -> None:
    first = sit_down()
    first.see("Ctrl-D leaves")
    first.say("/start palestine")
    first.see("[5] Home")
    first.say("2")
    first.see("Count me without my name")
    assert first.leave() == 0
    second = sit_down()
    second.see("Count me without my name")
    second.say("1")
    second.see("country")
    assert second.leave() == 0


def test_without_colours_there_is_no_style_in_the_cards(sit_down: SitDown) -> None:
    typist = sit_down(NO_COLOR="1")
    typist.see("Ctrl-D leaves")
    typist.say("/start palestine")
    while "[5] Home" not in typist.raw:
        typist.look("[5] Home")
    card = typist.raw[typist.raw.index("End the genocide") :]
    assert not re.search(r"\x1b\[[0-9;]*[134]m", card[: card.index("[5] Home")])
    assert typist.leave() == 0


def test_a_second_bot_on_the_same_folder_is_refused_in_words(sit_down: SitDown, tmp_path: Path) -> None:
    typist = sit_down()
    typist.see("Ctrl-D leaves")
    second = subprocess.run(
        [sys.executable, "-m", "bot", "console"],
        input="",
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env={**os.environ, "BOT_STATE": str(tmp_path)},
        check=False,
        timeout=PATIENCE,
    )
    assert second.returncode == 1
    assert "Another bot already works in" in second.stderr
    assert typist.leave() == 0


def test_short_commands_work_beside_a_running_bot(sit_down: SitDown, tmp_path: Path) -> None:
    typist = sit_down()
    typist.see("Ctrl-D leaves")
    names = tmp_path / "more.csv"
    names.write_text('line\n"Riverbank Tenants Union (RTU), Germany"\n', encoding="utf-8")
    environ = {**os.environ, "BOT_STATE": str(tmp_path)}

    def command(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            capture_output=True,
            text=True,
            cwd=CHECKOUT,
            env=environ,
            check=True,
            timeout=PATIENCE,
        )
        return done.stdout

    arguments = ("import", "signatories", str(names), "--campaign", "palestine")
    assert command(*arguments) == "1 new, 0 there already\n"
    assert command(*arguments) == "0 new, 1 there already\n"
    assert "  21. Riverbank Tenants Union (RTU), Germany\n" in command(
        "export", "signatories", "--campaign", "palestine"
    )
    typist.say("/list palestine")
    typist.see("21 organisations")
    assert typist.leave() == 0
