"""The webhook: only who knows the secret is heard, and 200 means stored."""

from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.intake import Intake
from bot.platforms.telegram.webhook import LARGEST, Webhook
from tests.peers.telegram_server import TelegramServer
from tests.peers.telegram_weather import Fault
from tests.platforms.telegram.rig import PAUSE, SECRET, Heard, hooked

HEADER = "X-Telegram-Bot-Api-Secret-Token"


def update(text: str = "a", number: int = 7) -> bytes:
    message = {
        "message_id": 1,
        "from": {"id": 5, "is_bot": False, "first_name": "Mira"},
        "chat": {"id": 5, "type": "private"},
        "text": text,
    }
    return json.dumps({"update_id": number, "message": message}).encode()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def hook(messenger: TelegramMessenger, heard: Heard) -> Webhook:
    return Webhook(messenger, Intake(messenger, heard.take), "http://127.0.0.1/x", SECRET)


async def test_pushed_updates_are_taken_once_and_in_order(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    mira = server.user(5)
    mira.say("waited")
    async with hooked(messenger, heard.take, server):
        for number in range(20):
            mira.say(str(number))
            server.user(100 + number).say("x")
        await server.until(lambda: not server.updates.queue)
    assert [text for text in heard.texts if text != "x"] == ["waited", *map(str, range(20))]
    assert len(heard.events) == 41


async def test_200_waits_for_the_store_and_not_for_the_answer(
    server: TelegramServer, hook: Webhook, heard: Heard
) -> None:
    heard.gate.clear()
    asked = asyncio.ensure_future(hook.accept({HEADER: SECRET}, update()))
    await server.until(lambda: heard.events)
    assert not asked.done()
    heard.gate.set()
    assert await asked == 200


async def test_what_was_not_stored_comes_again(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    heard.refuses = 2
    async with hooked(messenger, heard.take, server):
        server.user(5).say("a")
        await server.until(lambda: server.updates.confirmed)
        assert server.updates.hook
        assert "503" in server.updates.hook.last_error
    assert heard.texts == ["a", "a", "a"]


async def test_what_is_asked_of_the_server(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    server.weather.expect(Fault.HTML, "setWebhook")
    async with hooked(messenger, heard.take, server):
        await server.until(lambda: len(server.called("setWebhook")) == 2)
        asked = server.called("setWebhook")[1]
    assert asked["secret_token"] == SECRET
    assert {"message", "callback_query", "my_chat_member"} <= set(asked["allowed_updates"])
    assert not asked.get("drop_pending_updates")


async def test_a_refused_token_ends_it(server: TelegramServer, hook: Webhook) -> None:
    server.token = "700:other"
    await asyncio.wait_for(hook.run(), 5)


BAD_SECRETS = [{}, {HEADER: ""}, {HEADER: SECRET[:-1]}, {HEADER: SECRET + "x"}, {HEADER: "\udcffé"}]


@pytest.mark.parametrize("headers", BAD_SECRETS)
async def test_who_does_not_know_the_secret_is_not_heard(
    hook: Webhook, heard: Heard, headers: dict[str, str]
) -> None:
    assert await hook.accept(headers, update()) == 403
    assert heard.events == []


async def test_bodies(hook: Webhook, heard: Heard) -> None:
    told = {HEADER: SECRET}
    assert await hook.accept(told, b"x" * (LARGEST + 1)) == 413
    assert await hook.accept(told, b"{") == 400
    assert await hook.accept(told, b"[" * 100_000) == 400
    assert await hook.accept(told, b"[]") == 200, "nobody can read it, and it would come for ever"
    assert await hook.accept(told, b'{"update_id": 3, "poll": {}}') == 200
    assert heard.events == []


async def test_later_where_we_are_not_ready(server: TelegramServer, heard: Heard) -> None:
    messenger = TelegramMessenger(server.token, server.api)
    hook = Webhook(messenger, Intake(messenger, heard.take), "http://127.0.0.1/x", SECRET)
    assert await hook.accept({HEADER: SECRET}, update()) == 503
    await messenger.open()
    assert await hook.accept({HEADER: SECRET}, update()) == 200
    hook.stop()
    assert await hook.accept({HEADER: SECRET}, update()) == 503
    await messenger.close()


def test_no_webhook_without_a_secret(messenger: TelegramMessenger, heard: Heard) -> None:
    with pytest.raises(ValueError, match="secret"):
        Webhook(messenger, Intake(messenger, heard.take), "http://127.0.0.1/x", "")


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([HEADER, "X"]), st.text()), st.binary() | st.just(update()))
async def test_forged_requests(hook: Webhook, heard: Heard, headers: dict[str, str], body: bytes) -> None:
    assert await hook.accept(headers, body) == 403
    assert heard.events == []


async def test_a_stop_waits_for_what_is_at_work(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard
) -> None:
    heard.gate.clear()
    async with hooked(messenger, heard.take, server) as hook:
        server.user(5).say("a")
        await server.until(lambda: heard.events)
        hook.stop()
        await asyncio.sleep(PAUSE)
        heard.gate.set()
        await server.until(lambda: server.updates.confirmed)
