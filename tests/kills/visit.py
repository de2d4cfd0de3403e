"""What somebody on Discord goes through: they sign, some go away and come back, some take it back.

What met no living process fails in their eyes, and nothing tells it again: they try once more, as people do.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tests.kills.cards import Card
from tests.kills.deeds import command, do_next, press, submit, take_back
from tests.kills.member import Member
from tests.kills.patience import LATE, SOON, changes
from tests.kills.person import label, question
from tests.kills.seat import TAKEN_BACK
from tests.peers.discord.modals import parts_of

GO_ON = "b.go-on"
TRIES = 3
"""Whom so many tries bring no answer, while the process lives, is left alone."""


async def play(who: Member) -> None:
    """Step by step until they have signed, or go away."""
    await _until_new(who, lambda: command(who, "sign"))
    steps = 1
    while not who.person.signed and steps < who.lines:
        await _step(who)
        steps += 1
    while who.person.signed and who.withdraws and not who.withdrawn:
        await _until_new(who, lambda: take_back(who))
        who.withdrawn = who.has(TAKEN_BACK)
    who.ended = True


async def come_back(who: Member) -> None:
    """Load the client anew and ask; whoever went away half-way goes on to the question they are at."""
    who.account.reload()
    signed = who.person.signed
    await _be_answered(who, lambda: command(who, "mine" if signed else "sign"))
    if not who.person.signed and who.has(GO_ON):
        await _be_answered(who, lambda: press(who, label(GO_ON)))
    form = who.account.form
    asked = parts_of(form.modal) if form and form.modal else [question(who.card)] if who.card else []
    who.shown = frozenset(asked)


async def _be_answered(who: Member, act: Callable[[], str]) -> None:
    """Do one thing of which a living process leaves nobody without an answer."""
    for _ in range(TRIES):
        act()
        asked = who.account.asked[-1]
        if await changes(who.account.server, lambda: asked.waits, 2 * LATE):  # noqa: B023
            break
        who.alone += 1
    assert who.alone < TRIES, f"{who.person} is left without an answer"
    if who.card:
        who.person.see(None, "", who.card)


async def _step(who: Member) -> None:
    """Do the next thing until something new is to be seen; by and by they ask where they are instead."""
    if not await _do(who, lambda: do_next(who)):
        again = who.sent and who.chance.random() < 0.5
        await _do(who, (lambda: submit(who)) if again else (lambda: command(who, "sign")))


async def _until_new(who: Member, act: Callable[[], str]) -> None:
    """Do one thing again and again, until something new is to be seen."""
    while not await _do(who, act):
        pass


async def _do(who: Member, act: Callable[[], str]) -> bool:
    """Do one thing; whether anything new was to be seen before their patience ended."""
    before = who.card
    typed = act()
    if not await changes(who.account.server, lambda: who.sight, who.chance.uniform(SOON, LATE)):
        who.tried += 1
        return False
    await asyncio.sleep(who.chance.random() * 0.1)
    assert who.card or who.account.form
    if who.card:
        who.person.see(before, typed, who.card)
        _note_form(who, who.card)
    return True


def _note_form(who: Member, card: Card) -> None:
    """What was sent by a form and followed by a question that does not stand in it is answered."""
    form = who.sent and who.sent.modal
    if form and question(card) not in {"", *parts_of(form)}:
        who.person.answers |= who.given
        who.sent, who.given = None, {}
