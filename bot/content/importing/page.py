"""A page as it was read: lines in blocks, and its words in order, whatever the format was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.dialog.messages import Phrase


@dataclass(frozen=True, slots=True)
class Fragment:
    """One line as a reader found it, before its words are counted; empty text parts blocks.

    ``heading`` is 1–6 for a heading, 7 for a line that is bold as a whole, 0 for text; ``aside`` says what
    the line is where the format itself says that it is no part of the text ("image caption", "navigation").
    """

    number: int
    text: str
    heading: int = 0
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number in the file (1-based), its words apart by one space, the index of the first.

    ``printed`` is the line as it stands on the page, with all its blanks.
    """

    number: int
    text: str
    start: int
    heading: int = 0
    aside: str = ""
    printed: str = field(default="", compare=False)

    @property
    def words(self) -> tuple[str, ...]:
        """Its words in order."""
        return tuple(self.text.split())

    @property
    def end(self) -> int:
        """One behind its last word."""
        return self.start + len(self.words)


Block = tuple[Line, ...]
"""Lines with no empty line between them."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something an editor should look at: a line of the page (0 for none) and a sentence that says why.

    ``phrase`` says the same to people in chat, None where the report alone says it.
    """

    line: int
    sentence: str
    phrase: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    ``doubts`` come from reading it; ``unread`` are parts that hold no words of the text (scripts, link
    addresses).
    """

    name: str
    format: str
    blocks: tuple[Block, ...]
    doubts: tuple[Doubt, ...] = ()
    unread: tuple[str, ...] = ()
    readable: bool = True

    @property
    def lines(self) -> Iterator[Line]:
        """All lines in order."""
        return (line for block in self.blocks for line in block)

    @property
    def words(self) -> tuple[str, ...]:
        """All words in order."""
        return tuple(word for line in self.lines for word in line.words)


def assemble(fragments: Iterable[Fragment]) -> tuple[Block, ...]:
    """Blocks from fragments; where no empty line stands in a longer page, each line is a block of its own."""
    blocks: list[list[Line]] = [[]]
    start = 0
    for fragment in fragments:
        words = fragment.text.split()
        if words:
            line = Line(
                fragment.number, " ".join(words), start, fragment.heading, fragment.aside, fragment.text
            )
            blocks[-1].append(line)
            start = line.end
        elif blocks[-1]:
            blocks.append([])
    return tuple(map(tuple, _parted([block for block in blocks if block])))


SHORT_PAGE = 8
"""Up to so many lines a page without any empty line may really be one paragraph."""


def _parted(blocks: list[list[Line]]) -> list[list[Line]]:
    if len(blocks) == 1 and len(blocks[0]) > SHORT_PAGE:
        return [[line] for line in blocks[0]]
    return blocks
