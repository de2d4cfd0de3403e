"""Wording: a phrase and its values as lines of rich text in a reader's language, zone and day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.content import cldr
from bot.content.inert import inert, isolated
from bot.content.locales import ENGLISH, Entries
from bot.content.po import Entry
from bot.content.template import LINE_END, Style, Styled, Template
from bot.dialog.messages import Copied, Country, Day, Language, Names, Phrase, Value
from bot.dialog.text import Code, Inline, Instant, Line, Plain

Places = Mapping[str, Mapping[str, str]]
"""Names of countries by ISO code and language."""

END = Plain(LINE_END)
UNSTYLED = (Instant, Code)
"""Pieces that are in no style and never joined to others."""
NEAR = {-1: "time.yesterday", 0: "time.today", 1: "time.tomorrow"}
WEEK = range(2, 7)
"""So many days ahead, the name of the weekday can mean no other day."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the language, the present moment (aware) and the IANA zone."""

    language: str
    now: datetime
    zone: str

    def local(self, moment: datetime) -> datetime:
        """An aware time by the reader's clock. ValueError for a naive one, KeyError for an unknown zone."""
        if moment.tzinfo is None:
            raise ValueError("a time without a zone")
        return moment.astimezone(ZoneInfo(self.zone))

    def today(self) -> date:
        """The reader's day."""
        return self.local(self.now).date()


@lru_cache(maxsize=1024)
def varieties(language: str) -> tuple[str, ...]:
    """A language and what it is a variety of: "pt_br" → pt-BR, pt. Any string may come in."""
    first, *rest = language.replace("_", "-").split("-")[:3]
    pieces = [first.lower(), *(piece.upper() if len(piece) == len("BR") else piece.title() for piece in rest)]
    return tuple("-".join(pieces[:end]) for end in range(len(pieces), 0, -1))


@dataclass(frozen=True, slots=True)
class Wording:
    """The phrases, the names of places that differ from CLDR's, and the keys of what a reader agrees to."""

    entries: Entries
    places: Places
    consents: frozenset[str] = frozenset()

    def lines(self, phrase: Phrase, reader: Reader) -> tuple[Line, ...]:
        """The phrase as lines. KeyError where English lacks the key, or a place or the count has no value."""
        lines: list[list[Styled | Instant | Code]] = [[]]
        for piece in self._pieces(phrase, reader):
            if piece == END:
                lines.append([])
            else:
                lines[-1].append(piece)
        return tuple(map(_merged, lines))

    def find(self, key: str, language: str) -> tuple[str, Entry]:
        """The language that is spoken (the reader's, what it is a variety of, or English) and its phrase.

        KeyError where English lacks the key.
        """
        for each in (*varieties(language), ENGLISH):
            if entry := self.entries.get(each, {}).get(key):
                return each, entry
        raise KeyError(key)

    def is_checked(self, key: str, language: str) -> bool:
        """Whether a reader of the language gets English, or words that a native reader has checked.

        KeyError where English lacks the key.
        """
        spoken, entry = self.find(key, language)
        return spoken == ENGLISH or entry.checked

    def beside(self, phrase: Phrase, reader: Reader) -> tuple[Line, ...]:
        """The English of a phrase that asks for a consent in unchecked words; no line for any other.

        KeyError as from ``lines``.
        """
        asked = (key for key in _keys(phrase) if key in self.consents)
        if all(self.is_checked(key, reader.language) for key in asked):
            return ()
        return self.lines(phrase, replace(reader, language=ENGLISH))

    def _pieces(self, phrase: Phrase, reader: Reader) -> Iterator[Styled | Instant | Code]:
        language, entry = self.find(phrase.key, reader.language)
        reader = reader if reader.language == language else replace(reader, language=language)
        values = phrase.values if phrase.count is None else {**phrase.values, "count": phrase.count}
        for piece in _form(language, entry, phrase.count).pieces:
            if not piece.is_place:
                yield piece.style(piece.text)
            elif piece.text in values:
                yield from self._value(values[piece.text], piece.style, reader)
            else:
                raise KeyError(f"{phrase.key}: no value for {{{piece.text}}}")

    def _value(self, value: Value, style: Style, reader: Reader) -> Iterator[Styled | Instant | Code]:
        if isinstance(value, datetime):
            said = self._pieces(_moment(value, reader), reader)
            yield Instant("".join(piece.text for piece in said), value)
        elif isinstance(value, Copied):
            for number, line in enumerate(value.text.splitlines()):
                yield from (END, Code(line)) if number else (Code(line),)
        elif isinstance(value, Phrase):
            for piece in self._pieces(value, reader):
                as_it_is = style is Plain or piece == END or isinstance(piece, UNSTYLED)
                yield piece if as_it_is else style(piece.text)
        else:
            yield style(self._text(value, reader))

    def _text(self, value: str | int | Country | Language | Day | Names, reader: Reader) -> str:
        match value:
            case str():
                return isolated(reader.language, inert(value))
            case int():
                return cldr.number(reader.language, value)
            case Day(day, year):
                return cldr.day(reader.language, day, None if year else reader.today())
            case Names(listed):
                return cldr.listed(reader.language, [self._text(name, reader) for name in listed])
            case Language(code):
                return cldr.language_name(reader.language, code)
            case Country(code):
                names = self.places.get(code, {})
                own = (names[each] for each in varieties(reader.language) if each in names)
                return next(own, "") or cldr.territory(reader.language, code)


def _keys(phrase: Phrase) -> Iterator[str]:
    """The key of a phrase, and those of the phrases among its values."""
    yield phrase.key
    for value in phrase.values.values():
        if isinstance(value, Phrase):
            yield from _keys(value)


def _form(language: str, entry: Entry, count: int | None) -> Template:
    if not entry.is_plural:
        return entry.forms[0]
    if count is None:
        raise KeyError(f"{entry.key}: no count")
    return entry.forms[cldr.plural_index(language, count)]


def _moment(moment: datetime, reader: Reader) -> Phrase:
    """A moment by the reader's zone, and which that is: nobody knows whether it is theirs today."""
    local = reader.local(moment)
    zone = cldr.offset(reader.language, local)
    return Phrase("time.in-zone", {"when": _when(local, reader), "zone": zone})


def _when(local: datetime, reader: Reader) -> Phrase:
    time = cldr.clock(reader.language, local.time())
    days = (local.date() - reader.today()).days
    if days in NEAR:
        return Phrase(NEAR[days], {"time": time})
    day: Value = cldr.weekday(reader.language, local.date()) if days in WEEK else Day(local.date())
    return Phrase("time.on-day", {"day": day, "time": time})


def _merged(pieces: Iterable[Styled | Instant | Code]) -> Line:
    """Neighbours of one style as one piece, so that a platform's writing sees whole runs."""
    line: list[Inline] = []
    for piece in pieces:
        last = line[-1] if line else None
        if last is not None and type(last) is type(piece) and not isinstance(piece, UNSTYLED):
            line[-1] = type(piece)(last.text + piece.text)
        elif piece.text:
            line.append(piece)
    return tuple(line)
