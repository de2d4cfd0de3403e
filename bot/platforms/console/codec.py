"""A message as JSON, the way the store keeps it, and back again (pure)."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any

from bot.dialog.messages import Attachment, Key, Outgoing
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
)

Json = list[Any]
"""A tagged list: what it is, then its parts."""


def to_json(outgoing: Outgoing) -> str:
    """The whole message, its file included."""
    file = outgoing.attachment
    content = base64.b64encode(file.content).decode() if file else ""
    return json.dumps(
        {
            "text": [_pack_block(block) for block in outgoing.text],
            "keys": [[[key.label, key.data, key.start, key.url] for key in row] for row in outgoing.keys],
            "replaces": outgoing.replaces,
            "only": outgoing.only,
            "file": [file.name, content, file.mime] if file else None,
            "phrases": outgoing.phrases,
        },
    )


def from_json(text: str) -> Outgoing:
    """The message that ``to_json`` made this text from."""
    kept = json.loads(text)
    file = kept["file"]
    return Outgoing(
        text=tuple(_open_block(block) for block in kept["text"]),
        keys=tuple(tuple(Key(*key) for key in row) for row in kept["keys"]),
        replaces=kept["replaces"],
        only=kept["only"],
        attachment=Attachment(file[0], base64.b64decode(file[1]), file[2]) if file else None,
        phrases=tuple(kept["phrases"]),
    )


def _pack_block(block: Block) -> Json:
    match block:
        case Paragraph(lines):
            return ["p", [_pack_line(line) for line in lines]]
        case Heading(line):
            return ["h", _pack_line(line)]
        case Bullets(items, first):
            return ["l", [_pack_line(item) for item in items], first]
        case Quote(blocks, folds):
            return ["q", [_pack_block(inner) for inner in blocks], *([] if folds else [False])]


def _open_block(packed: Json) -> Block:
    match packed:
        case ["p", lines]:
            return Paragraph(tuple(map(_open_line, lines)))
        case ["h", line]:
            return Heading(_open_line(line))
        case ["l", items, first]:
            return Bullets(tuple(map(_open_line, items)), first)
        case ["q", blocks, *folds]:
            return Quote(tuple(map(_open_inner, blocks)), folds=not folds)
    raise ValueError(packed)


def _open_inner(packed: Json) -> Paragraph | Heading | Bullets:
    block = _open_block(packed)
    if isinstance(block, Quote):
        raise TypeError(packed)
    return block


def _pack_line(line: Line) -> Json:
    return [_pack_piece(piece) for piece in line]


def _open_line(packed: Json) -> Line:
    return tuple(map(_open_piece, packed))


def _pack_piece(piece: Inline) -> Json:
    match piece:
        case Plain(text):
            return ["", text]
        case Bold(text):
            return ["b", text]
        case Italic(text):
            return ["i", text]
        case Link(text, url):
            return ["a", text, url]
        case Code(text):
            return ["c", text]
        case Instant(text, at):
            return ["t", text, at.isoformat()]


def _open_piece(packed: Json) -> Inline:
    match packed:
        case ["", text]:
            return Plain(text)
        case ["b", text]:
            return Bold(text)
        case ["i", text]:
            return Italic(text)
        case ["a", text, url]:
            return Link(text, url)
        case ["c", text]:
            return Code(text)
        case ["t", text, at]:
            return Instant(text, datetime.fromisoformat(at))
    raise ValueError(packed)
