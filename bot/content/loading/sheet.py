"""A sheet: the keys of one TOML table, asked for one by one. What is wrong becomes a fault with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from bot.content.catalog import Fault
from bot.content.loading.files import HIDDEN, hidden_in

LONGEST_SLUG = 40
LONGEST_TEXT = 300
"""Characters of one value: a name or a title, never a text."""

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
Place = tuple[str | int, ...]
"""Where a key stands: names of tables, a number for each table of a list, the key."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HEADER = re.compile(r"\s*(\[{1,2})\s*([\w.\"-]+)\s*\]{1,2}")
_KEY = re.compile(r"\s*([\w\"-]+)\s*[.=]")
_AT_LINE = re.compile(r"at line (\d+)")


@dataclass(slots=True)
class Sheet:
    """A table of a file. All share one list of ``faults``; ``close`` reports the keys nobody asked for."""

    file: str
    table: Mapping[str, object]
    lines: Mapping[Place, int]
    faults: list[Fault]
    place: Place = ()
    asked: set[str] = field(default_factory=set)

    def line(self, *keys: str | int) -> int:
        """The line of a key, else of the table around it, else the first."""
        place = (*self.place, *keys)
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def fault(self, key: str, sentence: str) -> None:
        """Note what is wrong with a key."""
        self.faults.append(Fault(self.file, self.line(key), sentence))

    def text(self, key: str, *, required: bool = False) -> str:
        """A text on one line, "" where it is absent or wrong."""
        value = self._value(key, str, f'a text in quotes: {key} = "…"', required=required) or ""
        if not value.strip() and key in self.table and isinstance(self.table[key], str):
            self.fault(key, f"“{key}” is empty: fill it in or take it away.")
        if "\n" in value or len(value) > LONGEST_TEXT:
            self.fault(key, f"“{key}” is longer than one line of {LONGEST_TEXT} characters: shorten it.")
            return ""
        if hidden := hidden_in(value):
            self.fault(key, hidden)
        return HIDDEN.sub("", value).strip()

    def slug(self, key: str, *, required: bool = False) -> str:
        """A slug, "" where it is absent or wrong."""
        value = self.text(key, required=required)
        return value if not value or self._is_slug(key, value) else ""

    def slugs(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of slugs without the wrong ones."""
        return tuple(value for value in self.texts(key, required=required) if self._is_slug(key, value))

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts without doubles."""
        values = self._list(key, str, f'a list of texts: {key} = ["…", "…"]', required=required)
        if len(set(values)) < len(values):
            self.fault(key, f"“{key}” says the same thing twice: keep one.")
        return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))

    def number(
        self, key: str, default: int, *, least: int = 0, most: int = 1_000_000, required: bool = False
    ) -> int:
        """A whole number from ``least`` to ``most``."""
        value = self._value(key, int, f"a number: {key} = {max(default, least)}", required=required)
        if value is not None and not least <= value <= most:
            self.fault(key, f"“{key}” must be from {least} to {most}.")
            return default
        return default if value is None else value

    def numbers(self, key: str, default: tuple[int, ...]) -> tuple[int, ...]:
        """Whole numbers above nothing, each larger than the one before."""
        values = tuple(self._list(key, int, f"a list of numbers: {key} = [10, 25]"))
        if values != tuple(sorted({value for value in values if value > 0})):
            self.fault(key, f"“{key}” must rise from number to number, from 1 on.")
            return default
        return values if key in self.table else default

    def flag(self, key: str) -> bool:
        """True or false; absent is false."""
        return bool(self._value(key, bool, f"true or false: {key} = true"))

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A calendar day."""
        wish = f"a day without quotes: {key} = 2024-01-31"
        value = self._value(key, date, wish, required=required)
        if isinstance(value, datetime):
            self.fault(key, f"“{key}” must be {wish}")
            return None
        return value

    def moment(self, key: str) -> datetime | None:
        """A moment, in UTC; it is written with its offset."""
        wish = f"a time with its offset: {key} = 2026-12-01T10:00:00+08:00"
        value = self._value(key, datetime, wish)
        if value is not None and value.tzinfo is None:
            self.fault(key, f"“{key}” must be {wish}")
            return None
        return value.astimezone(UTC) if value else None

    def choice(self, key: str, choices: type[E], default: E | None = None) -> E | None:
        """One of the words of ``choices``; required where there is no default."""
        listed = ", ".join(f'"{each}"' for each in choices)
        value = self._value(key, str, f"one of {listed}", required=default is None)
        if value is not None and value not in {*choices}:
            self.fault(key, f"“{value[:40]}” is not known: “{key}” must be one of {listed}.")
            value = None
        return choices(value) if value else default

    def sub(self, key: str) -> Sheet | None:
        """The table [key]."""
        value = self._value(key, dict, f"a table: a line [{key}], its keys below")
        return None if value is None else self._inside(value, key)

    def subs(self, key: str) -> tuple[Sheet, ...]:
        """The tables [[key]]."""
        values = self._list(key, dict, f"a list of tables: a line [[{key}]] before each")
        return tuple(self._inside(value, key, number) for number, value in enumerate(values))

    def close(self) -> None:
        """Every key nobody asked for is a fault, with the one that was likely meant."""
        for key in self.table:
            if key not in self.asked:
                self.fault(key, f"The key “{key[:40]}” is not known here{meant(key, self.asked)}.")

    def _inside(self, value: Mapping[str, object], *keys: str | int) -> Sheet:
        return Sheet(self.file, value, self.lines, self.faults, (*self.place, *keys))

    def _value(self, key: str, kind: type[T], wish: str, *, required: bool = False) -> T | None:
        self.asked.add(key)
        value = self.table.get(key)
        if value is None:
            if required:
                self.fault(key, f"“{key}” is missing: add {wish}")
            return None
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault(key, f"“{key}” must be {wish}")
            return None
        return value

    def _list(self, key: str, kind: type[T], wish: str, *, required: bool = False) -> list[T]:
        values: list[T] = []
        for value in self._value(key, list, wish, required=required) or ():
            if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
                values.append(value)
            else:
                self.fault(key, f"“{key}” must be {wish}")
        if required and key in self.table and not self.table[key]:
            self.fault(key, f"“{key}” is empty: fill it in.")
        return values

    def _is_slug(self, key: str, value: str) -> bool:
        if sentence := slug_fault(value):
            self.fault(key, sentence)
        return not sentence


def open_sheet(file: str, toml: str, faults: list[Fault], before: int = 0) -> Sheet | None:
    """The sheet of a TOML text that begins after line ``before`` of its file; None where it is no TOML."""
    try:
        table = tomllib.loads(toml)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        at = _AT_LINE.search(str(fault))
        line = before + (int(at.group(1)) if at else toml.count("\n") + 1)
        faults.append(Fault(file, line, f"This is no TOML: {str(fault).partition(' (at ')[0]}."))
        return None
    return Sheet(file, table, _lines(toml, before), faults)


def slug_fault(value: str) -> str:
    """Why a word cannot be a slug, "" where it can."""
    if len(value) > LONGEST_SLUG:
        return f"“{value[:60]}” is longer than {LONGEST_SLUG} characters: shorten it."
    if not _SLUG.fullmatch(value):
        return f"“{value[:60]}” must be small letters a–z, digits and single hyphens."
    return ""


def meant(word: str, known: Iterable[str]) -> str:
    """The end of a sentence: the known word that is nearest, if one is near."""
    near = get_close_matches(word, sorted(known), 1, 0.6)
    return f": did you mean “{near[0]}”?" if near else ""


def _lines(toml: str, before: int) -> dict[Place, int]:
    """The line of each table and key. TOML's parser keeps none, so headers and keys are looked for."""
    lines: dict[Place, int] = {}
    counts: dict[str, int] = {}
    place: Place = ()
    for number, line in enumerate(toml.split("\n"), before + 1):
        if header := _HEADER.match(line):
            name = header.group(2).replace('"', "")
            counts[name] = counts.get(name, -1) + 1
            place = (*name.split("."), counts[name]) if header.group(1) == "[[" else tuple(name.split("."))
            lines.setdefault(place, number)
        elif key := _KEY.match(line):
            lines.setdefault((*place, key.group(1).replace('"', "")), number)
    return lines
