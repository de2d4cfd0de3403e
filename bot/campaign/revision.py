"""A new wording that organisers have in hand: its states, and which turn may follow which."""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """``READ``: nobody said yet what it changes; ``PLANNED``: agreed, published at its time."""

    READ = "read"
    CHOSEN = "chosen"
    ASKED = "asked"
    REFUSED = "refused"
    PLANNED = "planned"
    DONE = "done"


class Turn(StrEnum):
    """What can happen to it."""

    CHOOSE = "choose"
    TIME = "time"
    """Another time, or at once, before anybody else was asked."""
    ASK = "ask"
    REFUSE = "refuse"
    PLAN = "plan"
    PUBLISH = "publish"
    RENEW = "renew"
    """The text changed in the meantime: it is to be looked at anew."""


_OPEN = (Standing.READ, Standing.CHOSEN, Standing.REFUSED, Standing.ASKED, Standing.PLANNED)
TURNS: dict[tuple[Standing, Turn], Standing] = {
    (Standing.READ, Turn.CHOOSE): Standing.CHOSEN,
    (Standing.CHOSEN, Turn.CHOOSE): Standing.CHOSEN,
    (Standing.REFUSED, Turn.CHOOSE): Standing.CHOSEN,
    (Standing.CHOSEN, Turn.TIME): Standing.CHOSEN,
    (Standing.PLANNED, Turn.TIME): Standing.PLANNED,
    (Standing.CHOSEN, Turn.ASK): Standing.ASKED,
    (Standing.ASKED, Turn.REFUSE): Standing.REFUSED,
    (Standing.ASKED, Turn.PLAN): Standing.PLANNED,
    (Standing.CHOSEN, Turn.PLAN): Standing.PLANNED,
    (Standing.ASKED, Turn.PUBLISH): Standing.DONE,
    (Standing.CHOSEN, Turn.PUBLISH): Standing.DONE,
    (Standing.PLANNED, Turn.PUBLISH): Standing.DONE,
    **{(standing, Turn.RENEW): Standing.READ for standing in _OPEN},
}


def next_standing(standing: Standing, turn: Turn) -> Standing | None:
    """The state after a turn, None where it cannot be taken."""
    return TURNS.get((standing, turn))
