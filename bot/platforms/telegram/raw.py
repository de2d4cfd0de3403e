"""Parts of raw JSON: whatever stands there, nothing here raises (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Raw = Mapping[str, Any]


def child(of: object, name: str) -> Raw | None:
    """The object of this name; None where there is none."""
    found = part(of, name)
    return found if isinstance(found, dict) else None


def part(of: object, name: str) -> object:
    """Whatever has this name; None where nothing has."""
    return of.get(name) if isinstance(of, dict) else None


def number(value: object) -> int | None:
    """A whole number that fits into 64 bits: true and false are none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 63 else None


def text(value: object) -> str:
    """The text with every half character replaced; "" for what is no text."""
    if not isinstance(value, str):
        return ""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
