"""The editable tables beside the catalogues: languages offered, names of places, words that no card says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.content.catalog import Fault
from bot.content.cldr import is_language, is_territory

EVERYWHERE = "everywhere"
T = TypeVar("T")

_TEXTS = TypeAdapter(dict[str, str])
_TEXTS_BY_CODE = TypeAdapter(dict[str, dict[str, str]])
_LISTS = TypeAdapter(dict[str, list[str]])
_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class Tables:
    """What the tables say.

    ``offered`` (languages.toml): each language offered, in order, with its name in its own words. ``places``
    (places.toml): names by ISO code and language, where movements write them differently from CLDR.
    ``forbidden`` (words.toml): words by language or "everywhere"; a star at an end stands for any letters.
    """

    offered: dict[str, str] = field(default_factory=dict)
    places: dict[str, dict[str, str]] = field(default_factory=dict)
    forbidden: dict[str, list[str]] = field(default_factory=dict)


def read_tables(folders: Sequence[Path]) -> tuple[Tables, tuple[Fault, ...]]:
    """Read the tables under ``locales/`` of each data folder; later folders add to earlier ones, and win."""
    found, faults = Tables(), list[Fault]()
    for folder in (folder / "locales" for folder in folders):
        found.offered.update(
            _read(folder / "languages.toml", _TEXTS, lambda code, _: is_language(code), faults)
        )
        for code, names in _read(folder / "places.toml", _TEXTS_BY_CODE, _is_place, faults).items():
            found.places.setdefault(code, {}).update(names)
        for language, words in _read(folder / "words.toml", _LISTS, _is_list, faults).items():
            found.forbidden.setdefault(language, []).extend(words)
    return found, tuple(faults)


def _is_place(code: str, names: Mapping[str, str]) -> bool:
    return is_territory(code) and all(map(is_language, names))


def _is_list(language: str, _words: list[str]) -> bool:
    return language == EVERYWHERE or is_language(language)


def _read(
    file: Path, shape: TypeAdapter[dict[str, T]], fits: Callable[[str, T], bool], faults: list[Fault]
) -> dict[str, T]:
    """A table of this shape; what does not fit is added to ``faults`` and left out."""
    if not file.exists():
        return {}
    try:
        text = file.read_text(encoding="utf-8")
        table = shape.validate_python(tomllib.loads(text), strict=True)
    except tomllib.TOMLDecodeError as found:
        line = _LINE.search(str(found))
        faults.append(
            Fault(str(file), int(line[1]) if line else text.count("\n") + 1, f"is not TOML: {found}")
        )
    except ValidationError as found:
        keys = dict.fromkeys(str(error["loc"][0]) for error in found.errors())
        sentence = "“{}” has another shape than this table"
        faults += [Fault(str(file), _line(text, key), sentence.format(key)) for key in keys]
    except (OSError, UnicodeError):
        faults.append(Fault(str(file), 0, "cannot be read: save it as UTF-8"))
    else:
        for key in [key for key, value in table.items() if not fits(key, value)]:
            faults.append(
                Fault(str(file), _line(text, key), f"“{key}”: a code here is no country or language")
            )
            del table[key]
        return table
    return {}


def _line(text: str, key: str) -> int:
    """The line in which a key is written first, 0 where it cannot be found."""
    found = re.search(rf'^\s*\[?\s*"?{re.escape(key)}\b', text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 0
