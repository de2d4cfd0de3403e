"""The whole bot and the rooms it is let into: set up from our private chat, by whoever runs them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.campaign.refs import ChatRef
from tests.peers.telegram_chats import Chat
from tests.peers.telegram_people import Person, Press
from tests.peers.telegram_server import TelegramServer
from tests.peers.telegram_weather import Fault
from tests.platforms.telegram.house import House, make_house
from tests.platforms.telegram.test_house import sign
from tests.stage import shipped

POSTS = "can_post_messages"


@pytest.fixture(params=["polling", "webhook"])
async def house(server: TelegramServer, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    built = make_house(server, shipped(), request.param, "names=1-17 undo=0 milestones=18")
    await built.open()
    yield built
    await built.close()


@pytest.fixture
def channel(server: TelegramServer) -> Chat:
    return server.group(-1008, "Left Asia News", "channel", bot="left", members={9: "creator"})


async def let_in(house: House, who: Person, room: Chat, *rights: str) -> None:
    """Somebody lets the bot in, and what is owed for it goes out."""
    who.add_bot(room, "administrator" if room.kind == "channel" else "member", *rights)
    await house.server.until(lambda: not house.server.updates.queue)
    await house.tick()


async def wished(house: House, room: Chat) -> bool:
    """Whether a room gets news."""
    return bool(await house.store.read(lambda tx: tx.subscriptions.of(ChatRef("telegram", str(room.id)))))


async def test_a_channel_in_four_taps_gets_its_milestone(
    server: TelegramServer, house: House, channel: Chat
) -> None:
    asa, mira = house.asa, server.user(5)
    asa.start()
    await let_in(house, asa, channel, POSTS)
    await house.text(asa.chat, "I can now post in Left Asia News")
    await house.tap(asa, asa.chat, "b.yes-sample")
    await house.tap(asa, asa.chat, "b.start-posting")
    await house.text(asa.chat, "Set. First post:")
    await house.tap(asa, asa.chat, "b.done")
    await sign(house, mira, "Riverbank League")
    await house.card(mira.chat, "b.clear")
    await house.tick()
    press = await house.tap(asa, house.desk, "b.approve")
    await server.until(lambda: isinstance(press, Press) and press.answer is not None)
    await house.tick()
    await house.tick()
    assert [message.labels for message in channel.from_bot] == [
        [house.label("b.sign"), house.label("b.read")]
    ]
    assert "18" in channel.last.plain


async def test_an_offer_survives_a_crash_and_comes_once(
    server: TelegramServer, house: House, channel: Chat
) -> None:
    house.asa.start()
    house.asa.add_bot(channel, "administrator", POSTS)
    await server.until(lambda: not server.updates.queue)
    await house.kill()
    await house.open()
    server.weather.expect(Fault.ERROR, "sendMessage", chat=house.asa.chat.id)
    for _ in range(3):
        await house.tick(timedelta(seconds=30))
    offers = [message for message in house.asa.chat.from_bot if "Left Asia News" in message.plain]
    assert len(offers) == 1
    assert channel.from_bot == []


async def test_who_cannot_be_written_to_is_offered_it_in_a_group_and_never_in_a_channel(
    server: TelegramServer, house: House, channel: Chat
) -> None:
    room = server.group(-1007, "News", bot="left", members={9: "administrator"})
    for _ in range(2):
        for each in (room, channel):
            await let_in(house, house.asa, each, POSTS)
            await house.tick(timedelta(minutes=1))
            house.asa.add_bot(each, "left")
    assert len(room.from_bot) == 1, "once, however often we are let in"
    assert channel.from_bot == house.asa.chat.from_bot == []
    house.asa.add_bot(room)
    await house.tap(house.asa, room, "b.open-chat")
    await house.tap(house.asa, house.asa.chat, "b.yes-sample")
    await house.tap(house.asa, house.asa.chat, "b.start-posting")
    await house.text(house.asa.chat, "Set.")
    assert await wished(house, room)


async def test_without_the_right_to_post_it_is_said_what_is_missing(house: House, channel: Chat) -> None:
    house.asa.start()
    await let_in(house, house.asa, channel)
    await house.text(house.asa.chat, "I am in Left Asia News but may not post")
    await let_in(house, house.asa, channel, POSTS)
    await house.text(house.asa.chat, "I can now post in Left Asia News")


@pytest.mark.parametrize("kind", ["supergroup", "channel"])
async def test_who_hides_is_known_in_our_own_chat(server: TelegramServer, house: House, kind: str) -> None:
    room = server.group(
        -1009, "News", kind, bot="administrator", bot_rights={POSTS}, members={9: "creator", 5: "member"}
    )
    mira = server.user(5)
    house.asa.say("/channel", room, anonymous=kind == "supergroup")
    card = await house.card(room, "b.open-chat")
    mira.tap(card, house.label("b.open-chat"))
    await house.text(mira.chat, house.label("guard.administrators"))
    house.asa.tap(card, house.label("b.open-chat"))
    await house.tap(house.asa, house.asa.chat, "b.yes-sample")
    await house.tap(house.asa, house.asa.chat, "b.start-posting")
    await house.text(house.asa.chat, "Set.")
    assert await wished(house, room)
    assert room.from_bot == [card]


async def test_who_runs_a_channel_no_more_changes_nothing_with_an_old_button(
    house: House, channel: Chat
) -> None:
    house.asa.start()
    await let_in(house, house.asa, channel, POSTS)
    await house.tap(house.asa, house.asa.chat, "b.yes-sample")
    await house.card(house.asa.chat, "b.start-posting")
    channel.members[9] = "member"
    await house.tap(house.asa, house.asa.chat, "b.start-posting")
    await house.text(house.asa.chat, house.label("guard.administrators"))
    assert not await wished(house, channel)


@pytest.mark.parametrize(
    "forged",
    ["ch/telegram:-1008/on/palestine", "ch/telegram:-1/on/palestine", "ch/console:x/stop", "ch/telegram:x"],
)
async def test_a_forged_button_about_a_channel_grants_nothing(
    server: TelegramServer, house: House, channel: Chat, forged: str
) -> None:
    mira = server.user(5)
    channel.bot, channel.bot_rights = "administrator", {POSTS}
    mira.start()
    await server.until(lambda: mira.chat.from_bot)
    press = mira.press(mira.chat.last, "", forged=forged)
    refused = [house.label(key) for key in ("guard.administrators", "guard.ask-again")]
    await server.until(lambda: any(words in mira.chat.last.plain for words in refused))
    await server.until(lambda: press.answer is not None)
    assert not await wished(house, channel)


async def test_where_telegram_does_not_answer_nothing_is_granted(
    server: TelegramServer, house: House, channel: Chat
) -> None:
    house.asa.start()
    await let_in(house, house.asa, channel, POSTS)
    server.weather.expect(Fault.HTML, "getChatMember")
    await house.tap(house.asa, house.asa.chat, "b.yes-sample")
    await house.text(house.asa.chat, house.label("guard.ask-again"))
    await house.tap(house.asa, house.asa.chat, "b.try-again")
    await house.card(house.asa.chat, "b.start-posting")
