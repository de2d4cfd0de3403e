"""Rich text as the values that a template for paper takes (`base.typ` sets them)."""

from __future__ import annotations

import re

from bot.dialog.text import Block, Bold, Bullets, Heading, Inline, Italic, Line, Link, Paragraph, Quote, Text

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_KINDS = {Bold: "bold", Italic: "italic"}

Values = dict[str, object]


def language_of(code: str) -> str:
    """The language of a BCP 47 code as typst takes it; English where it cannot take it."""
    found = _LANGUAGE.match(code.lower().partition("-")[0])
    return found[0] if found else "en"


def blocks_of(text: Text) -> list[Values]:
    """The blocks of a text."""
    return [_block(block) for block in text]


def _block(block: Block) -> Values:
    match block:
        case Paragraph(lines):
            return {"kind": "paragraph", "lines": [_line(line) for line in lines]}
        case Heading(line):
            return {"kind": "heading", "line": _line(line)}
        case Bullets(items, None):
            return {"kind": "bullets", "lines": [_line(item) for item in items]}
        case Bullets(items, first):
            return {"kind": "numbers", "lines": [_line(item) for item in items], "first": first}
        case Quote(blocks):
            return {"kind": "quote", "blocks": blocks_of(blocks)}


def _line(line: Line) -> list[Values]:
    return [_piece(piece) for piece in line]


def _piece(piece: Inline) -> Values:
    """A piece of a line; the address of a link is printed beside it unless it stands there already."""
    if isinstance(piece, Link):
        printed = "" if piece.text in {piece.url, piece.url.partition("://")[2]} else piece.url
        return {"kind": "link", "text": piece.text, "url": piece.url, "printed": printed}
    return {"kind": _KINDS.get(type(piece), "plain"), "text": piece.text}
