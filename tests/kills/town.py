"""The whole bot on a database file in bad weather, with people who have something to hide, and a room."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from bot.campaign.endorsement import Kind
from tests.kills.member import Member
from tests.kills.moderator import Desk, Moderator
from tests.kills.person import Person
from tests.kills.seat import PATIENCE, PATIENT
from tests.kills.storm import Storm
from tests.kills.visit import play
from tests.peers.discord.things import ORDINARY, Channel, Right
from tests.platforms.discord.house import House

LISTED = "Canarybird Tenants Union 11"
NAMES = (LISTED, "Quetzal Waiters Union 2", "Kakapo Bakers Union 3", "Hoatzin Nowak 13")
"""One is published, one left waiting, two are refused: the moderators go by the numbers."""
ACCOUNTS = 481_516_234_200
ASA = ACCOUNTS + 90


@dataclass
class Town:
    """A house on a database file, with a room that gets its news, and everybody there."""

    house: House
    chance: Random = field(default_factory=lambda: Random(7))
    members: list[Member] = field(default_factory=list)
    room: Channel = field(init=False)
    moderator: Moderator = field(init=False)
    storm: Storm = field(init=False)

    def __post_init__(self) -> None:
        guild = self.house.desk.guild
        assert guild
        self.room = self.house.server.rooms.add(guild, "news")
        asa = self.house.server.user(ASA, name="Asacanary")
        self.house.server.rooms.join(guild, asa, ORDINARY | Right.ADMINISTRATOR)
        self.moderator = Moderator(asa, Desk(self.house.desk, self.members), self.chance)
        self.members += [self._settle(number, name) for number, name in enumerate(NAMES)]
        self.storm = Storm(self.house, f"{self.members[1].name} canarystorm@example.org")

    def _settle(self, number: int, name: str) -> Member:
        """One who signs and has something to hide; the first is in the room, the third hears nothing."""
        kind = Kind.PERSON if "Nowak" in name else Kind.ORGANISATION
        field_of_name = "name" if kind is Kind.PERSON else "organisation"
        secrets = {"contact": f"canary{number}@example.org", "message": f"Canarian message {number}"}
        secrets |= {"representative": f"Quail Canary{number}, chair"} if kind is Kind.ORGANISATION else {}
        person = Person(str(ACCOUNTS + number), kind, {field_of_name: name, "country": "Germany", **secrets})
        account = self.house.server.user(ACCOUNTS + number, name=f"Canarina{number}")
        assert self.room.guild
        self.house.server.rooms.join(self.room.guild, account)
        account.close_dms(closed=number == 2)
        place = account.dm if number else self.room
        return Member(person, account, place, self.chance, types=number == 3, lines=PATIENT, withdraws=False)

    async def subscribe(self) -> None:
        """The room is to hear of milestones."""
        await self.house.answered(self.moderator.account.command("channel", self.room))
        for label in ("Yes, show me", "Start"):
            await self.house.press(self.moderator.account, label, self.room)

    @property
    def over(self) -> bool:
        """Whether everybody has signed, all is decided and told, and no weather is left."""
        cards = len(self.house.desk.from_bot) >= len(NAMES) and not self.moderator.desk.undecided
        posted = any(LISTED in message.content for message in self.room.from_bot)
        refused = any(body.get("code") == 50007 for _, body in self.house.server.refusals)
        signed = all(each.ended for each in self.members)
        return self.storm.is_over and signed and cards and posted and refused

    async def live(self) -> None:
        """One after another signs in the storm, while a moderator decides."""
        async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
            group.create_task(self.storm.rage())
            group.create_task(self.moderator.decide(lambda: self.over))
            group.create_task(self._tick())
            for number, member in enumerate(self.members):
                await self.house.server.until(lambda: self.storm.passed >= 4 * number, PATIENCE)  # noqa: B023
                group.create_task(play(member))

    async def _tick(self) -> None:
        """Time goes on once the storm is over: Discord's three seconds are of this clock."""
        while not self.over:
            self.house.clock.turn(timedelta(seconds=2 if self.storm.is_over else 0))
            await self.house.bot.tick()
            await asyncio.sleep(0.1)
