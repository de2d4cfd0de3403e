"""An entry and those who look after it: what becomes of a claim, of a link to it, of a disagreement."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class Standing(StrEnum):
    """The states of a claim: somebody says that they speak for an entry."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    ENDED = "ended"
    """Whoever made it looks after the entry no more."""


class Turn(StrEnum):
    """What can happen to a claim."""

    ASK = "ask"
    GRANT = "grant"
    REFUSE = "refuse"
    END = "end"


TURNS: dict[tuple[Standing, Turn], Standing] = {
    (Standing.ASKED, Turn.GRANT): Standing.GRANTED,
    (Standing.ASKED, Turn.REFUSE): Standing.REFUSED,
    (Standing.ASKED, Turn.END): Standing.ENDED,
    (Standing.GRANTED, Turn.END): Standing.ENDED,
    (Standing.REFUSED, Turn.ASK): Standing.ASKED,
    (Standing.ENDED, Turn.ASK): Standing.ASKED,
    (Standing.ASKED, Turn.ASK): Standing.ASKED,
    (Standing.REFUSED, Turn.GRANT): Standing.GRANTED,
    (Standing.ENDED, Turn.GRANT): Standing.GRANTED,
}
"""A link, a hand-over or written words grant what was refused or ended before; a tap does so only where it is
asked.
"""
MOST_ASKED = 3
"""How often one person may ask for one entry, and for how many at the same time."""


class Link(StrEnum):
    """The states of a link that makes whoever opens it first look after an entry."""

    MADE = "made"
    USED = "used"
    ENDED = "ended"


LINK_LASTS = timedelta(days=14)
"""How long a link to hand an entry over can be opened."""


class Doubt(StrEnum):
    """The states of a disagreement between two who look after an entry."""

    OPEN = "open"
    STAYS = "stays"
    """The organisers decided that the name stays on the list."""
    OFF = "off"


def next_standing(standing: Standing, turn: Turn) -> Standing | None:
    """The state of a claim after a turn; None where it cannot be taken from here."""
    return TURNS.get((standing, turn))


def decided(doubt: Doubt, decision: Doubt) -> Doubt | None:
    """The state of a disagreement after a decision; None where it was decided before, or is none."""
    return decision if doubt is Doubt.OPEN and decision is not Doubt.OPEN else None
