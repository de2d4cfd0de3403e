"""[Clear this talk]: one card remains of a private chat, and of nobody else's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Attachment, Came, Incoming, Outgoing
from bot.dialog.text import paragraph
from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.reading import read
from bot.platforms.telegram.traces import BELOW
from bot.ports import Fate
from tests.peers.telegram_people import Person
from tests.peers.telegram_server import TelegramServer
from tests.peers.telegram_weather import Fault
from tests.platforms.telegram.house import make_house
from tests.platforms.telegram.test_house import sign
from tests.stage import shipped

HOME = ChatRef("telegram", "5")
CARD = Outgoing((paragraph("A card"),))
CLEAR = Outgoing((paragraph("Cleared"),), replaces=True, clears=True)
TWO_DAYS = 48 * 3600


@pytest.fixture
def mira(server: TelegramServer) -> Person:
    return server.user(5)


async def say(server: TelegramServer, messenger: TelegramMessenger, who: Person, text: str) -> Incoming:
    """Somebody says something and gets a card."""
    assert messenger.me
    who.say(text)
    incoming = read(server.updates.queue[-1].body, messenger.me)
    assert incoming
    await messenger.answer(incoming, CARD)
    return incoming


async def test_both_sides_are_taken_away_and_one_card_remains(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person
) -> None:
    tim = server.user(6)
    for number in range(5):
        await say(server, messenger, tim, f"tim {number}")
        asked = await say(server, messenger, mira, f"mira {number}")
    receipt = await messenger.answer(asked, CLEAR)
    assert receipt.fate is Fate.SENT
    assert [message.text for message in mira.chat.messages.values()] == ["Cleared"]
    assert len(tim.chat.messages) == 10


async def test_what_was_seen_is_found_however_much_others_say_in_between(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person
) -> None:
    tim = server.user(6)
    asked = await say(server, messenger, mira, "long ago")
    await messenger.answer(
        asked, replace(CARD, attachment=Attachment("names.txt", b"1. Praxis", "text/plain"))
    )
    for _ in range(BELOW + 10):
        tim.say("x")
    asked = await say(server, messenger, mira, "now")
    await messenger.answer(asked, CLEAR)
    assert [message.text for message in mira.chat.messages.values()] == ["Cleared"]


async def test_a_process_that_has_just_begun_clears_what_is_near(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person
) -> None:
    await say(server, messenger, mira, "before")
    asked = await say(server, messenger, mira, "after")
    anew = TelegramMessenger(server.token, server.api, patience=2)
    await anew.open()
    await anew.answer(asked, CLEAR)
    await anew.close()
    assert [message.text for message in mira.chat.messages.values()] == ["Cleared"]


@pytest.mark.parametrize("old", [1, 7, 40])
async def test_what_is_too_old_stays_and_keeps_nothing_younger(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person, old: int
) -> None:
    for number in range(20):
        asked = await say(server, messenger, mira, str(number))
    there = [*mira.chat.messages.values()]
    for message in there[:old]:
        message.date -= TWO_DAYS + 60
    receipt = await messenger.answer(asked, CLEAR)
    assert receipt.fate is Fate.SENT
    assert [*mira.chat.messages.values()][:-1] == there[:old]
    assert len(server.called("deleteMessages")) < 20


@pytest.mark.parametrize("fault", [Fault.FLOOD, Fault.LOST, Fault.CUT, Fault.HTML])
async def test_what_went_wrong_is_tried_again_and_leaves_one_card(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person, fault: Fault
) -> None:
    asked = await say(server, messenger, mira, "hello")
    server.weather.expect(fault, method="deleteMessages", seconds=1)
    receipt = await messenger.answer(asked, CLEAR)
    assert receipt.fate in {Fate.UNSENT, Fate.UNKNOWN}
    server.weather.calm()
    again = Incoming("", Came.PRESS, HOME, asked.person)
    assert (await messenger.answer(again, CLEAR)).fate is Fate.SENT
    assert [message.text for message in mira.chat.messages.values()] == ["Cleared"]


async def test_nothing_is_taken_away_in_a_room(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person
) -> None:
    room = server.group(-1007, members={5: "administrator"})
    mira.say("/channel@solidarity_bot", room)
    assert messenger.me
    asked = read(server.updates.queue[-1].body, messenger.me)
    assert asked
    await messenger.answer(asked, CLEAR)
    assert len(room.messages) == 2
    assert not server.called("deleteMessages")


async def test_the_whole_bot_clears_a_talk_through_a_crash(server: TelegramServer, mira: Person) -> None:
    house = make_house(server, shipped(), "polling", "names=1-17 undo=0")
    await house.open()
    await sign(house, mira, "Lantern Front")
    await house.card(mira.chat, "b.clear")
    server.weather.expect(Fault.HANG, method="deleteMessages", seconds=5)
    await house.tap(mira, mira.chat, "b.clear")
    await server.until(lambda: server.called("deleteMessages"))
    await house.kill()
    server.weather.calm()
    assert len(mira.chat.messages) > 5
    await house.open()
    await server.until(lambda: len(mira.chat.messages) == 1)
    assert mira.chat.last.labels == [house.label("b.home")]
    await house.tap(mira, mira.chat, "b.home")
    await house.card(mira.chat, "b.mine")
    await house.close()
