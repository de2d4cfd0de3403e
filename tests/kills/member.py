"""Somebody on Discord who signs by commands, forms, buttons or words: what they mean to do and see."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.kills.cards import Card
from tests.kills.person import Person, individual, label, organisation
from tests.kills.seat import PATIENT
from tests.peers.discord import people
from tests.peers.discord.interactions import Interaction
from tests.peers.discord.message import Message
from tests.peers.discord.things import Channel


@dataclass
class Member:
    """One person, their account, and what they mean to do; ``ended`` once they have done it."""

    person: Person
    account: people.Person
    place: Channel
    """Where they use commands: the direct chat, or a room, where nobody else sees what they do."""
    chance: Random
    types: bool
    """They close the forms and answer by words."""
    lines: int
    """They go away after so many steps, signed or not."""
    withdraws: bool
    withdrawn: bool = False
    ended: bool = False
    tried: int = 0
    """How often nothing happened and they tried again."""
    alone: int = 0
    """How often a living process did not answer when they had come back."""
    shown: frozenset[str] = frozenset()
    """The questions that were before them when they had come back."""
    sent: Interaction | None = None
    """The form they sent last, which a client keeps open until it is answered."""
    given: dict[str, str] = field(default_factory=dict)
    """What was in it of what they have to say."""

    @property
    def name(self) -> str:
        """Who is to stand in the list."""
        return self.person.words.get("organisation") or self.person.words["name"]

    @property
    def newest(self) -> Message | None:
        """What the bot wrote or changed last before their eyes."""
        seen = {m.id: m for where in (self.account.dm, self.place) for m in self.account.sees(where)}
        own = [message for message in seen.values() if message.author.is_bot]
        return max(own, key=lambda m: (m.edited or m.at, m.id), default=None)

    @property
    def card(self) -> Card | None:
        """The newest message as the card a person reads."""
        return read(self.newest) if self.newest else None

    def has(self, key: str) -> bool:
        """Whether the card before them has a button."""
        return self.card is not None and label(key) in self.card.buttons

    @property
    def sight(self) -> tuple[object, ...]:
        """What a person can tell apart: the newest message, its words and buttons, and an open form."""
        seen = self.newest
        return (self.account.form, *((seen.id, seen.content, str(seen.components)) if seen else ()))


def member(account: people.Person, room: Channel, number: int, chance: Random) -> Member:
    """The next person, of either kind in turn; every sixth goes away, every fifth takes it back.

    Every third is in the room; of the others some type.
    """
    person = (individual if number % 2 else organisation)(number)
    person.user = str(account.user.id)
    lines = chance.randint(2, 5) if number % 6 == 5 else PATIENT
    types = number % 4 in {2, 3} and number % 3 == 0
    place = room if number % 3 == 1 else account.dm
    return Member(person, account, place, chance, types, lines, number % 5 == 0)


def read(message: Message) -> Card:
    """A message as a card, without its marks."""
    words = " ".join(message.text.replace("*", "").split())
    return Card(words, {name: number for number, name in enumerate(message.buttons, 1)})
