from __future__ import annotations

import asyncio
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from bot.dialog.messages import Came, Incoming
from bot.platforms.console.pipe import Pipe
from tests.platforms.console.cards import HOME, card
from tests.platforms.console.rig import Rig


@pytest.fixture
def typed() -> Iterator[tuple[int, BinaryIO]]:
    """A pipe: its reading end, and the end to type into."""
    reader, writer = os.pipe()
    with os.fdopen(writer, "wb", buffering=0) as stream:
        yield reader, stream
    os.close(reader)


@contextmanager
def reading(path: Path) -> Iterator[int]:
    stdin = os.open(path, os.O_RDONLY)
    yield stdin
    os.close(stdin)


async def echo(rig: Rig, incoming: Incoming) -> None:
    await rig.messenger.answer(incoming, card("Yes", text=f"You said {incoming.text or incoming.data}."))


async def play(rig: Rig, stdin: int) -> str:
    rig.bot = lambda incoming: echo(rig, incoming)
    shown = io.BytesIO()
    await rig.sit(Pipe(stdin, shown))
    return shown.getvalue().decode()


async def test_a_talk_on_a_pipe_reads_like_a_play(rig: Rig, typed: tuple[int, BinaryIO]) -> None:
    stdin, keyboard = typed
    keyboard.write(b"hello\n1\n")
    keyboard.close()
    assert await play(rig, stdin) == (
        "> hello\n< You said hello.\n<\n< [1] Yes\n\n> 1\n< You said to Yes.\n<\n< [1] Yes\n\n"
    )


async def test_the_last_line_needs_no_end_and_lines_may_end_as_on_windows(
    rig: Rig, typed: tuple[int, BinaryIO]
) -> None:
    stdin, keyboard = typed
    keyboard.write(b"\xef\xbb\xbfone\r\n\r\ntwo")
    keyboard.close()
    await play(rig, stdin)
    assert [one.text for one in rig.heard] == ["one", "two"]


async def test_what_is_no_utf_8_is_replaced(rig: Rig, typed: tuple[int, BinaryIO]) -> None:
    stdin, keyboard = typed
    keyboard.write("caf\xe9\n".encode("latin-1") + "ก".encode()[:2] + b"\n\x00\x1b[2J\n")
    keyboard.close()
    shown = await play(rig, stdin)
    assert [one.text for one in rig.heard] == ["caf\ufffd", "\ufffd"]
    assert "\x1b" not in shown
    assert "\x00" not in shown


async def test_a_file_is_read_as_well(rig: Rig, tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_text("one\ntwo\n")
    with reading(tmp_path / "lines.txt") as stdin:
        await play(rig, stdin)
    assert [one.text for one in rig.heard] == ["one", "two"]


async def test_an_empty_input_ends_at_once(rig: Rig) -> None:
    with reading(Path(os.devnull)) as stdin:
        assert await play(rig, stdin) == ""
    assert rig.settled == 1


async def test_a_line_of_a_million_characters_is_one_answer(rig: Rig, tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_text("x" * 1_000_000 + "\n")
    with reading(tmp_path / "lines.txt") as stdin:
        await rig.sit(Pipe(stdin, io.BytesIO()))
    assert [(one.came, len(one.text)) for one in rig.heard] == [(Came.WORDS, 1_000_000)]


async def test_waiting_for_a_line_stops_nothing_else(rig: Rig, typed: tuple[int, BinaryIO]) -> None:
    stdin, keyboard = typed
    shown = io.BytesIO()
    talking = asyncio.ensure_future(rig.sit(Pipe(stdin, shown)))
    await asyncio.sleep(0.01)
    await rig.messenger.send(HOME, card(text="A reminder."))
    assert shown.getvalue() == b"< A reminder.\n\n"
    keyboard.close()
    await talking


async def test_each_line_is_answered_before_the_next_is_read(rig: Rig, typed: tuple[int, BinaryIO]) -> None:
    stdin, keyboard = typed

    async def slow(incoming: Incoming) -> None:
        await asyncio.sleep(0.01)
        await echo(rig, incoming)

    keyboard.write(b"one\ntwo\n")
    keyboard.close()
    rig.bot = slow
    shown = io.BytesIO()
    await rig.sit(Pipe(stdin, shown))
    heads = [row for row in shown.getvalue().decode().split("\n") if "one" in row or "two" in row]
    assert heads == ["> one", "< You said one.", "> two", "< You said two."]


async def test_it_ends_quietly_when_the_reader_leaves(rig: Rig, typed: tuple[int, BinaryIO]) -> None:
    stdin, keyboard = typed
    keyboard.write(b"one\ntwo\nthree\n")
    reader, writer = os.pipe()
    os.close(reader)
    rig.bot = lambda incoming: echo(rig, incoming)
    with os.fdopen(writer, "wb") as stdout:
        await rig.sit(Pipe(stdin, stdout))
    assert len(rig.heard) <= 1


async def test_output_that_cannot_be_written_is_an_error(rig: Rig, typed: tuple[int, BinaryIO]) -> None:
    stdin, keyboard = typed
    keyboard.write(b"one\ntwo\n")
    disk = io.FileIO("/dev/full", "w")
    with io.BufferedWriter(disk) as stdout, pytest.raises(OSError, match="No space"):
        await rig.sit(Pipe(stdin, stdout))
