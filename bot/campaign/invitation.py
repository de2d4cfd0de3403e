"""An invitation of an organisation to sign: one link, one person, one answer."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class Standing(StrEnum):
    """The states of an invitation."""

    INVITED = "invited"
    """Its link was made, and nobody opened it yet."""
    OPENED = "opened"
    """Somebody opened it: from now on the link is theirs."""
    SIGNED = "signed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    """The organisers took it back."""


class Turn(StrEnum):
    """What can happen to an invitation."""

    OPEN = "open"
    SIGN = "sign"
    DECLINE = "decline"
    CANCEL = "cancel"


SILENT = frozenset({Standing.INVITED, Standing.OPENED})
"""Only these are reminded."""
MOST_REMINDERS = 2
REMIND_AFTER = timedelta(days=7)
"""How long after the invitation, and after each reminder, the next one is due."""

TURNS: dict[tuple[Standing, Turn], Standing] = {
    (Standing.INVITED, Turn.OPEN): Standing.OPENED,
    (Standing.OPENED, Turn.SIGN): Standing.SIGNED,
    (Standing.DECLINED, Turn.SIGN): Standing.SIGNED,
    (Standing.OPENED, Turn.DECLINE): Standing.DECLINED,
    (Standing.INVITED, Turn.CANCEL): Standing.CANCELLED,
    (Standing.OPENED, Turn.CANCEL): Standing.CANCELLED,
    (Standing.DECLINED, Turn.CANCEL): Standing.CANCELLED,
}


def next_standing(standing: Standing, turn: Turn) -> Standing | None:
    """The state after a turn; None where it cannot be taken from here."""
    return TURNS.get((standing, turn))
