"""[Clear this talk] on the strict Discord: one card of ours remains, and nobody else's talk changes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.campaign.refs import AccountRef
from bot.dialog.messages import Came, Incoming, Outgoing
from bot.dialog.text import paragraph
from bot.platforms.discord.clearing import PAGE, PAGES
from bot.platforms.discord.client import Api
from bot.platforms.discord.messenger import DiscordMessenger
from bot.platforms.discord.reading import private_chat
from bot.ports import Fate
from tests.peers.discord.message import Message
from tests.peers.discord.people import Person
from tests.peers.discord.things import Channel
from tests.peers.discord.weather import Fault
from tests.platforms.discord import test_lives
from tests.platforms.discord.house import House

house = test_lives.house
LABEL = "Clear this talk"
CLEAR = Outgoing((paragraph("Cleared"),), clears=True)


async def clear(house: House, who: Person, where: Channel) -> None:
    await house.answered(who.command("privacy", where))
    await house.press(who, LABEL, where)


def ours(who: Person, where: Channel | None = None) -> list[Message]:
    return [each for each in who.sees(where) if each.author.is_bot]


def fill(house: House, who: Person, number: int) -> None:
    """So many cards of ours in a direct chat."""
    for _ in range(number):
        message = Message(house.server.new_id(), who.dm, house.server.bot, "A card")
        who.dm.messages[message.id] = message


async def say_again(house: House, who: Person) -> Fate:
    """The card is said by a process that has just begun, which answers no event."""
    messenger = DiscordMessenger(Api(house.server.token, house.server.api, house.server.ws))
    await messenger.try_to_open()
    account = AccountRef("discord", str(who.user.id))
    receipt = await messenger.answer(Incoming("", Came.PRESS, private_chat(account), account), CLEAR)
    await messenger.close()
    return receipt.fate


async def test_after_a_restart_what_we_said_goes_and_what_they_said_stays(house: House) -> None:
    mira, tim = house.server.user(42), house.server.user(43)
    async with house.life():
        for who in (mira, tim):
            for _ in range(3):
                await house.answered(who.command("start"))
            who.say("hello")
        await house.server.until(lambda: len(ours(mira)) == len(ours(tim)) == 4)
    async with house.life():
        before = len(ours(tim))
        await clear(house, mira, mira.dm)
        await house.server.until(lambda: len(ours(mira)) == 1)
        assert [each.text for each in mira.sees() if each.author is mira.user] == ["hello"]
        assert "delete it" in mira.last().text
        assert len(ours(tim)) == before
        await house.press(mira, "Home", mira.dm)
    assert (house.server.refusals, house.server.failed) == ([], [])


async def test_cards_for_one_alone_go_as_far_as_their_tokens_reach(house: House) -> None:
    mira, room = house.server.user(42), house.desk
    assert room.guild
    house.server.rooms.join(room.guild, mira)
    async with house.life():
        await house.answered(mira.command("list", room))
        await house.press(mira, "By country", room)
        await house.answered(mira.command("help", room))
        await house.answered(mira.command("start"))
        await clear(house, mira, room)
        await house.server.until(lambda: not ours(mira) and len(ours(mira, room)) == 1)
        assert "delete it" in mira.last(room).text
    assert (house.server.refusals, house.server.failed) == ([], [])


async def test_a_token_that_is_spent_is_left_alone(house: House) -> None:
    mira, room = house.server.user(42), house.desk
    assert room.guild
    house.server.rooms.join(room.guild, mira)
    async with house.life():
        await house.answered(mira.command("list", room))
        house.clock.turn(timedelta(minutes=20))
        await clear(house, mira, room)
        assert len(ours(mira, room)) == 2
    assert house.server.refusals == []


async def test_there_is_an_end_to_it_and_the_newest_go_first(house: House) -> None:
    mira, most = house.server.user(42), PAGE * PAGES
    fill(house, mira, most + 5)
    first = sorted(mira.dm.messages)[:5]
    async with house.life():
        assert await say_again(house, mira) is Fate.SENT
    assert sorted(mira.dm.messages)[:-1] == first


@pytest.mark.parametrize("road", ["DELETE", "GET /channels/"])
async def test_what_went_wrong_is_tried_again(house: House, road: str) -> None:
    mira = house.server.user(42)
    fill(house, mira, 3)
    async with house.life():
        house.server.weather.expect(Fault.CUT, road, times=9)
        assert await say_again(house, mira) in {Fate.UNSENT, Fate.UNKNOWN}
        house.server.weather.calm()
        assert await say_again(house, mira) is Fate.SENT
    assert [each.content for each in mira.dm.messages.values()] == ["Cleared"]


async def test_the_rest_goes_after_a_crash(house: House) -> None:
    mira = house.server.user(42)
    async with house.life():
        for _ in range(4):
            await house.answered(mira.command("start"))
        house.server.weather.expect(Fault.CUT, "DELETE /channels", times=99)
        await clear(house, mira, mira.dm)
        assert len(ours(mira)) > 1
    house.server.weather.calm()
    async with house.life():
        await house.server.until(lambda: len(ours(mira)) == 1)


async def test_what_is_pressed_while_its_card_goes_is_answered_by_a_new_one(house: House) -> None:
    mira = house.server.user(42)
    async with house.life():
        asked = await house.answered(mira.command("start"))
        assert asked.original
        del mira.dm.messages[asked.original.id]
        pressed = mira.forge(asked.original.parts[-1]["custom_id"], asked.original)
        await house.answered(pressed)
        assert pressed.original is mira.last()
        assert pressed.response == 4
    assert house.server.failed == []
