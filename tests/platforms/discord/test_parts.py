"""A message of several parts that changes: each in its place, those too many gone, those too few posted."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Outgoing
from bot.dialog.text import paragraph
from bot.ports import Fate
from tests.peers.discord.things import Channel
from tests.peers.discord.weather import Fault
from tests.peers.discord_server import DiscordServer
from tests.platforms.discord.rig import Rig, listening

WORDS = ("one ", "two ", "three ")


@pytest.fixture
async def rig(server: DiscordServer) -> AsyncIterator[Rig]:
    async with listening(server, 60) as made:
        yield made


@pytest.fixture
def room(server: DiscordServer) -> Channel:
    return server.rooms.add(server.guild(9 << 22))


def long(parts: int) -> Outgoing:
    """A text of so many parts; the words of each differ."""
    return Outgoing(tuple(paragraph(word * (1900 // len(word))) for word in WORDS[:parts]))


def starts(room: Channel) -> list[str]:
    return [message.text.split()[0] for message in room.from_bot]


@pytest.mark.parametrize("before", [1, 2, 3])
@pytest.mark.parametrize("after", [1, 2, 3])
async def test_every_part_has_its_place(rig: Rig, room: Channel, before: int, after: int) -> None:
    place = ChatRef("discord", str(room.id))
    first = await rig.messenger.send(place, long(before), nonce="d")
    there = [message.id for message in room.from_bot]
    second = await rig.messenger.send(place, long(after), replaces=first.message, nonce="d")
    now = [message.id for message in room.from_bot]
    assert (len(now), starts(room)) == (after, [word.strip() for word in WORDS[:after]])
    assert now[:before] == there[:after]
    again = await rig.messenger.send(place, long(after), replaces=second.message, nonce="d")
    assert (again, [message.id for message in room.from_bot]) == (second, now)


async def test_a_part_that_is_gone_is_posted_anew_and_a_first_one_is_told(rig: Rig, room: Channel) -> None:
    place = ChatRef("discord", str(room.id))
    first = await rig.messenger.send(place, long(3))
    del room.messages[room.from_bot[1].id]
    second = await rig.messenger.send(place, long(3), replaces=first.message)
    assert sorted(starts(room)) == ["one", "three", "two"]
    del room.messages[room.from_bot[0].id]
    assert (await rig.messenger.send(place, long(3), replaces=second.message)).reason == "lost"


async def test_what_could_not_be_taken_away_is_tried_again(rig: Rig, room: Channel) -> None:
    place = ChatRef("discord", str(room.id))
    first = await rig.messenger.send(place, long(2))
    rig.server.weather.expect(Fault.CUT, "DELETE", times=9)
    assert (await rig.messenger.send(place, long(1), replaces=first.message)).fate is Fate.UNKNOWN
    rig.server.weather.calm()
    last = await rig.messenger.send(place, long(1), replaces=first.message)
    assert (last.message, starts(room)) == (str(room.from_bot[0].id), ["one"])
