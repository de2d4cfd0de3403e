"""Somebody on Telegram who signs by pressing what they see; some go away half-way, some take it back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from random import Random

from tests.kills.cards import Card
from tests.kills.person import START, Person, individual, label, organisation
from tests.peers import telegram_people
from tests.peers.telegram_chats import Message
from tests.peers.telegram_server import TelegramServer

PATIENCE = 60.0
"""Seconds until something that does not come is given up: no bound that a test asserts."""
PATIENT = 10_000
"""More steps than anybody takes."""
WAYS_BACK = ("b.take-back", "b.take-name-off", "b.my-sign-on")
TAKEN_BACK = "b.undo-10"
"""Only the card that says so has this button."""


@dataclass
class Seat:
    """One person, their account, and what they mean to do; ``ended`` once they have done it."""

    person: Person
    account: telegram_people.Person
    chance: Random
    lines: int
    """They go away after so many steps, signed or not."""
    withdraws: bool
    withdrawn: bool = False
    ended: bool = False

    @property
    def newest(self) -> Message | None:
        """The bot's newest message."""
        return self.account.chat.from_bot[-1] if self.account.chat.from_bot else None

    @property
    def sight(self) -> tuple[object, ...]:
        """What a person can tell apart: the newest message, its words and its buttons."""
        seen = self.newest
        return (seen.id, seen.text, str(seen.keyboard)) if seen else ()


def seat(server: TelegramServer, number: int, chance: Random) -> Seat:
    """The next person, of either kind in turn; every sixth goes away, every fifth takes it back."""
    person = (individual if number % 2 else organisation)(number)
    person.user = str(1000 + number)
    account = server.user(1000 + number)
    lines = chance.randint(2, 4) if number % 6 == 5 else PATIENT
    return Seat(person, account, chance, lines, number % 5 == 0)


def card(message: Message) -> Card:
    """A message as the card a person reads."""
    return Card(
        " ".join(message.plain.split()), {name: number for number, name in enumerate(message.labels, 1)}
    )


async def play(seat: Seat) -> None:
    """Step by step; the next one only when something new is to be seen."""
    await _step(seat, START)
    steps = 1
    while not seat.person.signed and steps < seat.lines:
        assert seat.newest
        await _step(seat, seat.person.line(card(seat.newest)))
        steps += 1
    if seat.person.signed and seat.withdraws:
        await _withdraw(seat)
    seat.ended = True


async def _withdraw(seat: Seat) -> None:
    """Press what takes it back, until a card says that it is."""
    while not seat.withdrawn:
        await _step(seat, _way_back(seat))
        assert seat.newest
        seat.withdrawn = label(TAKEN_BACK) in card(seat.newest).buttons


def _way_back(seat: Seat) -> str:
    """The number of the button that takes it back, through the own sign-on where that comes first.

    After a kill another card may stand below, an old question or the answer to words said twice.
    """
    assert seat.newest
    buttons = card(seat.newest).buttons
    return next((str(buttons[label(key)]) for key in WAYS_BACK if label(key) in buttons), "/mine")


async def _step(seat: Seat, typed: str) -> None:
    """Do one thing and wait until something else is to be seen."""
    before, sight = seat.newest, seat.sight
    known = card(before) if before else None
    if before and typed.isdigit():
        _press(seat, before, before.labels[int(typed) - 1])
    else:
        seat.account.say(typed)
    await seat.account.server.until(lambda: seat.sight != sight, PATIENCE)
    await asyncio.sleep(seat.chance.random() * 0.1)
    assert seat.newest
    seat.person.see(known, typed, card(seat.newest))


def _press(seat: Seat, message: Message, name: str) -> None:
    """Press a button; the impatient press twice."""
    for _ in range(2 if seat.chance.random() < 0.2 else 1):
        seat.account.tap(message, name)
