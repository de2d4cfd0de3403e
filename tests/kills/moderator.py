"""Moderators on Discord, who decide by the cards at the desk, one after another; each sees all of them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from bot.campaign.endorsement import State
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


def meant(text: str) -> State:
    """What every moderator has in mind for whoever is named in the text; no two of them disagree."""
    found = NUMBER.search(text)
    assert found, text
    return {2: State.IN_REVIEW, 3: State.REJECTED}.get(int(found[1]) % 5, State.PUBLISHED)


def undecided(desk: Channel) -> list[Message]:
    """The cards on which there is something to be pressed."""
    return [card for card in desk.from_bot if _button(card)]


def _button(card: Message) -> str:
    wanted = map(label, BUTTONS[meant(card.text)])
    return next((name for name in wanted if name in card.buttons), "")


@dataclass
class Moderator:
    """One moderator; ``tried`` is how often nothing happened and they tried again."""

    account: Person
    desk: Channel
    chance: Random
    tried: int = 0

    async def decide(self, over: Callable[[], bool]) -> None:
        """Card by card, in no order, until it is over."""
        while not over():
            if waiting := undecided(self.desk):
                await self._press(self.chance.choice(waiting))
            await asyncio.sleep(self.chance.random() * 0.1)

    async def _press(self, card: Message) -> None:
        """Press what comes next, and look whether the card changes."""
        for _ in range(times(self.chance)):
            self.account.press(_button(card), card)
        seconds = self.chance.uniform(SOON, LATE)
        self.tried += not await changes(self.account.server, lambda: (card.content, card.buttons), seconds)
