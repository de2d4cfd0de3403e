"""Polling: confirmed only after the turn is stored, whatever the network, the server and the store do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Incoming
from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.intake import Intake
from bot.platforms.telegram.polling import Poller
from tests.peers.telegram_server import TelegramServer
from tests.peers.telegram_weather import Fault
from tests.platforms.telegram.rig import PAUSE, Heard, polling


@pytest.fixture
def heard() -> Heard:
    return Heard()


async def test_an_update_is_confirmed_after_its_turn_is_stored(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    heard.gate.clear()
    async with polling(messenger, heard.take):
        server.user(5).say("a")
        await server.until(lambda: heard.events)
        polls = server.updates.polls
        await server.until(lambda: server.updates.polls > polls + 1)
        assert server.updates.confirmed == []
        assert heard.texts == ["a"], "what comes again while its turn runs is not begun again"
        heard.gate.set()
        await server.until(lambda: server.updates.confirmed)
    assert server.updates.queue == []


async def test_one_turn_that_takes_long_holds_up_nobody_else(
    server: TelegramServer, messenger: TelegramMessenger
) -> None:
    gate, done = asyncio.Event(), list[str]()

    async def take(incoming: Incoming, committed: Callable[[], None]) -> None:
        if incoming.text == "slow":
            await gate.wait()
        committed()
        done.append(incoming.text)

    async with polling(messenger, take):
        server.user(5).say("slow")
        for number in range(250):
            server.user(100 + number).say("quick")
        await server.until(lambda: len(done) >= 99)
        assert server.updates.confirmed == []
        gate.set()
        await server.until(lambda: len(done) == 251 and not server.updates.queue)
    assert len(server.updates.confirmed) == 251


async def test_a_turn_that_was_not_stored_is_tried_again(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    heard.refuses = 2
    async with polling(messenger, heard.take):
        server.user(5).say("a")
        server.user(6).say("b")
        await server.until(lambda: len(server.updates.confirmed) == 2)
    assert sorted(heard.texts) == ["a", "a", "b", "b"]


async def test_a_turn_that_raises_stops_nobody(server: TelegramServer, messenger: TelegramMessenger) -> None:
    done = list[str]()

    async def take(incoming: Incoming, committed: Callable[[], None]) -> None:
        if incoming.text == "bad" and len(done) < 3:
            raise RuntimeError("a bug")
        committed()
        done.append(incoming.text)

    async with polling(messenger, take):
        server.user(5).say("bad")
        for who in (6, 7, 8):
            server.user(who).say("good")
        await server.until(lambda: not server.updates.queue and len(done) == 4)
    assert done == ["good", "good", "good", "bad"]


@pytest.mark.parametrize(
    "fault", [Fault.CUT, Fault.LOST, Fault.HTML, Fault.NONSENSE, Fault.ERROR, Fault.BUSY_PAGE]
)
async def test_network_and_server_may_fail(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard, fault: Fault
) -> None:
    mira = server.user(5)
    async with polling(messenger, heard.take):
        await server.until(lambda: server.updates.polls)
        server.weather.expect(fault, "getUpdates", times=2)
        mira.say("a")
        mira.say("b")
        await server.until(lambda: len(server.updates.confirmed) == 2 and not server.weather.troubles)
    assert heard.texts == ["a", "b"]


async def test_the_start_waits_until_the_network_is_there(server: TelegramServer, heard: Heard) -> None:
    messenger = TelegramMessenger(server.token, server.api, patience=2)
    server.weather.expect(Fault.CUT, "getMe", times=2)
    server.weather.expect(Fault.HTML, "deleteWebhook")
    server.user(5).say("a")
    async with polling(messenger, heard.take):
        await server.until(lambda: server.updates.confirmed)
    assert heard.texts == ["a"]
    await messenger.close()


async def test_another_poller_is_survived(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    other = Heard()
    async with polling(messenger, heard.take), polling(messenger, other.take):
        mira = server.user(5)
        for number in range(20):
            mira.say(str(number))
        await server.until(lambda: len(server.updates.confirmed) == 20)
    assert set(heard.texts) | set(other.texts) == set(map(str, range(20)))


async def test_a_webhook_set_before_is_taken_away_and_nothing_with_it(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    await messenger.api.call("setWebhook", {"url": "http://127.0.0.1:1/x"})
    server.user(5).say("a")
    async with polling(messenger, heard.take):
        await server.until(lambda: server.updates.confirmed)
    assert heard.texts == ["a"]


async def test_what_cannot_be_read_is_passed_over(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    mira = server.user(5)
    bad: list[dict[str, object]] = [
        {"message": "?"},
        {"message": {"chat": []}},
        {"poll": {}},
        {"callback_query": 7},
        {"x": None},
    ]
    for more in bad:
        server.updates.next_id += 1
        server.updates.add_raw({"update_id": server.updates.next_id, **more})
    mira.say("a")
    server.updates.add_raw({"message": {}})
    mira.say("b")
    async with polling(messenger, heard.take):
        await server.until(lambda: heard.texts == ["a", "b"])


async def test_what_has_no_number_is_not_asked_for_in_a_hurry(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    server.updates.add_raw({"message": {}})
    async with polling(messenger, heard.take):
        await asyncio.sleep(PAUSE * 10)
    assert server.updates.polls < 10


async def test_numbers_may_begin_anywhere_anew(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    mira = server.user(5)
    async with polling(messenger, heard.take):
        mira.say("before")
        await server.until(lambda: server.updates.confirmed)
        await server.until(lambda: (server.called("getUpdates")[-1]).get("offset") is None)
        server.updates.next_id = 40
        mira.say("after")
        await server.until(lambda: heard.texts == ["before", "after"])
        await server.until(lambda: not server.updates.queue)


async def test_a_refused_token_ends_it(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    async with polling(messenger, heard.take):
        await server.until(lambda: server.updates.polls)
        server.token = "700:other"
        server.updates.end_poll("go")
        await server.until(lambda: server.unauthorised)
        await asyncio.sleep(PAUSE * 5)
        assert server.unauthorised == 1


async def test_a_stop_ends_what_was_begun_and_confirms_it(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    heard.gate.clear()
    poller = Poller(messenger, Intake(messenger, heard.take), PAUSE)
    running = asyncio.ensure_future(poller.run())
    server.user(5).say("a")
    await server.until(lambda: heard.events)
    poller.stop()
    await asyncio.wait({running}, timeout=0.3)
    assert not running.done()
    server.user(6).say("b")
    heard.gate.set()
    await running
    assert heard.texts == ["a"]
    assert [waiting.body["message"]["text"] for waiting in server.updates.queue] == ["b"]


async def test_a_stop_does_not_wait_for_updates(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    server.updates.patience = 60
    poller = Poller(messenger, Intake(messenger, heard.take), PAUSE)
    running = asyncio.ensure_future(poller.run())
    await server.until(lambda: server.updates.polls)
    poller.stop()
    await asyncio.wait({running}, timeout=10)
    assert running.done()


async def test_a_stop_does_not_wait_for_a_server_that_is_gone(server: TelegramServer, heard: Heard) -> None:
    await server.stop()
    messenger = TelegramMessenger(server.token, server.api, patience=2)
    async with polling(messenger, heard.take):
        await asyncio.sleep(PAUSE)
    await messenger.close()


async def test_words_of_one_person_come_in_order(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    mira = server.user(5)
    for number in range(150):
        mira.say(str(number))
    async with polling(messenger, heard.take):
        await server.until(lambda: len(heard.events) == 150)
    assert heard.texts == [str(number) for number in range(150)]


async def test_who_does_not_run_a_room_is_asked_once_in_a_while(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    mira, guest, room = (
        server.user(5),
        server.user(6),
        server.group(-1007, members={5: "creator", 6: "member"}),
    )

    async def needs(incoming: Incoming) -> ChatRef | None:
        return None if incoming.private else incoming.chat

    async with polling(messenger, heard.take, needs):
        mira.say("/channel")
        for who in (mira, guest, guest):
            who.say("/channel", room)
        mira.say("/channel", room, anonymous=True)
        await server.until(lambda: len(heard.events) == 5)
    known = {
        (event.private, event.person.id if event.person else ""): event.administrator
        for event in heard.events
    }
    assert known == {(True, "5"): None, (False, "5"): True, (False, "6"): False, (False, ""): None}
    assert len(server.called("getChatMember")) == 2


async def test_a_room_is_asked_about_from_a_private_chat_at_each_press(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    mira, room = server.user(5), server.group(-1007, members={5: "creator"})
    about = ChatRef("telegram", str(room.id))

    async def needs(_incoming: Incoming) -> ChatRef | None:
        return about

    async with polling(messenger, heard.take, needs):
        mira.say("one")
        await server.until(lambda: len(heard.events) == 1)
        room.members[5] = "member"
        mira.say("two")
        await server.until(lambda: len(heard.events) == 2)
    assert [(event.room, event.administrator) for event in heard.events] == [(about, True), (about, False)]


@pytest.mark.parametrize("forged", ["-1009", "x", "", "9" * 400])
async def test_of_a_forged_room_nobody_is_said_to_run_it(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard, forged: str
) -> None:
    mira = server.user(5)

    async def needs(_incoming: Incoming) -> ChatRef | None:
        return ChatRef("telegram", forged)

    async with polling(messenger, heard.take, needs):
        mira.say("one")
        await server.until(lambda: heard.events)
    assert not heard.events[0].administrator


async def test_where_telegram_does_not_say_it_is_asked_again(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    mira, room = server.user(5), server.group(-1007, members={5: "creator"})
    server.weather.expect(Fault.HTML, "getChatMember")

    async def needs(incoming: Incoming) -> ChatRef | None:
        return incoming.chat

    async with polling(messenger, heard.take, needs):
        mira.say("/channel", room)
        await server.until(lambda: heard.events)
        mira.say("/channel", room)
        await server.until(lambda: len(heard.events) == 2)
    assert [event.administrator for event in heard.events] == [None, True]


async def test_every_press_stops_spinning(server: TelegramServer, messenger: TelegramMessenger) -> None:
    mira = server.user(5)
    mira.start()

    async def take(incoming: Incoming, committed: Callable[[], None]) -> None:
        if incoming.data == "bad":
            raise RuntimeError("a bug")
        committed()

    await messenger.api.call(
        "sendMessage",
        {
            "chat_id": 5,
            "text": "card",
            "link_preview_options": {"is_disabled": True},
            "reply_markup": {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]},
        },
    )

    def answered(press: str) -> int:
        return [call["callback_query_id"] for call in server.called("answerCallbackQuery")].count(press)

    async with polling(messenger, take):
        good = mira.press(mira.chat.last, "Yes")
        bad = mira.press(mira.chat.last, "Yes", forged="bad")
        await server.until(lambda: good.answer == bad.answer == {})
        query = {"id": good.id, "from": mira.user.json, "message": mira.chat.last.json, "data": "y"}
        server.updates.add("callback_query", query, "")
        await server.until(lambda: answered(good.id) == 2)


async def test_long_work_shows(server: TelegramServer, messenger: TelegramMessenger, heard: Heard) -> None:
    heard.gate.clear()
    poller = Poller(messenger, Intake(messenger, heard.take, slow=0.05), PAUSE)
    running = asyncio.ensure_future(poller.run())
    mira = server.user(5)
    mira.start()
    await server.until(lambda: mira.chat.actions == ["typing"])
    heard.gate.set()
    poller.stop()
    await running
