"""Rich text as a tree of our own: what a platform's writing turns into its own kind of message.

Text from people is always ``Plain`` inside the tree, so it can never become markup, a link or a mention.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Plain:
    """Inert characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Bold:
    """Strong text."""

    text: str


@dataclass(frozen=True, slots=True)
class Italic:
    """Emphasised text."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link of ours or of a text we publish; never made from what people type."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment (aware). ``text`` says it by a clock of ours, with its zone.

    A platform that knows its reader's clock shows the moment by that one instead.
    """

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Code:
    """Characters to be copied as they are: a way into our chat, a word to be written down."""

    text: str


Inline = Plain | Bold | Italic | Link | Instant | Code
Line = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or several lines that belong together."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a text."""

    line: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``first`` numbers it from there, None gives bullets."""

    items: tuple[Line, ...]
    first: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted text: the words of a statement, a greeting or a sample post.

    Not counted by the rules for cards.
    """

    blocks: tuple[Paragraph | Heading | Bullets, ...]
    folds: bool = True
    """Whether a platform may fold it where it is long: never what somebody is asked to agree to."""


Block = Paragraph | Heading | Bullets | Quote
Text = tuple[Block, ...]


def paragraph(*lines: str | Line) -> Paragraph:
    """A paragraph of lines; a plain string becomes a line of ``Plain``."""
    return Paragraph(tuple((Plain(line),) if isinstance(line, str) else line for line in lines))


def plain_line(line: Line) -> str:
    """The characters of a line without its markup."""
    return "".join(piece.text for piece in line)


def plain(text: Text) -> str:
    """The characters of a text: blocks apart by an empty line, bullets as "- ", numbers as "1. "."""
    return "\n\n".join(_plain_block(block) for block in text)


def _plain_block(block: Block) -> str:
    match block:
        case Paragraph(lines):
            return "\n".join(map(plain_line, lines))
        case Heading(line):
            return plain_line(line)
        case Bullets(items, first):
            marks = ["- "] * len(items) if first is None else [f"{first + i}. " for i in range(len(items))]
            return "\n".join(mark + plain_line(item) for mark, item in zip(marks, items, strict=True))
        case Quote(blocks):
            return plain(blocks)
