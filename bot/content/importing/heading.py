"""The parts of a page that every kind of page has: its title, its text, its tail."""

from __future__ import annotations

from dataclasses import dataclass

from bot.content.importing.account import Ledger
from bot.content.importing.furniture import tail_start
from bot.content.importing.page import Block, Line, Page

LARGEST = 900_000
"""Bytes; what is larger can be no text that people sign or send."""
LONGEST_TITLE = 30
LONGEST_CHARACTERS = 250
FAR_DOWN = 100
"""Words: a heading with more words before it is not the page's title."""


@dataclass(frozen=True, slots=True)
class Outline:
    """``title`` is the page's title where it has one, ``blocks`` what stands below it."""

    title: Line | None
    blocks: tuple[Block, ...]


def outline(page: Page, ledger: Ledger) -> Outline:
    """Find the title; set aside what stands before it, the reply form, what the format says is no text."""
    if reason := _unfit(page, ledger):
        for line in page.lines:
            ledger.set_aside(line, reason)
        return Outline(None, ())
    blocks = _without_asides(page, ledger)
    end = tail_start(blocks)
    for line in (line for block in blocks[end:] for line in block):
        ledger.set_aside(line, "reply form")
    return _titled(blocks[:end], ledger)


def _unfit(page: Page, ledger: Ledger) -> str:
    if page.readable and sum(len(line.text.encode()) for line in page.lines) > LARGEST:
        ledger.doubt(0, f"The page is larger than {LARGEST:,} bytes: cut it into smaller ones.")
        return "too large for a text"
    return "" if page.readable else "no readable text"


def _without_asides(page: Page, ledger: Ledger) -> list[Block]:
    for line in page.lines:
        if line.aside:
            ledger.set_aside(line, line.aside)
    kept = (tuple(line for line in block if not line.aside) for block in page.blocks)
    return [block for block in kept if block]


def _titled(blocks: list[Block], ledger: Ledger) -> Outline:
    lines = [line for block in blocks for line in block]
    top = (line for line in lines if line.heading == 1 and line.start < FAR_DOWN)
    title = next((line for line in (*top, *lines[:1]) if is_title(line)), None)
    if title is None:
        if lines:
            ledger.doubt(lines[0].number, "The page has no title; one was made from its first words.")
        return Outline(None, tuple(blocks))
    for line in lines:
        if line.start < title.start:
            ledger.set_aside(line, "before the title")
    below = (tuple(line for line in block if line.start > title.start) for block in blocks)
    return Outline(title, tuple(block for block in below if block))


def is_title(line: Line) -> bool:
    """Whether a line may be a title by its shape: not long, not a sentence."""
    short = len(line.words) <= LONGEST_TITLE and len(line.text) <= LONGEST_CHARACTERS
    return short and line.text[-1] not in ".;,"


def made_title(outline: Outline) -> str:
    """The title, or one made from the first words of a page without one."""
    if outline.title:
        return outline.title.text
    first = next((line.words for block in outline.blocks for line in block), ("Untitled",))
    return " ".join(first[:8])[:120]
