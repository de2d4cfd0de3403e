"""People who sign for an organisation, many at once: each goes on as soon as the answer has come."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from random import Random

from tests.peers.telegram_people import Person
from tests.peers.telegram_server import TelegramServer

PATIENCE = 60.0
"""Seconds until an answer is given up: no bound that is measured."""
FIRST = 1000
"""The account number of the first person."""


@dataclass(frozen=True, slots=True)
class Step:
    """One update: what is typed or pressed, and words of the card that answers it."""

    types: str = ""
    presses: str = ""
    answer: str = ""


STEPS = (
    Step(types="/start palestine", answer="End the genocide"),
    Step(presses="Sign for an organisation", answer="Which organisation?"),
    Step(types="{name}", answer="Does it have"),
    Step(presses="Skip", answer="country"),
    Step(types="Germany", answer="Who signs for"),
    Step(types="Mira, chair", answer="will be published"),
    Step(presses="Sign and publish", answer="Thank you"),
)
"""The talk, which our bot and the one we measure against have in common."""


async def crowd(server: TelegramServer, people: range, at_once: int) -> None:
    """These people, each with a number, sign, ``at_once`` at any time; returns when all are thanked."""
    numbers = iter(people)

    async def seat() -> None:
        for number in numbers:
            await sign(server, server.user(FIRST + number), organisation(number))

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(seat())


async def sign(server: TelegramServer, person: Person, name: str) -> None:
    """One person goes through the talk; raises AssertionError where an answer does not come."""
    for step in STEPS:
        if step.presses:
            person.press(person.chat.last, step.presses)
        else:
            person.say(step.types.format(name=name))
        try:
            await server.until(partial(_says, person, step.answer), PATIENCE)
        except AssertionError as error:
            raise AssertionError(f"{name}: no {step.answer!r}, but {person.chat.from_bot[-1:]}") from error


def organisation(number: int) -> str:
    """A name that is like no other, the same in every run: whoever is known already gets other questions."""
    chance = Random(number)
    words = (
        "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(4)) for _ in "ab"
    )
    return " ".join(word.capitalize() for word in words)


def _says(person: Person, words: str) -> bool:
    said = person.chat.from_bot
    return bool(said) and words in said[-1].plain
