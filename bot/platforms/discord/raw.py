"""Looking into JSON that may hold anything (pure); nothing here raises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

Raw = Mapping[str, Any]

_NUMBER = re.compile("[0-9]{1,20}")
_HALF = re.compile("[\ud800-\udfff]")


def part(thing: object, name: str) -> object:
    """What an object has under a name; None where it has nothing, or is no object."""
    return thing.get(name) if isinstance(thing, Mapping) else None


def child(thing: object, name: str) -> Raw | None:
    """The object that stands under a name."""
    found = part(thing, name)
    return found if isinstance(found, Mapping) else None


def children(thing: object, name: str) -> Iterator[Raw]:
    """The objects in the list that stands under a name."""
    found = part(thing, name)
    return (
        (each for each in found if isinstance(each, Mapping)) if isinstance(found, list | tuple) else iter(())
    )


def text(thing: object) -> str:
    """A string without half characters; "" for anything else."""
    return _HALF.sub("\ufffd", thing) if isinstance(thing, str) else ""


def number(thing: object) -> int | None:
    """A whole number, as such or in digits; None for anything else."""
    if isinstance(thing, str) and _NUMBER.fullmatch(thing):
        return int(thing)
    return thing if isinstance(thing, int) and not isinstance(thing, bool) and 0 <= thing < 1 << 64 else None


def id_of(thing: object, name: str = "id") -> str:
    """The id under a name, in digits; "" where there is none."""
    found = number(part(thing, name))
    return "" if found is None else str(found)
