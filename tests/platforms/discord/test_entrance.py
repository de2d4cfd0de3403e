"""From what the gateway brings to a turn and back, with the real library on the strict Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Came
from bot.platforms.discord.client import Api
from bot.platforms.discord.messenger import MESSAGE, DiscordMessenger
from bot.ports import Fate, Receipt
from tests.peers.discord.people import Person
from tests.peers.discord.things import Channel
from tests.peers.discord.weather import Fault
from tests.peers.discord_server import DiscordServer
from tests.platforms.discord.rig import CARD, Rig, ear_of, listening, running
from tests.stage import HandClock

PATIENT = pytest.mark.parametrize("rig", [60.0], indirect=True)
EPHEMERAL = 64


@pytest.fixture(params=[0.0])
async def rig(server: DiscordServer, request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    async with listening(server, request.param) as made:
        yield made


@pytest.fixture
def mira(server: DiscordServer) -> Person:
    return server.user(42)


@pytest.fixture
def room(server: DiscordServer, mira: Person) -> Channel:
    guild = server.guild(9 << 22)
    server.rooms.join(guild, mira)
    return server.rooms.add(guild)


@PATIENT
async def test_a_command_is_answered_at_once(rig: Rig, mira: Person, room: Channel) -> None:
    rig.gate.set()
    asked = mira.command("start", room)
    await rig.server.until(lambda: rig.receipts)
    (event,) = rig.events
    assert (event.event, event.came, event.name) == (str(asked.id), Came.COMMAND, "start")
    assert (event.chat.id, event.called) == ("@42", "Mira")
    assert (asked.response, mira.last(room).text, mira.last(room).only) == (4, "a card", mira.user)


async def test_while_the_store_is_slow_discord_is_told_so(rig: Rig, mira: Person) -> None:
    asked = mira.command("start")
    await rig.server.until(lambda: asked.response)
    assert (asked.response, asked.waits) == (5, True)
    rig.gate.set()
    await rig.server.until(lambda: rig.receipts)
    assert [message.text for message in asked.messages] == ["a card"]
    assert (asked.waits, rig.receipts[0].fate) == (False, Fate.SENT)


async def test_between_others_an_answer_is_for_one_alone(rig: Rig, mira: Person) -> None:
    rig.gate.set()
    chat = rig.server.between(mira, rig.server.user(43))
    asked = mira.command("start", chat)
    await rig.server.until(lambda: asked.response and not asked.waits)
    assert [message.only for message in chat.messages.values()] == [mira.user]


@PATIENT
async def test_what_nothing_answers_is_released(rig: Rig, mira: Person) -> None:
    rig.says = None
    rig.gate.set()
    asked = mira.command("start")
    await rig.server.until(lambda: rig.server.called("DELETE"))
    assert (asked.response, asked.waits, mira.sees()) == (5, False, [])


@PATIENT
async def test_what_is_too_late_goes_to_the_direct_chat(rig: Rig, mira: Person, clock: HandClock) -> None:
    asked = mira.command("start")
    await rig.server.until(lambda: rig.events)
    clock.turn(timedelta(seconds=4))
    rig.gate.set()
    await rig.server.until(lambda: rig.receipts)
    assert rig.receipts == [Receipt(Fate.SENT, message=str(mira.last().id))]
    assert (asked.refusals, asked.response, mira.last().text) == (1, None, "a card")


async def test_after_fifteen_minutes_an_answer_goes_to_the_direct_chat(
    rig: Rig, mira: Person, room: Channel, clock: HandClock
) -> None:
    asked = mira.command("start", room)
    await rig.server.until(lambda: asked.response)
    clock.turn(timedelta(minutes=16))
    rig.gate.set()
    await rig.server.until(lambda: rig.receipts)
    assert [refusal["code"] for _, refusal in rig.server.refusals] == [50027]
    assert (mira.last(mira.dm).text, rig.receipts[0].fate) == ("a card", Fate.SENT)


@PATIENT
async def test_closed_direct_messages_are_no_way(rig: Rig, mira: Person, clock: HandClock) -> None:
    mira.close_dms()
    mira.command("start")
    await rig.server.until(lambda: rig.events)
    clock.turn(timedelta(seconds=4))
    rig.gate.set()
    await rig.server.until(lambda: rig.receipts)
    assert rig.receipts == [Receipt(Fate.GONE, reason="blocked")]


async def test_who_types_is_offered_what_fits_or_nothing(rig: Rig, mira: Person) -> None:
    typed, broken = (mira.typing("sign", "statement", text) for text in ("pal", "break"))
    await rig.server.until(lambda: typed.response and broken.response)
    assert typed.choices == [{"name": "palestine", "value": ">s/palestine"}]
    assert (broken.response, broken.choices) == (8, [])


async def test_words_in_a_direct_chat_are_heard_and_no_others(rig: Rig, mira: Person, room: Channel) -> None:
    rig.gate.set()
    elsewhere = mira.say("in a server", room)
    there = elsewhere.json | {"guild_id": str(9 << 22)}
    rig.server.gateway.tell("MESSAGE_CREATE", there)  # as if it had been asked for
    said = mira.say("hello")
    await rig.server.until(lambda: rig.receipts)
    assert [(event.event, event.text) for event in rig.events] == [(f"m{said.id}", "hello")]
    assert mira.last().text == "a card"
    assert rig.server.pings == []


async def test_a_repeat_has_the_nonce_of_the_first_and_one_deleted_was_sent(rig: Rig, room: Channel) -> None:
    place = ChatRef("discord", str(room.id))
    first, again = [await rig.messenger.send(place, CARD, nonce="delivery") for _ in range(2)]
    other = await rig.messenger.send(place, CARD, nonce="another")
    assert first == again != other
    assert [str(message.id) for message in room.from_bot] == [first.message, other.message]
    gone = first.message or ""
    await rig.messenger.receipt("DELETE", MESSAGE, channel_id=str(room.id), message_id=gone)
    assert await rig.messenger.send(place, CARD, nonce="delivery") == Receipt(Fate.SENT)
    assert await rig.messenger.send(place, CARD, replaces=gone) == Receipt(Fate.REFUSED, reason="lost")


async def test_nothing_is_sent_before_it_is_open(server: DiscordServer, room: Channel) -> None:
    rig, _ = ear_of(server)
    assert (await rig.messenger.send(ChatRef("discord", str(room.id)), CARD)).fate is Fate.UNSENT
    await rig.messenger.close()
    assert server.calls == []


async def test_another_token_ends_it(server: DiscordServer) -> None:
    messenger = DiscordMessenger(Api("another", server.api, server.ws))
    await messenger.try_to_open()
    assert not messenger.api.is_open
    await messenger.close()
    rig, ear = ear_of(server)
    server.token = "new"
    await ear.run()
    await rig.messenger.close()
    assert (server.unauthorised, server.gateway.identified) == (2, [])


async def test_a_platform_that_fails_is_tried_on_until_it_stops_when_asked(server: DiscordServer) -> None:
    server.weather.expect(Fault.REFUSED, "GET /users/@me", code=50001, times=3)
    rig, ear = ear_of(server)
    async with running(rig, ear):
        await server.until(lambda: server.gateway.live)
    assert len(server.called("GET /users/@me")) == 4
    server.weather.expect(Fault.ERROR, "GET /users/@me", times=99)
    rig, ear = ear_of(server)
    async with running(rig, ear):
        await server.until(lambda: len(server.called("GET /users/@me")) > 4)
    assert len(server.gateway.identified) == 1
