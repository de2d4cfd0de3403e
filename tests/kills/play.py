"""Somebody signs at a console that is killed again and again, until they are thanked."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot.dialog.session import Session
from tests.kills import state
from tests.kills.cards import Card
from tests.kills.console import Console, open_console
from tests.kills.person import Person, question

LINES = 4
"""A process is killed after at most so many lines, or while it starts."""
STARTING, ANSWERING = 1.6, 0.06
"""Seconds within which a process is killed: after its start, or after a line was typed."""
WHOLE = 200
"""More lines than any talk has: the process is not killed."""


@dataclass
class Plan:
    """When a process dies: so many seconds after the line with this number was typed; 0: after the start."""

    line: int
    seconds: float


def drawn(chance: Random) -> Plan:
    """A plan for one life; every fifth process dies while it starts."""
    line = chance.choice((0, *(range(1, LINES + 1))))
    return Plan(line, chance.random() * (ANSWERING if line else STARTING))


NEVER = Plan(WHOLE, 0.0)


def live(folder: Path, person: Person, plan: Plan) -> bool:
    """One process: the talk goes on until it is killed (True) or the person has signed."""
    made = state.is_made(folder)
    talk = state.session(folder, person.user) if made else None
    expected = made and state.is_shown_something(folder, person.user)
    with open_console(folder, person.user) as console:
        if plan.line:
            return _talk(console, person, plan, _greeted(console, person, talk) if expected else None)
        time.sleep(plan.seconds)
        console.kill()
        return True


def _talk(console: Console, person: Person, plan: Plan, card: Card | None) -> bool:
    """Line by line; the next one only when the answer to the last is there."""
    for number in range(1, plan.line + 1):
        if person.signed:
            break
        card = _say(console, person, card, plan if number == plan.line else None)
    if console.process.returncode is not None:
        return True
    assert person.signed, console.printed
    assert console.leave() == 0, console.ended
    return False


def _greeted(console: Console, person: Person, talk: Session | None) -> Card:
    """Whoever was in the middle of something is shown where they are, before they type a word."""
    assert console.wait_for(0), console.ended
    card = console.cards[-1]
    assert talk is None or question(card) == talk.at, f"{person.user} is asked {talk.at} and sees {card}"
    person.see(None, "", card)
    return card


def _say(console: Console, person: Person, card: Card | None, plan: Plan | None) -> Card | None:
    """Type the next line and read what follows; where there is a plan, the process dies meanwhile."""
    typed, known = person.line(card), len(console.cards)
    console.say(typed)
    if plan:
        time.sleep(plan.seconds)
        console.kill()
    else:
        assert console.wait_for(known), console.ended
    for following in console.cards[known:]:
        person.see(card, typed, following)
        card = following
    return card


def check(folder: Path, person: Person) -> None:
    """What was answered and followed by a card is kept: in the open talk, or signed, and signed once."""
    if not state.is_made(folder):
        assert not person.answers
        return
    talk, signed = state.session(folder, person.user), state.signed(folder, person.user)
    assert len(signed) <= 1, f"{person.user} signed {len(signed)} times"
    assert signed or not person.signed, f"{person.user} was thanked, and nothing is there"
    if person.answers and not signed:
        assert talk, f"the talk of {person.user} is lost"
        lost = {key for key in person.answers if key not in talk.answers}
        assert not lost, f"{person.user} answered {person.answers}, kept is {talk.answers}"
