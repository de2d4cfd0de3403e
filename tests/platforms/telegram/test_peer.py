"""The strict server itself: updates by offset and by push, chats that cannot be reached, faults, pace."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.peers.telegram_server import TOKEN, TelegramServer
from tests.peers.telegram_weather import Fault, Limits

QUIET = {"link_preview_options": {"is_disabled": True}}


async def call(server: TelegramServer, method: str, **parameters: object) -> tuple[int, Any]:
    """Status and JSON of a call."""
    url = f"{server.api}/bot{server.token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=parameters) as answer:
        return answer.status, await answer.json()


async def texts(server: TelegramServer, **parameters: object) -> list[str]:
    _, answer = await call(server, "getUpdates", **parameters)
    return [update["message"]["text"] for update in answer["result"]]


async def send(server: TelegramServer, chat: int, **more: object) -> tuple[int, Any]:
    return await call(server, "sendMessage", **{"chat_id": chat, "text": "hello", **QUIET, **more})


async def test_an_update_comes_again_until_the_offset_is_beyond_it(server: TelegramServer) -> None:
    mira = server.user(5)
    for word in ("a", "b", "c"):
        mira.say(word)
    assert await texts(server) == await texts(server) == ["a", "b", "c"]
    second = server.updates.queue[1].id
    assert await texts(server, offset=second) == ["b", "c"]
    assert server.updates.confirmed == [second - 1]
    assert await texts(server, offset=second + 2, timeout=1) == []


async def test_an_offset_from_the_future_confirms_nothing(server: TelegramServer) -> None:
    server.user(5).say("a")
    assert await texts(server, offset=900_000) == ["a"]
    assert server.updates.confirmed == []


async def test_a_poll_waits_and_a_second_one_ends_it(server: TelegramServer) -> None:
    server.updates.patience = 5
    first = asyncio.ensure_future(call(server, "getUpdates", timeout=5))
    await server.until(lambda: server.updates.polls)
    second = asyncio.ensure_future(call(server, "getUpdates", timeout=5))
    assert (await first)[0] == 409
    await server.until(lambda: server.updates.polls == 2)
    server.user(5).say("a")
    assert (await second)[1]["result"][0]["message"]["text"] == "a"


async def test_a_webhook_gets_each_update_until_it_says_yes(server: TelegramServer) -> None:
    heard: list[tuple[str, str]] = []

    async def hook(request: web.Request) -> web.Response:
        update = await request.json()
        heard.append((update["message"]["text"], request.headers["X-Telegram-Bot-Api-Secret-Token"]))
        return web.Response(status=503 if len(heard) == 1 else 200)

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    server.user(5).say("waited")
    await call(server, "setWebhook", url=url, secret_token="secret")
    server.people[5].say("pushed")
    await server.until(lambda: not server.updates.queue)
    assert heard == [("waited", "secret"), ("waited", "secret"), ("pushed", "secret")]
    assert (await call(server, "getUpdates"))[0] == 409
    await call(server, "deleteWebhook")
    assert (await call(server, "getUpdates"))[0] == 200
    await runner.cleanup()


async def test_chats_that_cannot_be_reached(server: TelegramServer) -> None:
    mira = server.user(5)
    assert "can't initiate" in (await send(server, 5))[1]["description"]
    mira.start()
    assert (await send(server, 5))[0] == 200
    mira.block()
    assert await send(server, 5) == (403, {"ok": False, "error_code": 403, "description": BLOCKED})
    server.group(-7, bot="kicked")
    assert (await send(server, -7))[0] == 403
    assert (await send(server, -8))[1]["description"] == "Bad Request: chat not found"
    group = server.group(-9, kind="group")
    server.migrate(group, -1009)
    assert (await send(server, -9))[1]["parameters"] == {"migrate_to_chat_id": -1009}
    channel = server.group(-10, kind="channel", bot="administrator")
    assert "administrator rights" in (await send(server, -10))[1]["description"]
    mira.add_bot(channel, "administrator", "can_post_messages")
    assert (await send(server, -10))[0] == 200


BLOCKED = "Forbidden: bot was blocked by the user"


async def test_topics(server: TelegramServer) -> None:
    server.group(-7, forum=True, topics={4: True, 5: False})
    assert (await send(server, -7, message_thread_id=4))[1]["result"]["message_thread_id"] == 4
    assert (await send(server, -7, message_thread_id=1))[1]["description"].endswith("thread not found")
    assert (await send(server, -7, message_thread_id=5))[1]["description"].endswith("TOPIC_CLOSED")


@pytest.mark.parametrize(
    "more",
    [
        {"text": ""},
        {"text": "x" * 4097},
        {"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "ä" * 33}]]}},
        {"reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
        {"reply_markup": {"inline_keyboard": [[{"text": "", "url": "https://example.org"}]]}},
        {"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}] * 9]}},
        {"parse_mode": "HTML"},
        {"link_preview_options": None},
        {"txet": "a misspelt parameter"},
    ],
)
async def test_messages_nobody_may_send(server: TelegramServer, more: dict[str, object]) -> None:
    server.user(5).start()
    assert (await send(server, 5, **more))[0] == 400


async def test_edits(server: TelegramServer) -> None:
    mira = server.user(5)
    own = mira.say("mine")
    message = (await send(server, 5))[1]["result"]["message_id"]
    edit = {"chat_id": 5, "message_id": message, "text": "hello", **QUIET}
    assert "not modified" in (await call(server, "editMessageText", **edit))[1]["description"]
    assert (await call(server, "editMessageText", **{**edit, "text": "new"}))[0] == 200
    assert mira.chat.last.text == "new"
    wrong = {**edit, "message_id": own.id}
    assert "can't be edited" in (await call(server, "editMessageText", **wrong))[1]["description"]
    await call(server, "deleteMessage", chat_id=5, message_id=message)
    assert "to edit not found" in (await call(server, "editMessageText", **edit))[1]["description"]


async def test_a_press_is_answered_once(server: TelegramServer) -> None:
    mira = server.user(5)
    mira.start()
    await send(server, 5, reply_markup={"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]})
    press = mira.press(mira.chat.last, "Yes")
    answer = {"callback_query_id": press.id, "text": "x" * 201}
    assert (await call(server, "answerCallbackQuery", **answer))[0] == 400
    assert (await call(server, "answerCallbackQuery", **{**answer, "text": "Hello"}))[0] == 200
    assert press.alert == "Hello"
    assert "too old" in (await call(server, "answerCallbackQuery", **answer))[1]["description"]


async def test_faults(server: TelegramServer) -> None:
    mira = server.user(5)
    mira.start()
    for fault, arrives in ((Fault.CUT, 0), (Fault.LOST, 1)):
        server.weather.expect(fault, "sendMessage")
        before = len(mira.chat.from_bot)
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await send(server, 5)
        assert len(mira.chat.from_bot) == before + arrives
    server.weather.expect(Fault.FLOOD, "sendMessage", chat=5, seconds=30)
    assert (await send(server, 5))[1]["parameters"] == {"retry_after": 30}
    assert (await send(server, 5))[0] == 429, "the ban goes on"
    assert server.weather.floods == [5, 5]


async def test_the_pace_of_the_real_server(server: TelegramServer) -> None:
    server.weather.limits = Limits(second=2)
    server.user(5).start()
    assert [(await send(server, 5))[0] for _ in range(3)] == [200, 200, 429]


async def test_a_wrong_token_is_turned_away(server: TelegramServer) -> None:
    server.token = TOKEN[:-1]
    wrong = f"{server.api}/bot{TOKEN}/getMe"
    async with aiohttp.ClientSession() as session, session.get(wrong) as answer:
        assert answer.status == 401


async def test_in_groups_the_bot_sees_what_is_meant_for_it(server: TelegramServer) -> None:
    mira, room = server.user(5), server.group(-7)
    mira.say("hello all", room)
    mira.say("/channel", room)
    assert await texts(server) == ["/channel"]
    room.bot = "administrator"
    mira.say("hello again", room)
    assert await texts(server) == ["/channel", "hello again"]
