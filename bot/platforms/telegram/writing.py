"""A message as Telegram wants it: text, entities counted in UTF-16 units, rows of buttons (pure).

No parse mode is used: what people wrote stands in the text as it is, and only entities of ours mark it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.campaign.lookalike import graphemes
from bot.dialog.messages import Key, Outgoing
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
from bot.platforms.telegram.inert import clean, inert

Entity = dict[str, Any]
Keyboard = list[list[dict[str, str]]]

LONGEST, MOST_ENTITIES, LONGEST_ALERT = 4096, 100, 200
"""UTF-16 units of a message (never more than the characters Telegram counts), entities, units of an alert."""
MOST_IN_A_ROW, MOST_BUTTONS = 8, 100
LONG_QUOTE = 400
"""Quotes with more units than this are shown folded, where they may be."""

_ENTITY_ROOM = 9000
"""Bytes of all entities together, by our estimate: Telegram refuses at about 9500."""
_ENTITY_SIZE = 40
_OPENED = ("https://", "http://", "tg://")
"""What Telegram opens; it makes links of addresses of mail by itself."""
_MOMENT = "wDt"
"""How a client writes a moment by its reader's own clock: weekday, long date, hours and minutes."""
_BOLD, _ITALIC = "bold", "italic"


@dataclass(frozen=True, slots=True)
class Part:
    """One message: ``keyboard`` is empty on every part but the last."""

    text: str
    entities: tuple[Entity, ...] = ()
    keyboard: Keyboard = field(default_factory=list)

    @property
    def fits(self) -> bool:
        """Whether Telegram takes it."""
        room = sum(_ENTITY_SIZE + len(str(entity.get("url", "")).encode()) for entity in self.entities)
        return size(self.text) <= LONGEST and len(self.entities) <= MOST_ENTITIES and room <= _ENTITY_ROOM


def write(outgoing: Outgoing, name: str) -> tuple[Part, ...]:
    """The message in as many parts as it needs, none where it has no text; ``name`` is the bot's own."""
    parts = _parts(outgoing.text, LONGEST)
    if parts:
        parts[-1] = replace(parts[-1], keyboard=write_keyboard(outgoing.keys, name))
    return tuple(parts)


def write_alert(outgoing: Outgoing) -> str:
    """The words of a message for a window over the chat, cut where they are too many."""
    words, used = "", 0
    for letter in graphemes(clean(plain(outgoing.text)).strip()):
        if used + size(letter) >= LONGEST_ALERT:
            return words.rstrip() + "…"
        words, used = words + letter, used + size(letter)
    return words


def write_keyboard(keys: tuple[tuple[Key, ...], ...], name: str) -> Keyboard:
    """The rows of buttons; a row that is too long for Telegram goes on in the next one."""
    rows = [[_button(key, name) for key in row if key.data or key.start or key.url] for row in keys]
    cut = [row[at : at + MOST_IN_A_ROW] for row in rows for at in range(0, len(row), MOST_IN_A_ROW)]
    return cut if sum(map(len, cut)) <= MOST_BUTTONS else cut[: MOST_BUTTONS // MOST_IN_A_ROW]


def start_link(name: str, word: str) -> str:
    """The link that opens our private chat with this start word."""
    return f"https://t.me/{name}?start={word}"


def _button(key: Key, name: str) -> dict[str, str]:
    label = {"text": clean(key.label).replace("\n", " ").strip() or "·"}
    if key.data:
        return label | {"callback_data": key.data}
    return label | {"url": start_link(name, key.start) if key.start else key.url}


def _parts(text: Text, limit: int) -> list[Part]:
    """The pages of a text; one on which word joiners or entities are too many is cut again, smaller."""
    parts: list[Part] = []
    for page in paginate(text, limit):
        part = _Pen().page(page)
        smaller = limit // 2
        parts += [part] if part.fits or smaller < SMALLEST else _parts(page, smaller)
    return [part for part in parts if part.text]


class _Pen:
    """Writes one part, counting where it is."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._at = 0
        self._entities: list[Entity] = []

    def page(self, text: Text) -> Part:
        """The whole part."""
        self._apart(text)
        written = "".join(self._pieces)
        entities = sorted(self._entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return Part(written, tuple(entities)) if written.strip() else Part("")

    def _apart(self, blocks: Sequence[Block]) -> None:
        for number, block in enumerate(blocks):
            if number:
                self._put("\n\n")
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph(lines):
                self._lines(lines)
            case Heading(line):
                begin = self._at
                self._line(line, plain_only=True)
                self._mark(_BOLD, begin)
            case Bullets(items, first):
                self._lines(items, [*_marks(len(items), first)])
            case Quote(blocks, folds):
                begin = self._at
                self._apart(blocks)
                long = folds and self._at - begin > LONG_QUOTE
                self._mark("expandable_blockquote" if long else "blockquote", begin)

    def _lines(self, lines: Sequence[Line], marks: Sequence[str] = ()) -> None:
        for number, line in enumerate(lines):
            self._put(("\n" if number else "") + (marks[number] if marks else ""))
            self._line(line)

    def _line(self, line: Line, *, plain_only: bool = False) -> None:
        for number, piece in enumerate(line, 1):
            self._piece(piece, last=number == len(line), plain_only=plain_only)

    def _piece(self, piece: Inline, *, last: bool, plain_only: bool) -> None:
        begin = self._at
        match piece:
            case Link(text, url):
                self._put(clean(text))
                if url.startswith(_OPENED):
                    self._mark("text_link", begin, url=url)
            case Instant(text, at):
                self._put(clean(text))
                self._mark("date_time", begin, unix_time=int(at.timestamp()), date_time_format=_MOMENT)
            case Code(text):
                self._put(clean(text))
                self._mark("code", begin)
            case Plain(text) | Bold(text) | Italic(text):
                self._put(inert(text, last=last))
                if not plain_only and not isinstance(piece, Plain):
                    self._mark(_BOLD if isinstance(piece, Bold) else _ITALIC, begin)

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._at += size(text)

    def _mark(self, kind: str, begin: int, **more: str | int) -> None:
        """Mark what was written since ``begin``."""
        if self._at > begin:
            self._entities.append({"type": kind, "offset": begin, "length": self._at - begin, **more})


def _marks(count: int, first: int | None) -> Iterator[str]:
    """What stands before each item of a list."""
    return (f"{first + number}. " if first is not None else "• " for number in range(count))
