"""The real process on the strict Discord, killed again and again while people sign and moderators decide."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.kills.member import Member, member
from tests.kills.moderator import Desk, Moderator
from tests.kills.seat import PATIENCE
from tests.kills.visit import come_back, play
from tests.peers.discord.people import Person
from tests.peers.discord.things import Channel, Guild
from tests.peers.discord_server import DiscordServer

CHECKOUT = Path(__file__).parents[2]
SEATS, MODERATORS = 8, 2
"""So many people sign at once, and so many decide."""
FIRST_PERSON, FIRST_MODERATOR = 7_712_000_000, 7_711_000_000
CALLS, STARTING, CALLING = 30, 3.0, 0.05
"""A process dies after at most so many answers and so many seconds more; or within seconds of its start."""
ANSWERS = ("/callback", "/webhooks/", "/messages")
QUIET = 1.0
"""Seconds without an answer after which everything is said."""


@dataclass
class Night:
    """One server, one state folder, everybody who played, and how often the process was killed.

    ``room`` is where some people use commands, ``desk`` the moderators' channel beside it. ``over`` is when
    nobody comes any more, ``closed`` when no
    moderator decides any more.
    """

    server: DiscordServer
    folder: Path
    chance: Random
    environ: dict[str, str] = field(default_factory=dict)
    played: list[Member] = field(default_factory=list)
    kills: int = 0
    over: bool = False
    closed: bool = False
    guild: Guild = field(init=False)
    desk: Desk = field(init=False)
    room: Channel = field(init=False)
    moderators: list[Moderator] = field(init=False)

    def __post_init__(self) -> None:
        self.guild = self.server.guild(9 << 22)
        self.desk = Desk(self.server.rooms.add(self.guild, "desk"), self.played)
        self.room = self.server.rooms.add(self.guild, "room")
        accounts = [self._join(FIRST_MODERATOR + number) for number in range(MODERATORS)]
        self.moderators = [Moderator(each, self.desk, self.chance) for each in accounts]

    @property
    def said(self) -> Path:
        """What all processes of the night wrote to their outputs."""
        return self.folder.parent / "said"

    def newcomer(self) -> Member:
        """The next person, who is in the room too."""
        number = len(self.played)
        account = self._join(FIRST_PERSON + number)
        self.played.append(member(account, self.room, number, self.chance))
        return self.played[-1]

    def _join(self, number: int) -> Person:
        account = self.server.user(number)
        self.server.rooms.join(self.guild, account)
        return account

    def answers(self) -> int:
        """How many calls there were that say something to somebody."""
        return sum(any(road in name for road in ANSWERS) for name, _ in self.server.calls)


@asynccontextmanager
async def running(night: Night) -> AsyncIterator[asyncio.subprocess.Process]:
    """``bot run``; what is left of it is killed."""
    environ = {
        **os.environ,
        "BOT_STATE": str(night.folder),
        "BOT_LOG_LEVEL": "DEBUG",
        "BOT_DISCORD_TOKEN": night.server.token,
        "BOT_DISCORD_API": night.server.api,
        "BOT_DISCORD_GATEWAY": night.server.ws,
        "BOT_MODERATORS_CHAT": f"discord:{night.desk.channel.id}",
        **night.environ,
    }
    command = (sys.executable, "-m", "bot", "run")
    with night.said.open("ab") as said:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=CHECKOUT, env=environ, stdout=said, stderr=said
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def spend(night: Night, kills: int) -> None:
    """The whole night: people play, so many processes are killed, and the last one is left in peace."""
    async with asyncio.TaskGroup() as group:
        for _ in range(SEATS):
            group.create_task(_sit(night))
        for each in night.moderators:
            group.create_task(each.decide(lambda: night.closed))
        while night.kills < kills:
            await _live(night)
        group.create_task(_rest(night))


async def _sit(night: Night) -> None:
    """One seat: whoever has ended makes room for the next, until the last kill."""
    await night.server.until(lambda: night.server.commands, PATIENCE)
    while not night.over:
        await play(night.newcomer())


async def _live(night: Night) -> None:
    """One process, killed while it starts or soon after some answer."""
    async with running(night) as process:
        if night.chance.random() < 0.2:
            await asyncio.sleep(night.chance.random() * STARTING)
        else:
            enough = night.answers() + night.chance.randint(1, CALLS)
            await night.server.until(lambda: night.answers() >= enough or process.returncode, PATIENCE)
            await asyncio.sleep(night.chance.random() * CALLING)
        assert process.returncode is None, night.said.read_text()
        process.kill()
        assert await process.wait() == -signal.SIGKILL
    night.kills += 1


async def _rest(night: Night) -> None:
    """The last process: everybody ends and comes back, everything is said; then it is asked to stop."""
    night.over = True
    async with running(night) as process:
        await night.server.until(lambda: all(each.ended for each in night.played), 4 * PATIENCE)
        await _come_back(night)
        night.closed = True
        await _all_said(night)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0, night.said.read_text()


async def _come_back(night: Night) -> None:
    """Everybody, so many at once."""
    waiting = [*night.played]

    async def one_by_one() -> None:
        while waiting:
            await come_back(waiting.pop())

    async with asyncio.TaskGroup() as group:
        for _ in range(SEATS):
            group.create_task(one_by_one())


async def _all_said(night: Night) -> None:
    """Wait until nothing follows for a while; what waits for its turn at the desk stays owed."""
    known = -1
    while known != night.answers():
        known = night.answers()
        await asyncio.sleep(QUIET)
