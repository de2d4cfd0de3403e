"""Writing TOML values, front matter and the small Markdown of our texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from bot.content.importing.page import Block, Line

BULLET = re.compile(r"^[-*•·●○▪◦‣–—]$")
NUMBER = re.compile(r"^\(?\d{1,4}[.)]$")
LETTER = re.compile(r"^\(?[a-zA-Z][.)]$")
HEADING_LEVELS = range(1, 7)


def toml_text(text: str) -> str:
    """A TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_list(texts: Iterable[str]) -> str:
    """A TOML list of strings on one line."""
    return f"[{', '.join(map(toml_text, texts))}]"


def front_matter(lines: Sequence[str], body: str) -> str:
    """A content file: TOML between ``+++`` lines, then the text."""
    return "\n".join(["+++", *lines, "+++", "", body]).rstrip() + "\n"


def source_lines(title: str) -> list[str]:
    """The table that says where a text comes from."""
    return ["", "[source]", f"title = {toml_text(title)}"]


def is_bullet(line: Line) -> bool:
    """Whether the line is an item of a list with bullets."""
    return BULLET.match(line.words[0]) is not None and len(line.words) > 1


def is_numbered(line: Line) -> bool:
    """Whether the line is an item of a numbered list."""
    return NUMBER.match(line.words[0]) is not None and len(line.words) > 1


def markdown(blocks: Iterable[Block]) -> str:
    """Paragraphs and lists as Markdown.

    Each word stays as it was; what would be read as a mark is escaped.
    """
    parts: list[str] = []
    last = ""
    for block in blocks:
        kind = "bullet" if is_bullet(block[0]) else "number" if is_numbered(block[0]) else ""
        text = "\n".join(markdown_line(line) for line in block)
        if kind and kind == last:
            parts[-1] += "\n" + text
        else:
            parts.append(text)
        last = kind
    return "\n\n".join(parts)


def markdown_line(line: Line) -> str:
    """One line of Markdown whose words are the words of ``line``."""
    if is_bullet(line):
        return "- " + escaped(" ".join(line.words[1:]))
    if is_numbered(line):
        return f"{line.words[0]} " + escaped(" ".join(line.words[1:]))
    return ("## " if line.heading in HEADING_LEVELS else "") + escaped(line.text)


def escaped(text: str) -> str:
    """``text`` so that Markdown shows it as it is."""
    text = re.sub(r"[\\`*\[\]<]", r"\\\g<0>", text)
    text = re.sub(r"(?<!\w)_|_(?!\w)", r"\\_", text)
    text = re.sub(r"&(?=#?\w{1,32};)", r"\\&", text)
    text = re.sub(r"^(?=[#>+=~|-])", r"\\", text)
    return re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", text)
