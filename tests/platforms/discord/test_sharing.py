"""[Share here] on the strict Discord: what one person reads alone is posted for all, on purpose only."""

from __future__ import annotations

import pytest

from tests.peers.discord.message import Message
from tests.peers.discord.people import Person
from tests.peers.discord.things import ORDINARY, Channel, Kind, Right
from tests.platforms.discord import test_lives
from tests.platforms.discord.house import House

house = test_lives.house
SHARE, OPEN = "Share here", "Open for me alone"


@pytest.fixture
def room(house: House) -> Channel:
    """A channel in which Mira and Asa are."""
    assert house.desk.guild
    for number in (42, 9):
        house.server.rooms.join(house.desk.guild, house.server.user(number))
    return house.server.rooms.add(house.desk.guild)


async def read(house: House, room: Channel, command: str = "statements") -> Person:
    """Mira reads something where others are."""
    mira = house.server.people[42]
    await house.answered(mira.command(command, room))
    return mira


async def posted(house: House, room: Channel) -> list[Message]:
    await house.bot.tick()
    return room.from_bot


@pytest.mark.parametrize("command", ["statements", "greetings", "list", "sign"])
async def test_each_press_posts_once_and_leads_others_to_their_own(
    house: House, room: Channel, command: str
) -> None:
    async with house.life():
        mira = await read(house, room, command)
        shown = mira.last(room).text
        assert await posted(house, room) == []
        await house.press(mira, SHARE, room)
        assert "Shared" in mira.last(room).text
        (card,) = await posted(house, room)
        assert (card.only, card.buttons) == (None, [OPEN])
        assert card.text in shown or command == "list"
    async with house.life():
        assert len(await posted(house, room)) == 1
        asa = house.server.people[9]
        await house.press(asa, OPEN, room)
        assert (asa.last(room).only, asa.last(room).text) == (asa.user, card.text)
        assert SHARE in asa.last(room).buttons
    assert (house.server.refusals, house.server.failed, house.server.pings) == ([], [], [])


async def test_of_a_list_the_counts_are_shared_and_no_name(house: House, room: Channel) -> None:
    async with house.life():
        mira = await read(house, room, "list")
        assert "PLM" in mira.last(room).text
        await house.press(mira, SHARE, room)
        (card,) = await posted(house, room)
        assert "17 organisations" in card.text
        assert "PLM" not in card.text


async def test_a_greeting_is_shared_at_its_page(house: House, room: Channel) -> None:
    async with house.life():
        mira = await read(house, room, "greetings")
        await house.press(mira, "Begin", room)
        shown = mira.last(room).text
        await house.press(mira, SHARE, room)
        (card,) = await posted(house, room)
        assert card.text == shown


async def test_who_signed_alone_shares_the_statement_and_never_that_they_signed(
    house: House, room: Channel
) -> None:
    async with house.life():
        mira = await read(house, room, "sign")
        await house.press(mira, "Sign as a person", room)
        await house.answered(mira.submit(showing="unnamed", country="AU"))
        await house.press(mira, "Sign", room)
        await house.press(mira, SHARE, room)
        (card,) = await posted(house, room)
        assert "1 person" in card.text
        assert "Mira" not in card.content


async def test_nobody_shares_who_may_not_write_there(house: House, room: Channel) -> None:
    assert room.guild
    async with house.life():
        mira = await read(house, room)
        house.server.rooms.join(room.guild, mira, ORDINARY & ~Right.SEND)
        await house.press(mira, SHARE, room)
        assert "You may not write here" in mira.last(room).text
        await read(house, room)
        assert SHARE not in mira.last(room).buttons
        assert await posted(house, room) == []


async def test_where_we_may_not_write_one_person_alone_is_told(house: House, room: Channel) -> None:
    house.server.rooms.change(room, denied=Right.SEND)
    async with house.life():
        mira = await read(house, room)
        await house.press(mira, SHARE, room)
        assert "I may not write here" in mira.last(room).text
        assert await posted(house, room) == []
    assert house.server.refusals == []


async def test_in_a_thread_its_own_rights_count(house: House, room: Channel) -> None:
    assert room.guild
    thread = house.server.rooms.thread(room)
    async with house.life():
        mira = await read(house, thread)
        house.server.rooms.join(room.guild, mira, ORDINARY & ~Right.SEND)
        await house.press(mira, SHARE, thread)
        assert len(await posted(house, thread)) == 1


async def test_where_nobody_else_is_or_we_are_not_nothing_can_be_shared(house: House, room: Channel) -> None:
    assert room.guild
    mira = house.server.people[42]
    away = house.server.rooms.add(house.server.guild(11 << 22, here=False))
    assert away.guild
    house.server.rooms.join(away.guild, mira)
    news = house.server.rooms.add(room.guild, "news", Kind.ANNOUNCEMENT)
    async with house.life():
        for place in (mira.dm, away, news, house.server.between(mira, house.server.people[9])):
            await house.answered(mira.command("statements", place))
            assert SHARE not in mira.last(place).buttons
