"""What goes wrong in one run: each seed draws its own mixture, and some faults stay away altogether."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


class Crash(BaseException):
    """The process is gone. No handler of ours may catch it."""


@dataclass(frozen=True)
class Weather:
    """Chances, each between 0 and 1, unless it says otherwise.

    ``crash`` at each point where a process can die, ``kill`` at each step of the run; ``full``: a commit finds the disk full;
    ``refused``: too many requests; ``unsent`` and ``unheard``: the reply is lost before or after the effect; ``fixed``: a
    message that cannot be edited; ``copies``: an event is delivered again; ``old``: an old card is pressed; ``odd``: words
    nobody expects; ``jump``: the wall clock is set wrong; ``moved``, ``gone``: a room moves, or is lost; ``left``: a person
    blocks the bot; ``slow``: seconds a reply may take.
    """

    crash: float = 0.0
    kill: float = 0.0
    full: float = 0.0
    refused: float = 0.0
    unsent: float = 0.0
    unheard: float = 0.0
    fixed: float = 0.0
    copies: float = 0.0
    old: float = 0.0
    odd: float = 0.0
    jump: float = 0.0
    moved: float = 0.0
    gone: float = 0.0
    left: float = 0.0
    slow: float = 0.0


CALM = Weather()

WORST = Weather(
    crash=0.02,
    kill=0.05,
    full=0.01,
    refused=0.3,
    unsent=0.15,
    unheard=0.15,
    fixed=0.3,
    copies=0.4,
    old=0.25,
    odd=0.15,
    jump=0.04,
    moved=0.02,
    gone=0.01,
    left=0.005,
    slow=2.0,
)
"""The most of each."""


def drawn(chance: Random) -> Weather:
    """The weather of a seed: each fault is absent in half of all runs."""
    strength = {name: chance.choice((0.0, 0.0, 0.3, 1.0)) for name in vars(WORST)}
    return Weather(**{name: worst * strength[name] for name, worst in vars(WORST).items()})
