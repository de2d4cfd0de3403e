"""The messenger over real HTTP: where a card goes, how a press is answered, what is said when it fails."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Attachment, Came, Incoming, Key, Outgoing
from bot.dialog.text import Bold, paragraph
from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.reading import read
from bot.platforms.telegram.receipts import LOST
from bot.ports import Fate, Receipt
from tests.peers.telegram_chats import Chat, Message
from tests.peers.telegram_people import Person, Press
from tests.peers.telegram_server import TelegramServer
from tests.peers.telegram_weather import Fault

HOME = ChatRef("telegram", "5")
CARD = Outgoing((paragraph((Bold("Sign?"),)),), ((Key("Yes", data="a/b"), Key("Open", start="c_x")),))
NEXT = Outgoing((paragraph("Done."),), replaces=True)
FILE = Attachment("names.txt", b"1. Praxis\n", "text/plain")
LONG = Outgoing(tuple(paragraph("word " * 700) for _ in "123"), ((Key("Yes", data="a/b"),),), replaces=True)


@pytest.fixture
def mira(server: TelegramServer) -> Person:
    person = server.user(5)
    person.start()
    return person


@pytest.fixture
def room(server: TelegramServer, mira: Person) -> Chat:
    return server.group(-1007, members={mira.user.id: "administrator"})


def heard(server: TelegramServer, messenger: TelegramMessenger) -> Incoming:
    """The newest update, as the messenger's own reading has it."""
    assert messenger.me
    incoming = read(server.updates.queue[-1].body, messenger.me)
    assert incoming
    return incoming


async def pressed(
    server: TelegramServer, messenger: TelegramMessenger, who: Person, chat: Chat
) -> tuple[Incoming, Press, Message]:
    """A card in a chat whose button somebody pressed."""
    await messenger.send(ChatRef("telegram", str(chat.id)), CARD)
    press = who.press(chat.last, "Yes")
    return heard(server, messenger), press, chat.last


async def test_a_card_and_its_edit(messenger: TelegramMessenger, mira: Person) -> None:
    sent = await messenger.send(HOME, CARD)
    card = mira.chat.last
    assert sent == Receipt(Fate.SENT, str(card.id))
    assert (card.text, card.labels, card.shown.marked("bold")) == ("Sign?", ["Yes", "Open"], ["Sign?"])
    assert card.button("Open")["url"] == "https://t.me/solidarity_bot?start=c_x"
    assert await messenger.send(HOME, NEXT, replaces=str(card.id)) == sent
    assert (card.text, card.labels) == ("Done.", [])
    assert await messenger.send(HOME, NEXT, replaces=str(card.id)) == sent, "not modified is as good"
    assert (await messenger.send(HOME, NEXT, replaces="9")) == Receipt(Fate.REFUSED, reason=LOST)


async def test_nothing_is_sent_before_the_bot_knows_its_name(server: TelegramServer) -> None:
    messenger = TelegramMessenger(server.token, server.api)
    assert (await messenger.send(HOME, CARD)).fate is Fate.UNSENT
    assert server.calls == []
    await messenger.close()


async def test_words_are_answered_below(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person
) -> None:
    mira.say("hello")
    await messenger.answer(heard(server, messenger), replace(CARD, replaces=True))
    assert len(mira.chat.from_bot) == 1
    assert mira.chat.last.reply_to is None


async def test_a_press_changes_the_card_and_stops_spinning(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person
) -> None:
    incoming, press, card = await pressed(server, messenger, mira, mira.chat)
    assert await messenger.answer(incoming, NEXT) == Receipt(Fate.SENT, str(card.id))
    assert (press.answer, card.text, len(mira.chat.from_bot)) == ({}, "Done.", 1)
    await messenger.answer(incoming, CARD)
    await messenger.release(incoming)
    assert len(mira.chat.from_bot) == 2, "what does not replace stands below"
    assert len(server.called("answerCallbackQuery")) == 1
    messenger.forget(incoming)
    await messenger.release(incoming)
    assert len(server.called("answerCallbackQuery")) == 2, "it keeps no list for ever"


async def test_a_press_on_a_card_that_is_gone_is_answered_below(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person
) -> None:
    incoming, press, card = await pressed(server, messenger, mira, mira.chat)
    del mira.chat.messages[card.id]
    receipt = await messenger.answer(incoming, NEXT)
    assert (receipt.fate, mira.chat.last.text, press.answer) == (Fate.SENT, "Done.", {})


async def test_a_press_that_nothing_answers_stops_spinning(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person
) -> None:
    incoming, press, _ = await pressed(server, messenger, mira, mira.chat)
    await messenger.release(incoming)
    assert press.answer == {}


async def test_a_press_answered_too_late_does_no_harm(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person
) -> None:
    incoming, press, card = await pressed(server, messenger, mira, mira.chat)
    press.answer = {}
    assert (await messenger.answer(incoming, NEXT)).fate is Fate.SENT
    assert card.text == "Done."


async def test_in_a_room_a_word_for_one_stands_over_it(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person, room: Chat
) -> None:
    incoming, press, card = await pressed(server, messenger, mira, room)
    only = Outgoing(
        (paragraph("Moderator #B was first. " * 20),), ((Key("See", data="x"),),), replaces=True, only=True
    )
    assert (await messenger.answer(incoming, only)).fate is Fate.SENT
    assert press.answer
    assert press.answer["show_alert"] is True
    assert press.alert.startswith("Moderator #B was first.")
    assert (card.text, len(room.from_bot)) == ("Sign?", 1), "the room's card stays as it is"


async def test_in_a_room_the_way_to_our_chat_opens_at_once(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person, room: Chat
) -> None:
    incoming, press, card = await pressed(server, messenger, mira, room)
    private = Outgoing(
        (paragraph("Signing is private."),), ((Key("Open our chat", start="sign"),),), replaces=True
    )
    await messenger.answer(incoming, private)
    assert press.answer == {"url": "https://t.me/solidarity_bot?start=sign"}
    assert (card.text, len(room.from_bot)) == ("Sign?", 1)


async def test_in_private_everything_is_for_one_alone(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person
) -> None:
    incoming, press, card = await pressed(server, messenger, mira, mira.chat)
    await messenger.answer(incoming, replace(NEXT, only=True))
    assert (press.answer, card.text) == ({}, "Done.")
    again = mira.press(card, "", forged="x")
    await messenger.answer(heard(server, messenger), replace(NEXT, keys=((Key("Go", start="s"),),)))
    assert (again.answer, card.labels) == ({}, ["Go"])


async def test_in_a_room_a_long_card_is_no_way_into_our_chat(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person, room: Chat
) -> None:
    incoming, press, card = await pressed(server, messenger, mira, room)
    long = Outgoing((paragraph("word " * 50),), ((Key("Read on", start="st"),),), replaces=True)
    await messenger.answer(incoming, long)
    assert (press.answer, card.labels) == ({}, ["Read on"])


async def test_in_a_room_a_command_is_answered_as_a_reply(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person, room: Chat
) -> None:
    asked = mira.say("/channel", room)
    await messenger.answer(heard(server, messenger), CARD)
    assert room.last.reply_to == asked.id
    mira.say("/help")
    await messenger.answer(heard(server, messenger), CARD)
    assert mira.chat.last.reply_to is None
    mira.say("/channel", room)
    room.messages.popitem()
    assert (await messenger.answer(heard(server, messenger), CARD)).fate is Fate.SENT


async def test_topics(server: TelegramServer, messenger: TelegramMessenger, mira: Person) -> None:
    forum = server.group(-1008, forum=True, topics={4: True})
    topic = ChatRef("telegram", "-1008", "4")
    assert (await messenger.send(topic, CARD)).fate is Fate.SENT
    assert forum.last.thread == 4
    forum.topics[4] = False
    assert await messenger.send(topic, CARD) == Receipt(Fate.GONE, reason="topic")
    mira.press(forum.last, "Yes")
    assert heard(server, messenger).chat == topic


async def test_a_long_card_in_place_of_a_pressed_one(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person
) -> None:
    incoming, _, card = await pressed(server, messenger, mira, mira.chat)
    receipt = await messenger.answer(incoming, LONG)
    parts = mira.chat.from_bot
    assert parts[0] is card
    assert [bool(part.keyboard) for part in parts] == [False, False, True]
    assert receipt == Receipt(Fate.SENT, str(parts[-1].id))


async def test_half_a_message_is_no_message(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person
) -> None:
    server.weather.expect(Fault.SLOW, "sendMessage", seconds=0)
    server.weather.expect(Fault.FLOOD, "sendMessage", seconds=5)
    assert await messenger.send(HOME, LONG) == Receipt(Fate.UNKNOWN, reason="half")
    assert len(mira.chat.from_bot) == 1


async def test_a_file_comes_below_its_card(
    server: TelegramServer, messenger: TelegramMessenger, mira: Person
) -> None:
    incoming, _, card = await pressed(server, messenger, mira, mira.chat)
    receipt = await messenger.answer(incoming, replace(NEXT, attachment=FILE))
    assert receipt == Receipt(Fate.SENT, str(card.id))
    assert mira.chat.last.document == ("names.txt", b"1. Praxis\n")
    alone = await messenger.send(HOME, Outgoing((), attachment=FILE))
    assert alone == Receipt(Fate.SENT, str(mira.chat.last.id))
    server.weather.expect(Fault.FLOOD, "sendDocument", seconds=9)
    again = await messenger.send(HOME, replace(NEXT, attachment=FILE))
    assert (again.fate, again.retry) == (Fate.UNSENT, 9)


async def test_a_group_that_moved(server: TelegramServer, messenger: TelegramMessenger, mira: Person) -> None:
    group = server.group(-7, kind="group")
    mira.say("/channel", group)
    asked = heard(server, messenger)
    new = server.migrate(group, -1007)
    moved = await messenger.send(ChatRef("telegram", "-7"), CARD)
    assert (moved.fate, moved.moved) == (Fate.MOVED, ChatRef("telegram", "-1007"))
    assert (await messenger.answer(asked, CARD)).fate is Fate.SENT
    assert new.last.text == "Sign?"


async def test_who_runs_a_room(server: TelegramServer, messenger: TelegramMessenger, room: Chat) -> None:
    server.user(6)
    place = ChatRef("telegram", str(room.id))
    answers = [
        await messenger.is_administrator(place, AccountRef("telegram", who)) for who in ("5", "6", "7")
    ]
    assert answers == [True, False, None]
    server.weather.expect(Fault.HTML, "getChatMember")
    assert await messenger.is_administrator(place, AccountRef("telegram", "5")) is None


@pytest.mark.parametrize("other", ["-0100", "@news", "+100", " -100", "-100/", "١٠٠"])
async def test_nobody_runs_a_room_by_another_name_of_it(messenger: TelegramMessenger, other: str) -> None:
    assert await messenger.is_administrator(ChatRef("telegram", other), AccountRef("telegram", "5")) is False


async def test_long_work_shows(server: TelegramServer, messenger: TelegramMessenger, mira: Person) -> None:
    mira.say("hello")
    await messenger.show_work(heard(server, messenger))
    assert mira.chat.actions == ["typing"]
    incoming, press, _ = await pressed(server, messenger, mira, mira.chat)
    await messenger.show_work(incoming)
    assert (press.answer, mira.chat.actions) == ({}, ["typing"])


async def test_ids_that_are_no_numbers_are_refused_by_the_server(messenger: TelegramMessenger) -> None:
    assert await messenger.send(ChatRef("telegram", "@nobody"), CARD) == Receipt(
        Fate.GONE, reason="unknown-chat"
    )
    strange = Incoming("1", Came.PRESS, ChatRef("telegram", "x"), None, reply="9/y")
    assert (await messenger.answer(strange, NEXT)).fate is Fate.GONE
