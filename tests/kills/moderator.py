"""Moderators on Discord, who decide by the cards at the desk, one after another; each sees all of them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from bot.campaign.endorsement import State
from tests.kills.member import Member, read
from tests.kills.patience import LATE, SOON, changes, times
from tests.kills.person import label
from tests.peers.discord.message import Message
from tests.peers.discord.people import Person
from tests.peers.discord.things import Channel

NUMBER = re.compile(r"(?:Union|Nowak) (\d+)")
BUTTONS = {
    State.PUBLISHED: ("b.approve",),
    State.REJECTED: ("b.not-now", "b.reason-unconfirmed"),
    State.IN_REVIEW: (),
}
"""What leads to a decision, in order."""
NOTICES = {State.PUBLISHED: "notice.published", State.REJECTED: "notice.decided"}


def meant(text: str) -> State:
    """What every moderator has in mind for whoever is named in the text; no two of them disagree."""
    found = NUMBER.search(text)
    assert found, text
    return {2: State.IN_REVIEW, 3: State.REJECTED}.get(int(found[1]) % 5, State.PUBLISHED)


def notices(who: Member) -> int:
    """How often somebody was told that something was decided."""
    heads = [message.text.partition("\n")[0] for message in who.account.dm.from_bot]
    return sum(heads.count(label(key)) for key in NOTICES.values())


def _button(card: Message) -> str:
    wanted = map(label, BUTTONS[meant(card.text)])
    return next((name for name in wanted if name in card.buttons), "")


@dataclass
class Desk:
    """The moderators' channel, who signs, and the cards of which somebody was told that they are old."""

    channel: Channel
    members: Sequence[Member]
    late: set[int] = field(default_factory=set)

    @property
    def undecided(self) -> list[Message]:
        """The cards on which there is something to be pressed.

        Nobody is refused who was not thanked yet: they would sign again, and rightly.
        """
        waiting = [card for card in self.channel.from_bot if card.id not in self.late and _button(card)]
        return [card for card in waiting if meant(card.text) is not State.REJECTED or self._thanked(card)]

    @property
    def stale(self) -> list[Message]:
        """The cards that still ask for what is decided: their change waits, or was overwritten."""
        return [card for card in self.channel.from_bot if card.id in self.late and _button(card)]

    def cards(self, who: Member) -> list[Message]:
        """The cards of somebody's."""
        return [card for card in self.channel.from_bot if f"{who.name}," in read(card).text]

    def _thanked(self, card: Message) -> bool:
        return any(who.person.signed and f"{who.name}," in card.text for who in self.members)


@dataclass
class Moderator:
    """One moderator; ``tried`` is how often nothing happened and they tried again."""

    account: Person
    desk: Desk
    chance: Random
    tried: int = 0

    async def decide(self, over: Callable[[], bool]) -> None:
        """Card by card, in no order, until it is over."""
        while not over():
            if waiting := self.desk.undecided:
                await self._press(self.chance.choice(waiting))
            await asyncio.sleep(self.chance.random() * 0.1)

    async def _press(self, card: Message) -> None:
        """Press what comes next, and look whether the card changes, or is said to be old."""
        asked = [self.account.press(_button(card), card) for _ in range(times(self.chance))]
        seconds = self.chance.uniform(SOON, LATE)
        self.tried += not await changes(self.account.server, lambda: (card.content, card.buttons), seconds)
        if any(label("b.see-card") in message.buttons for each in asked for message in each.messages):
            self.desk.late.add(card.id)
