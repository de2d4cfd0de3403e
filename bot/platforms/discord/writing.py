"""A message as Discord wants it: Markdown in which only marks of ours are live, and components (pure).

Classic content and components, never Components V2: that flag can not be taken off a message again, and
notifications show the content.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from bot.dialog.messages import Outgoing
from bot.dialog.pages import SMALLEST, paginate, size
from bot.dialog.text import (
    Block,
    Bold,
    Bullets,
    Code,
    Heading,
    Inline,
    Instant,
    Italic,
    Line,
    Link,
    Paragraph,
    Plain,
    Quote,
    Text,
    plain,
)
from bot.platforms.discord.components import write_rows
from bot.platforms.discord.inert import JOINER, clean, inert

Payload = dict[str, Any]

LONGEST = 2000
"""UTF-16 units of a message, never fewer than the characters Discord counts."""
NO_PREVIEWS = 1 << 2
"""The flag that keeps Discord from showing what links lead to."""

_LONGEST_LINK = 512
_LINK = re.compile(r"https://[^\s<>()\\\[\]\"`|*]+", re.ASCII)
"""What can stand in a masked link without ending it."""


def write(outgoing: Outgoing) -> tuple[Payload, ...]:
    """The message in as many payloads as it needs, none where it has no text; pings are impossible.

    Components stand on the last one only. An edit needs ``components`` too, so all have them.
    """
    pages = _pages(outgoing.text, LONGEST)
    rows = write_rows(outgoing)
    return tuple(
        {
            "content": page,
            "components": rows if number == len(pages) else [],
            "flags": NO_PREVIEWS,
            "allowed_mentions": {"parse": []},
        }
        for number, page in enumerate(pages, 1)
    )


def write_text(text: Text) -> str:
    """The text in Discord's Markdown, however long."""
    return "\n\n".join(map(_block, text))


def _pages(text: Text, limit: int) -> list[str]:
    """The pages of a text; one that grew too long by its marks is cut again, smaller."""
    pages: list[str] = []
    for page in paginate(text, limit):
        written, smaller = write_text(page), limit // 2
        if size(written) <= LONGEST:
            pages += [written]
        else:
            pages += _pages(page, smaller) if smaller >= SMALLEST else [inert(plain(page))]
    return [page for page in pages if page.replace(JOINER, "").strip("> \n")]


def _block(block: Block) -> str:
    match block:
        case Paragraph(lines):
            return "\n".join(map(_line, lines))
        case Heading(line):
            return f"### {_line(tuple(Plain(piece.text) for piece in line))}"
        case Bullets(items, first):
            marks = ["- " if first is None else f"{first + place}. " for place in range(len(items))]
            return "\n".join(mark + _line(item) for mark, item in zip(marks, items, strict=True))
        case Quote(blocks):
            return "\n".join(f"> {line}" for line in write_text(blocks).split("\n"))


def _line(line: Line) -> str:
    return "".join(_pieces(line))


def _pieces(line: Line) -> Sequence[str]:
    """The pieces of a line; a word joiner keeps marks apart that would be read as one."""
    written = [_piece(piece, last=number == len(line)) for number, piece in enumerate(line, 1)]
    marked = [isinstance(piece, Bold | Italic) for piece in line]
    touches = [here and there for here, there in pairwise(marked)]
    return [text + JOINER * touch for text, touch in zip(written, [*touches, False], strict=False)]


def _piece(piece: Inline, *, last: bool) -> str:
    match piece:
        case Link(text, url):
            return _link(text, url)
        case Instant(_, at):
            return f"<t:{int(at.timestamp())}:F>"
        case Code(text):
            return f"`{clean(text).replace('`', '')}`" if text.strip("` ") else ""
        case Bold(text):
            return _marked(text, "**")
        case Italic(text):
            return _marked(text, "*")
        case Plain(text):
            return inert(text, last=last)


def _marked(text: str, mark: str) -> str:
    """Marks stand close around the words, and in each line anew: else they are shown as they are."""
    return "\n".join(_close(line, mark) for line in clean(text).split("\n"))


def _close(line: str, mark: str) -> str:
    words = line.strip()
    if not words:
        return line
    before, _, after = line.partition(words)
    return f"{before}{mark}{inert(words, last=False)}{mark}{after}"


def _link(text: str, url: str) -> str:
    words = inert(" ".join(text.split()), last=False)
    if len(url) > _LONGEST_LINK or not _LINK.fullmatch(url) or not words.strip():
        return words
    return f"<{url}>" if text.strip() == url else f"[{words}](<{url}>)"
