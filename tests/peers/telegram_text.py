"""Text and entities as Telegram's server takes them: lengths in its own units, each entity checked."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from tests.peers.telegram_links import links
from tests.peers.telegram_refusal import refused

Entity = dict[str, Any]

LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024
MOST_ENTITIES = 100
MOST_ENTITY_BYTES = 9500

_STYLES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_QUOTES = frozenset({"blockquote", "expandable_blockquote"})
_WHOLE = frozenset({"text_link", "text_mention", "custom_emoji", "date_time"})
_MOMENT = re.compile("r|w?[dD]?[tT]?")
_CODE = frozenset({"code", "pre"})
_KNOWN = _STYLES | _QUOTES | _WHOLE | _CODE


@dataclass(frozen=True)
class Formatted:
    """A text as a client shows it: what the bot marked, and what Telegram made a link of by itself."""

    text: str
    entities: tuple[Entity, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    """Kind and text of each automatic link."""

    def marked(self, kind: str) -> list[str]:
        """The texts of the entities of this kind."""
        units = self.text.encode("utf-16-le")
        spans = [
            (e["offset"] * 2, (e["offset"] + e["length"]) * 2) for e in self.entities if e["type"] == kind
        ]
        return [units[begin:end].decode("utf-16-le") for begin, end in spans]


def formatted(text: object, entities: object, longest: int = LONGEST_TEXT) -> Formatted:
    """The text as it will be shown; raises the refusal the server would answer with."""
    if not isinstance(text, str):
        raise refused("message text must be a string")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise refused("strings must be encoded in UTF-8")
    marks = _checked(text, entities)
    stripped = text.strip()
    if len(stripped) > longest:
        raise refused("message is too long" if longest == LONGEST_TEXT else "message caption is too long")
    cut = len(text) - len(text.lstrip())
    moved = [_clipped(mark, cut, len(stripped.encode("utf-16-le")) // 2) for mark in marks]
    left = [mark for mark in moved if mark["length"] > 0]
    return Formatted(stripped, tuple(left), _own_links(stripped, left))


def _clipped(mark: Entity, cut: int, end: int) -> Entity:
    """The entity in a text whose blanks around it are gone."""
    first, last = max(0, mark["offset"] - cut), min(end, mark["offset"] + mark["length"] - cut)
    return {**mark, "offset": first, "length": last - first}


def _checked(text: str, entities: object) -> list[Entity]:
    if entities is None:
        return []
    if not isinstance(entities, list) or not all(isinstance(entity, dict) for entity in entities):
        raise refused("can't parse entities")
    if len(entities) > MOST_ENTITIES:
        raise refused("too many entities (the real server drops those after the 100th)")
    if len(json.dumps(entities)) > MOST_ENTITY_BYTES * 2:
        raise refused("ENTITIES_TOO_LONG")
    borders = _borders(text)
    for entity in entities:
        _check_one(entity, borders)
    marks = sorted(entities, key=lambda mark: (mark["offset"], -mark["length"]))
    _check_nesting(marks)
    return marks


def _borders(text: str) -> frozenset[int]:
    """The places between characters, in UTF-16 units."""
    places, at = {0}, 0
    for letter in text:
        at += 2 if letter > "\uffff" else 1
        places.add(at)
    return frozenset(places)


def _check_one(entity: Entity, borders: frozenset[int]) -> None:
    kind, offset, length = entity.get("type"), entity.get("offset"), entity.get("length")
    if kind not in _KNOWN:
        raise refused(f"can't parse entity: unsupported type {kind!r}")
    if not (isinstance(offset, int) and isinstance(length, int)) or offset < 0 or length <= 0:
        raise refused("entity has an invalid place")
    if offset not in borders or offset + length not in borders:
        raise refused("entity ends beyond the text or inside a character")
    if kind == "text_link" and not str(entity.get("url", "")).startswith(("http://", "https://", "tg://")):
        raise refused("text_link has no address a client opens")
    if kind == "date_time":
        _check_moment(entity)


def _check_moment(entity: Entity) -> None:
    moment, written = entity.get("unix_time"), entity.get("date_time_format", "")
    if not isinstance(moment, int) or isinstance(moment, bool) or not 0 < moment < 2**31:
        raise refused("date_time entity has an invalid time")
    if not isinstance(written, str) or not _MOMENT.fullmatch(written):
        raise refused("date_time entity has an invalid format")


def _check_nesting(marks: list[Entity]) -> None:
    around: list[Entity] = []
    for mark in marks:
        while around and mark["offset"] >= around[-1]["offset"] + around[-1]["length"]:
            around.pop()
        kinds = {outer["type"] for outer in around}
        if around and mark["offset"] + mark["length"] > around[-1]["offset"] + around[-1]["length"]:
            raise refused("entities cross each other")
        if mark["type"] in kinds or (mark["type"] in _QUOTES and kinds & (_QUOTES | _WHOLE)):
            raise refused("an entity is inside one of its own kind")
        if kinds & _CODE or (mark["type"] in _WHOLE and kinds & _WHOLE):
            raise refused("an entity is inside one that may hold none")
        around.append(mark)


def _own_links(text: str, marks: list[Entity]) -> tuple[tuple[str, str], ...]:
    """Automatic links, but those inside a link or code that the bot marked."""
    taken = [(m["offset"], m["offset"] + m["length"]) for m in marks if m["type"] in _WHOLE | _CODE]

    def covered(begin: int, end: int) -> bool:
        first, last = (len(text[:place].encode("utf-16-le")) // 2 for place in (begin, end))
        return any(first < stop and last > start for start, stop in taken)

    return tuple((kind, text[begin:end]) for kind, begin, end in links(text) if not covered(begin, end))
