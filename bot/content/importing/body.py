"""The body of a text: its lines without page furniture, its calls, and where its words go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.content.importing.account import MARK, Ledger
from bot.content.importing.furniture import furniture
from bot.content.importing.notation import is_bullet, is_numbered
from bot.content.importing.page import Block

BODY = "body"


def cleaned(blocks: Iterable[Block], ledger: Ledger) -> tuple[Block, ...]:
    """The blocks without lines that are page furniture, which are set aside."""
    kept: list[Block] = []
    for block in blocks:
        lines = []
        for line in block:
            if kind := furniture(line):
                ledger.set_aside(line, kind)
            else:
                lines.append(line)
        if lines:
            kept.append(tuple(lines))
    return tuple(kept)


def calls(blocks: Sequence[Block]) -> int:
    """How many items the first list of a text has."""
    count = 0
    for block in blocks:
        if is_bullet(block[0]) or is_numbered(block[0]):
            count += sum(is_bullet(line) or is_numbered(line) for line in block)
        elif count:
            return count
    return count


def put_body(blocks: Iterable[Block], file: str, ledger: Ledger) -> None:
    """Account for the words of a body; the bullet of an item is written as Markdown's own."""
    for line in (line for block in blocks for line in block):
        marked = is_bullet(line)
        if marked:
            ledger.put_words(line.start, line.start + 1, file, MARK)
        ledger.put_words(line.start + marked, line.end, file, BODY)
