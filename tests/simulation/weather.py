"""What goes wrong in one run: each seed draws its own mixture, and some faults stay away altogether."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


class Crash(BaseException):
    """The process is gone. No handler of ours may catch it."""


@dataclass(frozen=True)
class Weather:
    """Chances, each between 0 and 1, unless it says otherwise."""

    crash: float = 0.0  # the process dies, at each point where it can
    kill: float = 0.0  # it is killed, at each step of the run
    full: float = 0.0  # a commit finds the disk full
    refused: float = 0.0  # the platform says: too many requests
    unsent: float = 0.0  # no reply, and nothing arrived
    unheard: float = 0.0  # no reply, and it arrived
    fixed: float = 0.0  # a message cannot be edited any more
    copies: float = 0.0  # an event is delivered again
    old: float = 0.0  # somebody presses an old card
    odd: float = 0.0  # somebody says what nobody expects
    jump: float = 0.0  # the wall clock is set wrong, in tenths of a step; so are the next three
    moved: float = 0.0  # a room gets another id
    gone: float = 0.0  # a room cannot be reached any more
    left: float = 0.0  # a person blocks the bot
    slow: float = 0.0  # seconds a reply may take


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
    old=0.3,
    odd=0.15,
    jump=0.1,
    moved=0.06,
    gone=0.01,
    left=0.005,
    slow=2.0,
)
"""The most of each."""


def drawn(chance: Random) -> Weather:
    """The weather of a seed: each fault is absent in half of all runs."""
    strength = {name: chance.choice((0.0, 0.0, 0.3, 1.0)) for name in vars(WORST)}
    return Weather(**{name: worst * strength[name] for name, worst in vars(WORST).items()})
