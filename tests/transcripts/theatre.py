"""Where a transcript can be played: on the stage, or on a platform's real parts with people before it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Protocol

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Outgoing
from bot.dialog.text import Block, Bullets, Heading, Inline, Line, Paragraph, Quote
from bot.ports import Store
from tests.stage import Seat, Shown

BREATH = timedelta(seconds=5)
"""Time that passes after every line of a transcript.

It is longer than the pace of any platform's rooms, so what was held back goes out before the next line.
"""


class Theatre(Protocol):
    """One bot on one platform, for one transcript.

    Everything that is done returns what the bot said because of it, once nothing is at work any more and
    ``Deliverer.tick`` was rung. Where the platform is real, people act and read in its peer: a button is
    pressed by what stands there, and the words of every ``Outgoing`` must have arrived (``missing``); else
    AssertionError. Where a platform shows a form, people fill it in with what the next lines say. Real
    seconds do not count: the bot's clock is turned by hand.
    """

    @property
    def store(self) -> Store:
        """The bot's store."""

    @property
    def language(self) -> str:
        """What everybody speaks, in place of what their devices tell; "" where they speak their own."""

    @property
    def languages(self) -> Mapping[str, str]:
        """What the device of a person of this name tells, BCP 47; "en" where they are not here."""

    def chat(self, seat: Seat) -> ChatRef:
        """Where somebody sits: a room, else their private chat."""

    def called(self, chat: ChatRef) -> str:
        """A chat as transcripts call it: a room's name, else "@" and the person's."""

    def names(self) -> Mapping[str, str]:
        """The ids of accounts and chats as they stand in records, with what they are called there.

        A person's account and private chat are both called by the person's name. An id is replaced wherever
        it stands, so let it be like nothing else (a long number).
        """

    def appoint(self, *names: str) -> None:
        """These people are the owners; before ``open``."""

    async def open(self) -> None:
        """The process starts, on an empty store."""

    async def close(self) -> None:
        """The process ends as it is stopped; its store stays open."""

    async def say(self, seat: Seat, text: str) -> list[Shown]:
        """Somebody types words, or a command where it begins with "/"."""

    async def send(self, seat: Seat, name: str, content: bytes, words: str = "") -> list[Shown]:
        """Somebody sends a file in private, with words or a command beside it."""

    async def press(self, seat: Seat, name: str, nth: int = 1, back: int = 0) -> list[Shown]:
        """Somebody presses the nth button of this name on the newest card in their chat that has one.

        ``name`` is a phrase key, a text in «…», or «» for any text; ``back`` takes an older card. One that
        opens the private chat is followed there. AssertionError where there is none.
        """

    async def happen(self, seat: Seat, kind: str, text: str = "") -> list[Shown]:
        """Something that is no words, by its kind.

        "photo"; "edited": their last words here become ``text``; "added" and "muted": they let the bot into
        this room, which is called ``text``; "hidden": the command ``text`` of somebody the platform hides;
        "forwarded": they hand on, in private, the words ``text`` of somebody else.
        """

    async def again(self) -> list[Shown]:
        """The last event is delivered a second time, under the same name."""

    async def turn_clock(self, by: timedelta) -> list[Shown]:
        """Time passes; everything the scheduler would ring is rung."""

    async def wait(self, by: timedelta) -> list[Shown]:
        """A moment passes: only ``Deliverer.tick`` is rung."""

    async def restart(self, *, crash: bool = False) -> list[Shown]:
        """The process ends and starts on the same store; in a crash it cannot note what it had answered."""


def missing(outgoing: Outgoing, arrived: str) -> str:
    """The first piece of a message's words that is not in what arrived, in this order; "" where all are."""
    there, at = bare(arrived), 0
    for piece in pieces(outgoing):
        found = there.find(bare(piece), at)
        if found < 0:
            return piece
        at = found + len(bare(piece))
    return ""


def bare(text: str) -> str:
    """The letters and signs of a text: no blank, no line break, nothing that nobody sees."""
    return "".join(sign for sign in text if unicodedata.category(sign)[0] not in "CZ" and sign != "│")


def pieces(outgoing: Outgoing) -> Iterator[str]:
    """The words of a message, piece by piece."""
    yield from (piece.text for piece in inlines(outgoing))


def inlines(outgoing: Outgoing) -> Iterator[Inline]:
    """The pieces of a message's text as they were meant."""
    for block in outgoing.text:
        for line in _lines(block):
            yield from line


def _lines(block: Block) -> Iterator[Line]:
    match block:
        case Paragraph(lines):
            yield from lines
        case Heading(line):
            yield line
        case Bullets(items):
            yield from items
        case Quote(blocks):
            for each in blocks:
                yield from _lines(each)
