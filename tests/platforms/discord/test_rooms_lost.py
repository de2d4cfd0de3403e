"""Rooms the whole bot loses on the strict Discord: parked once, told once; all other rooms go on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from bot.campaign.refs import ChatRef
from tests.peers.discord.people import Person
from tests.peers.discord.things import EVERY, ORDINARY, Channel, Guild, Right
from tests.peers.discord_server import DiscordServer
from tests.platforms.discord.house import House
from tests.platforms.discord.test_posts import SUNDAY, subscribe
from tests.stage import HandClock, shipped
from tests.transcripts.play import set_up

WEEK = timedelta(days=7)
Loss = Callable[[DiscordServer, Channel], object]


def guild_of(room: Channel) -> Guild:
    assert room.guild
    return room.guild


def unseen(server: DiscordServer, room: Channel) -> None:
    """A channel is gone, and the gateway did not tell."""
    server.channels.pop(room.id)


TOLD: dict[str, Loss] = {
    "may not write": lambda server, room: server.rooms.change(room, denied=Right.SEND),
    "may not see": lambda server, room: server.rooms.change(room, denied=Right.VIEW),
    "deleted": lambda server, room: server.rooms.delete(room),
    "put out": lambda server, room: server.rooms.remove_bot(guild_of(room)),
    "no rights": lambda server, room: server.rooms.set_rights(guild_of(room), Right.NONE),
}
"""Losses that the gateway tells of."""
REFUSED: dict[int, Loss] = {
    50013: lambda _server, room: setattr(room, "denied", Right.SEND),
    50001: lambda _server, room: setattr(room, "denied", Right.VIEW),
    10003: unseen,
}
"""Losses that only a refused post shows, by its code."""


@pytest.fixture
async def house(server: DiscordServer, clock: HandClock) -> AsyncIterator[House]:
    content, _ = set_up("setup: names=1-17 undo=0 milestones=18", shipped())
    yield House(server, content, clock, server.rooms.add(server.guild(9 << 22), "desk"))
    assert (server.failed, server.pings) == ([], [])


@pytest.fixture
def asa(house: House) -> Person:
    """Who runs both servers."""
    asa = house.server.user(9, name="Asa")
    for guild in (guild_of(house.desk), house.server.guild(10 << 22)):
        house.server.rooms.join(guild, asa, EVERY)
    return asa


def rooms_of(house: House) -> tuple[Channel, Channel]:
    """A room in each server."""
    first, other = house.server.guilds.values()
    return house.server.rooms.add(other, "lost"), house.server.rooms.add(first, "kept")


async def wishes(house: House, room: Channel) -> int:
    """How many wishes a room has."""
    return len(await house.store.read(lambda tx: tx.subscriptions.of(ChatRef("discord", str(room.id)))))


async def until_wishes(house: House, room: Channel, number: int) -> None:
    """Wait until a room has so many wishes."""
    for _ in range(1000):
        if await wishes(house, room) == number:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen")


async def pass_by(house: House) -> None:
    """Two weeks, with a post in each."""
    for wait in (SUNDAY, *[timedelta(minutes=1)] * 3, WEEK, timedelta(minutes=1)):
        await house.tick(wait)


@pytest.mark.parametrize("loss", TOLD)
async def test_a_room_is_lost_once_as_the_gateway_tells(house: House, asa: Person, loss: str) -> None:
    server, (lost, kept) = house.server, rooms_of(house)
    async with house.life():
        for room in (lost, kept):
            await subscribe(house, asa, room)
        for _ in range(2):
            TOLD[loss](server, lost)
        await until_wishes(house, lost, 0)
        await pass_by(house)
    assert (len(kept.from_bot), lost.from_bot) == (2, [])
    assert len(asa.dm.from_bot) == 1
    assert server.refusals == [], "nothing is tried there any more"


@pytest.mark.parametrize("code", REFUSED)
async def test_a_room_is_lost_once_as_a_post_is_refused(house: House, asa: Person, code: int) -> None:
    server, (lost, kept) = house.server, rooms_of(house)
    async with house.life():
        for room in (lost, kept):
            await subscribe(house, asa, room)
        REFUSED[code](server, lost)
        await pass_by(house)
    assert (len(kept.from_bot), lost.from_bot) == (2, [])
    assert [refusal["code"] for _, refusal in server.refusals] == [code], "it was tried once"
    assert len(asa.dm.from_bot) == 1
    assert not await wishes(house, lost)


async def test_an_outage_of_discord_loses_nothing(house: House, asa: Person) -> None:
    server, (room, kept) = house.server, rooms_of(house)
    async with house.life():
        for each in (room, kept):
            await subscribe(house, asa, each)
        server.rooms.lose(guild_of(room))
        await house.tick(timedelta(minutes=1))
        server.rooms.find(guild_of(room))
        await pass_by(house)
    assert (len(kept.from_bot), len(room.from_bot)) == (2, 2)
    assert asa.dm.from_bot == []


async def test_whoever_runs_a_room_is_told_which_one_and_may_wish_again(house: House, asa: Person) -> None:
    server, (lost, _) = house.server, rooms_of(house)
    async with house.life():
        await subscribe(house, asa, lost)
        server.rooms.remove_bot(guild_of(lost))
        await until_wishes(house, lost, 0)
        await house.tick()
        await house.press(asa, "Show", asa.dm)
        assert "I can no longer post in" in asa.last().text
        server.rooms.add_bot(guild_of(lost))
        await subscribe(house, asa, lost)
        await pass_by(house)
        assert len(lost.from_bot) == 2
        server.rooms.remove_bot(guild_of(lost))
        await until_wishes(house, lost, 0)
        await house.tick()
    assert len([each for each in asa.dm.from_bot if each.buttons == ["Show"]]) == 1, "told anew"


BACK: dict[str, tuple[Loss, Loss]] = {
    "in the room": (TOLD["may not write"], lambda server, room: server.rooms.change(room, denied=Right.NONE)),
    "in the server": (
        TOLD["no rights"],
        lambda server, room: server.rooms.set_rights(guild_of(room), ORDINARY),
    ),
}
"""How rights go, and how they return."""


@pytest.mark.parametrize("where", BACK)
@pytest.mark.parametrize("restarted", [False, True])
async def test_posts_come_back_with_our_rights(
    house: House, asa: Person, where: str, *, restarted: bool
) -> None:
    server, (room, _) = house.server, rooms_of(house)
    go, come = BACK[where]
    async with house.life():
        await subscribe(house, asa, room)
        go(server, room)
        await until_wishes(house, room, 0)
        if not restarted:
            come(server, room)
            await until_wishes(house, room, 1)
    async with house.life():
        if restarted:
            await server.until(lambda: house.messenger.api.client.get_channel(room.id))
            come(server, room)
            await until_wishes(house, room, 1)
        await pass_by(house)
    assert len(room.from_bot) == 2


async def test_what_was_stopped_while_we_could_not_speak_stays_stopped(house: House, asa: Person) -> None:
    server, (room, kept) = house.server, rooms_of(house)
    async with house.life():
        for each in (room, kept):
            await subscribe(house, asa, each)
            server.rooms.change(each, denied=Right.SEND)
            await until_wishes(house, each, 0)
        await house.answered(asa.command("stop", room))
        for each in (room, kept):
            server.rooms.change(each, denied=Right.NONE)
        await until_wishes(house, kept, 1)
        await pass_by(house)
    assert (room.from_bot, len(kept.from_bot)) == ([], 2)
