"""How a list ends: it is closed, what it says is handed over, and those behind it are told."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

UNDO = timedelta(minutes=10)
"""How long a closing can be taken back."""


class Stage(StrEnum):
    """How far a campaign is."""

    OPEN = "open"
    CLOSED = "closed"
    DELIVERED = "delivered"
    """It was written down to whom and when it was handed over; nobody was told yet."""
    TOLD = "told"
    """It stands in the campaign's file, and whoever was to be told is told or will be."""


class Turn(StrEnum):
    """What organisers can do about it."""

    SET = "set"
    """Choose a day, or whether late ones are kept apart."""
    CLOSE = "close"
    REOPEN = "reopen"
    DELIVER = "deliver"
    TELL = "tell"


TURNS: dict[tuple[Stage, Turn], Stage] = {
    (Stage.OPEN, Turn.SET): Stage.OPEN,
    (Stage.OPEN, Turn.CLOSE): Stage.CLOSED,
    (Stage.CLOSED, Turn.REOPEN): Stage.OPEN,
    (Stage.CLOSED, Turn.DELIVER): Stage.DELIVERED,
    (Stage.DELIVERED, Turn.DELIVER): Stage.DELIVERED,
    (Stage.DELIVERED, Turn.TELL): Stage.TOLD,
}


def next_stage(stage: Stage, turn: Turn) -> Stage | None:
    """The stage after a turn; None where it cannot be taken from here."""
    return TURNS.get((stage, turn))
