"""Somebody else uses our token, and long silences: noticed, told once, and we live on (THREATS T3, F29)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.platforms.telegram.client import TelegramMessenger
from tests.peers.telegram_people import Person
from tests.peers.telegram_server import TelegramServer
from tests.peers.telegram_updates import Hook
from tests.platforms.telegram.house import House, make_house
from tests.platforms.telegram.rig import Heard, hooked, polling
from tests.stage import shipped

THIEF = Hook("http://127.0.0.1:9/thief", "", 1)


class Told:
    """Whoever watches notes what it is told."""

    def __init__(self) -> None:
        self.heard_from: list[str] = []
        self.alarms: list[tuple[str, str]] = []

    async def heard(self, platform: str) -> None:
        self.heard_from.append(platform)

    async def shared(self, platform: str, how: str) -> None:
        self.alarms.append((platform, how))


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def heard() -> Heard:
    return Heard()


async def test_a_foreign_webhook_is_told_and_taken_away_and_we_poll_on(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard, told: Told
) -> None:
    async with polling(messenger, heard.take, watch=told):
        await server.until(lambda: told.heard_from == ["telegram"])
        server.updates.set_hook(THIEF)
        server.user(5).say("still ours")
        await server.until(lambda: heard.texts == ["still ours"])
    assert ("telegram", "webhook") in told.alarms
    assert server.updates.hook is None
    assert not [call for call in server.called("deleteWebhook") if call.get("drop_pending_updates")]


async def test_another_poller_is_told_and_we_poll_on(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard, told: Told
) -> None:
    async with polling(messenger, heard.take, watch=told):
        await server.until(lambda: server.updates.polls)
        await messenger.api.call("getUpdates", {"timeout": 0})
        await server.until(lambda: told.alarms)
        server.user(5).say("hello")
        await server.until(lambda: heard.texts == ["hello"])
    assert set(told.alarms) == {("telegram", "poller")}


@pytest.mark.parametrize(("taken", "how"), [(THIEF, "webhook"), (None, "poller")])
async def test_our_webhook_is_set_back(
    server: TelegramServer, messenger: TelegramMessenger, told: Told, taken: Hook | None, how: str
) -> None:
    heard = Heard()
    async with hooked(messenger, heard.take, server, watch=told):
        await server.until(lambda: told.heard_from)
        ours = server.updates.hook
        assert ours
        server.updates.set_hook(taken)
        await server.until(lambda: server.updates.hook and server.updates.hook.url == ours.url)
        server.user(5).say("ours again")
        await server.until(lambda: heard.texts == ["ours again"])
    assert told.alarms == [("telegram", how)]


async def test_an_own_webhook_that_stands_is_left_alone(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard, told: Told
) -> None:
    async with hooked(messenger, heard.take, server, watch=told):
        await server.until(lambda: len(server.called("getWebhookInfo")) > 2)
    assert len(server.called("setWebhook")) == 1
    assert told.alarms == []


async def test_we_do_not_hear_while_telegram_cannot_reach_us(
    server: TelegramServer, messenger: TelegramMessenger, heard: Heard, told: Told
) -> None:
    server.updates.retry = 600.0
    heard.refuses = 1
    server.user(5).say("kept back")
    async with hooked(messenger, heard.take, server, watch=told):
        await server.until(lambda: heard.events)
        looks = len(server.called("getWebhookInfo"))
        await server.until(lambda: len(server.called("getWebhookInfo")) > looks + 3)
        assert told.heard_from == []
        server.user(6).say("another gets through")
        await server.until(lambda: told.heard_from)


@pytest.fixture(params=["polling", "webhook"])
async def house(server: TelegramServer, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    built = make_house(server, shipped(), request.param, "names=1-17 undo=0")
    await built.open()
    yield built
    await built.close()


async def test_those_who_run_the_bot_are_told_once_a_day(house: House, server: TelegramServer) -> None:
    words = house.label("alarm.new-token")
    await server.until(lambda: server.updates.polls or server.updates.hook)

    async def steal() -> int:
        """Somebody sets a webhook; how many cards tell it once it is taken back."""
        server.updates.set_hook(THIEF)
        await server.until(lambda: server.updates.hook is not THIEF)
        await house.tick()
        return sum(words in message.plain for message in house.desk.from_bot)

    assert [await steal(), await steal()] == [1, 1]
    house.clock.turn(timedelta(days=1))
    assert await steal() == 2


async def begin(house: House, who: Person) -> None:
    """In the middle of signing."""
    who.start("palestine")
    await house.tap(who, who.chat, "b.sign-organisation")
    await house.text(who.chat, "Which organisation")


async def test_after_a_day_of_silence_whoever_is_in_a_talk_is_asked_to_send_it_again(
    house: House, server: TelegramServer
) -> None:
    mira, noor = server.user(5), server.user(6)
    await begin(house, mira)
    noor.start()
    await house.card(noor.chat, "b.sign-person")
    await house.kill()
    house.clock.turn(timedelta(hours=30))
    await house.open()
    for _ in range(3):
        await house.tick()
    notice = await house.text(mira.chat, house.label("notice.away"))
    assert notice.labels == [house.label("b.go-on"), house.label("b.throw-away")]
    assert house.label("notice.unfinished") not in [message.plain for message in mira.chat.from_bot]
    assert noor.chat.last.labels != notice.labels
    gap = [message for message in house.desk.from_bot if "lost" in message.plain]
    assert len(gap) == 1
    assert gap[0].shown.marked("date_time")
    await house.kill()
    await house.open()
    await house.tick()
    assert sum(message.plain == notice.plain for message in mira.chat.from_bot) == 1
    await house.tap(mira, mira.chat, "b.go-on")
    await house.text(mira.chat, "Which organisation")


async def test_a_night_of_silence_is_nothing(house: House, server: TelegramServer) -> None:
    mira = server.user(5)
    await begin(house, mira)
    await house.kill()
    house.clock.turn(timedelta(hours=23))
    await house.open()
    await house.tick()
    await asyncio.sleep(0)
    assert house.label("notice.away") not in [message.plain for message in mira.chat.from_bot]
    assert not house.desk.from_bot
