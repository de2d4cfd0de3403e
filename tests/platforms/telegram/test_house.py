"""The whole bot, by polling and by webhook: from /start to the published name, and through crashes."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import TypeVar, cast

import pytest

from bot.ports import Store, StoreFull, Tx
from tests.peers.telegram_chats import Chat
from tests.peers.telegram_people import Person, Press
from tests.peers.telegram_server import TelegramServer
from tests.peers.telegram_weather import Fault
from tests.platforms.telegram.house import House, make_house
from tests.stage import shipped

T = TypeVar("T")
NAMES = (
    "Riverbank League",
    "Harbour Union",
    "Orchard Circle",
    "Lantern Front",
    "Meadow Network",
    "Granite Hall",
)
SUNDAY = timedelta(hours=113, minutes=1)
"""From the hour of the stage to Sunday 10:00 in Kuala Lumpur, and a little more."""


@pytest.fixture(params=["polling", "webhook"])
async def house(server: TelegramServer, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    built = make_house(server, shipped(), request.param, "names=1-17 undo=0 milestones=18")
    await built.open()
    yield built
    await built.close()


@pytest.fixture
def mira(server: TelegramServer) -> Person:
    return server.user(5)


async def sign(house: House, who: Person, name: str) -> None:
    """From /start to the one tap that signs."""
    who.start("palestine")
    await house.tap(who, who.chat, "b.sign-organisation")
    await house.text(who.chat, "Which organisation")
    who.say(name)
    await house.tap(who, who.chat, "dialog.skip")
    await house.text(who.chat, "Which country")
    who.say("Germany")
    await house.text(who.chat, "Who signs")
    who.say("Mira, chair")
    await house.tap(who, who.chat, "b.sign-and-publish")


async def test_moments_are_told_by_the_readers_own_clock(server: TelegramServer, mira: Person) -> None:
    house = make_house(server, shipped(), "polling", "names=1-17 undo=10")
    await house.open()
    await sign(house, mira, "Lantern Front")
    await house.card(mira.chat, "b.clear")
    await house.tick()
    due = house.clock.now() + timedelta(minutes=10)
    press = await house.tap(house.asa, house.desk, "b.approve")
    await server.until(lambda: isinstance(press, Press) and press.answer is not None)
    await house.tick()
    card = await house.card(house.desk, "b.undo-approval")
    (moment,) = [mark for mark in card.shown.entities if mark["type"] == "date_time"]
    assert moment["unix_time"] == int(due.timestamp())
    assert card.shown.marked("date_time")[0].endswith("(GMT+08:00)")
    await house.close()


class Held:
    """A store that does nothing while its gate is shut, and keeps nothing while it is full."""

    def __init__(self, real: Store) -> None:
        self.gate = asyncio.Event()
        self.gate.set()
        self.real = real
        self.full = False
        self.refused = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self.real, name)

    async def transaction(self, work: Callable[[Tx], T]) -> T:
        await self.gate.wait()
        if self.full:
            self.refused += 1
            raise StoreFull
        return await self.real.transaction(work)


async def test_typing_shows_where_the_store_is_slow_and_only_there(
    server: TelegramServer, mira: Person
) -> None:
    house = make_house(server, shipped(), "polling", "names=1-17 undo=0")
    house.slow = 600.0
    await house.open()
    await sign(house, mira, "Lantern Front")
    card = await house.card(mira.chat, "b.clear")
    await house.close()
    assert not mira.chat.actions
    held = Held(house.store)
    house.store, house.slow = cast("Store", held), 0.05
    await house.open()
    held.gate.clear()
    mira.say("/mine")
    await server.until(lambda: mira.chat.actions == ["typing"])
    assert mira.chat.last is card
    held.gate.set()
    await house.card(mira.chat, "b.take-back")
    await house.close()


@pytest.mark.parametrize(("mode", "tried"), [("polling", 2), ("webhook", 1)])
async def test_that_nothing_can_be_kept_is_said_once_and_the_answer_comes_when_it_can(
    server: TelegramServer, mira: Person, mode: str, tried: int
) -> None:
    house = make_house(server, shipped(), mode, "names=1-17 undo=0")
    held = Held(house.store)
    house.store = cast("Store", held)
    await house.open()
    mira.start("palestine")
    await house.card(mira.chat, "b.sign-organisation")
    held.full = True
    mira.say("/mine")
    await server.until(lambda: held.refused > 3)
    mira.say("/list")
    await server.until(lambda: held.refused > 5)
    held.full = False
    await house.card(mira.chat, "b.page-on")
    words = house.label("store.full")
    assert [message.plain for message in mira.chat.from_bot].count(words) == tried, (
        "a webhook brings the second only after the first"
    )
    await house.close()


def no_links(server: TelegramServer) -> None:
    """Assert that Telegram made no link of anything the bot said."""
    said = [message for chat in server.chats.values() for message in chat.from_bot]
    shown = [each for message in said for each in (message.shown, *message.edits)]
    assert not [each for each in shown if each.links], "a link"


async def test_from_start_to_the_published_name(server: TelegramServer, house: House, mira: Person) -> None:
    await sign(house, mira, "Riverbank League")
    await house.text(mira.chat, "Thank you")
    await house.tick()
    press = await house.tap(house.asa, house.desk, "b.approve")
    await server.until(lambda: getattr(press, "answer", None) is not None)
    await house.tick()
    assert len(house.desk.from_bot) == 1, "the card is changed in place"
    assert "Riverbank League, Germany" in house.desk.last.plain
    assert "Approved" in house.desk.last.plain or "list" in house.desk.last.plain
    await house.tap(mira, mira.chat, "b.show")
    await house.text(mira.chat, "number 18")
    assert (await house.listed())[-1] == "Riverbank League, Germany"
    await server.until(lambda: all(press.answer is not None for press in mira.presses))
    await server.until(lambda: not server.updates.queue)
    no_links(server)
    assert not server.weather.floods


async def test_a_name_that_looks_like_a_tag(server: TelegramServer, house: House, mira: Person) -> None:
    mira.say("/list")
    mira.tap(await house.text(mira.chat, "Praxis"), "Next page ›")
    found = await house.text(mira.chat, "#GegarAmerika")
    assert "#\u2060GegarAmerika" in found.text
    assert len(mira.chat.from_bot) == 1
    no_links(server)


async def test_a_card_is_changed_in_place(server: TelegramServer, house: House, mira: Person) -> None:
    mira.start("palestine")
    await house.tap(mira, mira.chat, "b.sign-organisation")
    await house.text(mira.chat, "Which organisation")
    assert len(mira.chat.from_bot) == 1
    no_links(server)


async def test_a_kill_between_the_commit_and_the_answer(
    server: TelegramServer, house: House, mira: Person
) -> None:
    mira.start("palestine")
    await house.tap(mira, mira.chat, "b.sign-organisation")
    await house.text(mira.chat, "Which organisation")
    server.weather.expect(Fault.HANG, "sendMessage", seconds=60)
    mira.say("Riverbank League")
    await server.until(lambda: len(server.called("sendMessage")) == 2)
    await house.kill()
    assert len(mira.chat.from_bot) == 1, "nobody heard the question"
    await house.open()
    await house.card(mira.chat, "dialog.skip")
    await server.until(lambda: not server.updates.queue)
    await house.tap(mira, mira.chat, "dialog.skip")
    await house.text(mira.chat, "country")


async def test_many_kills_lose_nobody(server: TelegramServer, house: House) -> None:
    people = [server.user(100 + number) for number in range(len(NAMES))]
    talks = [asyncio.ensure_future(sign(house, who, name)) for who, name in zip(people, NAMES, strict=True)]
    chance = random.Random(house.mode)
    for _ in range(8):
        await asyncio.sleep(chance.uniform(0.01, 0.15))
        await house.kill()
        await house.open()
    await asyncio.gather(*talks)
    for who, name in zip(people, NAMES, strict=True):
        await house.text(who.chat, name)
    await server.until(lambda: not server.updates.queue)
    waiting = await house.store.read(lambda tx: tx.endorsements.waiting("", 100))
    assert sorted(each.entry.name for each in waiting) == sorted(NAMES)
    no_links(server)


async def test_a_kill_before_anything_is_stored(server: TelegramServer, house: House, mira: Person) -> None:
    await house.kill()
    mira.start("palestine")
    await house.open()
    await house.card(mira.chat, "b.sign-organisation")
    await server.until(lambda: not server.updates.queue)
    assert len(mira.chat.from_bot) == 1


async def test_an_answer_whose_receipt_was_lost_is_said_again(
    server: TelegramServer, house: House, mira: Person
) -> None:
    server.weather.expect(Fault.LOST, "sendMessage")
    mira.start("palestine")
    await house.card(mira.chat, "b.sign-organisation")
    await server.until(lambda: not server.updates.queue)
    await house.kill()
    await house.open()
    await server.until(lambda: len(mira.chat.from_bot) == 2)
    assert mira.chat.from_bot[0].text == mira.chat.from_bot[1].text


async def test_a_moderators_card_through_bad_weather(
    server: TelegramServer, house: House, mira: Person
) -> None:
    await sign(house, mira, "Riverbank League")
    await house.text(mira.chat, "Thank you")
    server.weather.expect(Fault.FLOOD, "sendMessage", chat=house.desk.id, seconds=0.2)
    await house.tick()
    assert not house.desk.from_bot
    await asyncio.sleep(0.25)
    server.weather.expect(Fault.ERROR, "sendMessage", chat=house.desk.id)
    await house.tick(timedelta(seconds=5))
    await house.tick(timedelta(seconds=30))
    assert len(house.desk.from_bot) == 1
    server.weather.expect(Fault.LOST, "editMessageText", chat=house.desk.id)
    await house.tap(house.asa, house.desk, "b.approve")
    await server.until(lambda: all(press.answer is not None for press in house.asa.presses))
    await house.tick()
    await house.tick(timedelta(seconds=30))
    assert len(house.desk.from_bot) == 1, "an edit may be repeated"
    assert (await house.listed())[-1] == "Riverbank League, Germany"
    assert len(server.weather.floods) == 1, "nothing was sent while it was not wanted"


async def test_who_blocks_the_bot_holds_up_nobody(server: TelegramServer, house: House, mira: Person) -> None:
    await sign(house, mira, "Riverbank League")
    await house.text(mira.chat, "Thank you")
    await house.tick()
    mira.block()
    await house.tap(house.asa, house.desk, "b.approve")
    await server.until(lambda: not server.updates.queue)
    before = len(server.called("sendMessage"))
    for _ in range(3):
        await house.tick(timedelta(minutes=30))
    told = [call for call in server.called("sendMessage")[before:] if call["chat_id"] == 5]
    assert len(told) <= 1
    assert (await house.listed())[-1] == "Riverbank League, Germany"


async def subscribe(house: House, who: Person, room: Chat) -> None:
    """/channel, and two taps."""
    who.say(f"/channel@{house.server.bot.username}", room)
    await house.tap(who, room, "b.yes-sample")
    await house.tap(who, room, "b.start-posting")
    await house.text(room, "Set.")
    await house.tick()


async def test_a_room_gets_its_post_once_whatever_the_wire_does(server: TelegramServer, house: House) -> None:
    room = server.group(-1007, "News", members={9: "administrator", 5: "member"})
    server.user(5).say("/channel", room)
    await house.text(room, house.label("guard.administrators"))
    await subscribe(house, house.asa, room)
    assert len(server.called("getChatMember")) == 4, "who runs it is asked at each tap"
    said = len(room.from_bot)
    server.weather.expect(Fault.LOST, "sendMessage", chat=room.id)
    await house.tick(SUNDAY)
    await house.tick()
    assert len(room.from_bot) == said + 1
    await house.card(house.desk, "b.it-is-there")
    await house.kill()
    await house.open()
    await house.tap(house.asa, house.desk, "b.it-is-there")
    await server.until(lambda: all(press.answer is not None for press in house.asa.presses))
    await house.tick()
    assert len(room.from_bot) == said + 1
    no_links(server)


async def test_a_group_that_moved_is_followed(server: TelegramServer, house: House) -> None:
    group = server.group(-7, "News", "group", members={9: "administrator"})
    await subscribe(house, house.asa, group)
    new = server.migrate(group, -1007)
    await house.tick(SUNDAY)
    await house.tick()
    assert len(new.from_bot) == 1
    assert new.last.labels == [house.label("b.sign"), house.label("b.read")]


async def test_a_post_leads_into_our_chat(server: TelegramServer, house: House, mira: Person) -> None:
    room = server.group(-1007, "News", members={9: "administrator"})
    await subscribe(house, house.asa, room)
    await house.tick(SUNDAY)
    mira.tap(room.last, house.label("b.sign"))
    await house.card(mira.chat, "b.sign-organisation")
