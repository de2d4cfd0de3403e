"""What the console prints on a pipe, read back as cards."""

from __future__ import annotations

import re
from dataclasses import dataclass

MARK = "<"
BUTTON = re.compile(r"\[(\d+)\] (.+?)(?=\s{2,}\[|\s*$)")


@dataclass(frozen=True)
class Card:
    """One card: its text with every gap as one blank, and its buttons by label."""

    text: str
    buttons: dict[str, int]


def cards(printed: str) -> list[Card]:
    """The cards that were printed to their end; one that was cut off is left out."""
    whole = printed.split("\n")[:-1]
    found, rows = list[Card](), list[str]()
    for row in whole:
        if row.startswith(MARK):
            rows.append(row.removeprefix(MARK).strip())
        elif not row and rows:
            found.append(_card(rows))
            rows = []
    return found


def _card(rows: list[str]) -> Card:
    buttons = {label: int(number) for row in rows for number, label in BUTTON.findall(row)}
    return Card(" ".join(" ".join(rows).split()), buttons)
