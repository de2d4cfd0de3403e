"""From what the gateway brings to a turn and back, with the real library."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field

import pytest

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Came, Incoming, Outgoing
from bot.dialog.text import Paragraph, Plain
from bot.platforms.discord.client import Api
from bot.platforms.discord.entrance import Entrance
from bot.platforms.discord.gateway import Gateway
from bot.platforms.discord.messenger import DiscordMessenger
from bot.platforms.discord.reading import Typing
from bot.platforms.discord.rooms import Rooms
from bot.ports import Fate, Receipt
from tests.platforms.discord.wire import PLACE, SERVER, TOKEN, USER, Wire

CARD = Outgoing((Paragraph(((Plain("a card"),),)),))
START = {"id": "1", "name": "start", "type": 1}
TYPING = {
    "id": "1",
    "name": "sign",
    "type": 1,
    "options": [{"type": 3, "name": "statement", "value": "pal", "focused": True}],
}
ROOM = ChatRef("discord", "20")


def offer(typing: Typing) -> Iterable[tuple[str, str]]:
    if typing.text == "break":
        raise RuntimeError("Canary words")
    return [(f"{typing.text}estine", "s/palestine")]


@dataclass
class Rig:
    """A bot of a few lines on the server; ``gate`` holds back what is not stored yet."""

    wire: Wire
    messenger: DiscordMessenger
    events: list[Incoming] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    says: Outgoing | None = CARD

    async def take(self, incoming: Incoming, committed: Callable[[], None]) -> None:
        self.events.append(incoming)
        await self.gate.wait()
        committed()
        if self.says:
            self.receipts.append(await self.messenger.answer(incoming, self.says))


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    running = await Wire().start()
    yield running
    await running.stop()


@pytest.fixture(params=[0.0])
async def rig(wire: Wire, request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    made = Rig(wire, DiscordMessenger(Api(TOKEN, wire.api, wire.gateway, patience=5)))
    entrance = Entrance(made.messenger, made.take, suggest=offer, patience=request.param)
    Rooms(made.messenger.api, entrance.begin)
    ear = Gateway(made.messenger, entrance)
    running = asyncio.ensure_future(ear.run())
    await wire.until(lambda: wire.identified)
    yield made
    made.gate.set()
    ear.stop()
    await running
    await made.messenger.close()


PATIENT = pytest.mark.parametrize("rig", [60.0], indirect=True)


@PATIENT
async def test_a_command_is_answered_at_once(rig: Rig) -> None:
    rig.gate.set()
    number = await rig.wire.interact(2, START, SERVER)
    await rig.wire.until(lambda: rig.receipts)
    (event,) = rig.events
    assert (event.event, event.came, event.name, event.chat.id) == (number, Came.COMMAND, "start", "@42")
    assert event.called == "Mira"
    (body,) = rig.wire.called(f"/interactions/{number}/tok{number}/callback")
    assert (body["type"], body["data"]["content"], body["data"]["flags"] & 64) == (4, "a card", 64)


async def test_while_the_store_is_slow_discord_is_told_so(rig: Rig) -> None:
    number = await rig.wire.interact(2, START)
    await rig.wire.until(lambda: rig.wire.called("/callback"))
    assert rig.wire.called("/callback") == [{"type": 5, "data": {"flags": 0}}]
    rig.gate.set()
    await rig.wire.until(lambda: rig.receipts)
    (body,) = rig.wire.called(f"/webhooks/701/tok{number}/messages/@original")
    assert (body["content"], rig.receipts[0].fate) == ("a card", Fate.SENT)


async def test_between_others_an_answer_is_for_one_alone(rig: Rig) -> None:
    rig.gate.set()
    await rig.wire.interact(2, START, {**PLACE, "context": 2, "channel": {"id": "900", "type": 3}})
    await rig.wire.until(lambda: rig.wire.called("/callback"))
    assert rig.wire.called("/callback")[0]["data"]["flags"] & 64


@PATIENT
async def test_what_nothing_answers_is_released(rig: Rig) -> None:
    rig.says = None
    rig.gate.set()
    await rig.wire.interact(2, START)
    await rig.wire.until(lambda: rig.wire.called("/@original"))
    assert [call[0] for call in rig.wire.calls if "@original" in call[1]] == ["DELETE"]


@PATIENT
@pytest.mark.parametrize("code", [(404, 10062), (401, 50027)])
async def test_what_is_too_late_goes_to_the_direct_chat(rig: Rig, code: tuple[int, int]) -> None:
    rig.wire.failing["/callback"] = code
    rig.gate.set()
    await rig.wire.interact(2, START)
    await rig.wire.until(lambda: rig.receipts)
    assert rig.receipts == [Receipt(Fate.SENT, message="555")]
    assert rig.wire.called("/channels/900/messages")[0]["content"] == "a card"


@PATIENT
async def test_closed_direct_messages_are_no_way(rig: Rig) -> None:
    rig.wire.failing |= {"/callback": (404, 10062), "/channels/900": (403, 50007)}
    rig.gate.set()
    await rig.wire.interact(2, START)
    await rig.wire.until(lambda: rig.receipts)
    assert rig.receipts == [Receipt(Fate.GONE, reason="blocked")]


async def test_who_types_is_offered_what_fits_or_nothing(rig: Rig) -> None:
    await rig.wire.interact(4, TYPING)
    broken = {**TYPING, "options": [{"type": 3, "name": "statement", "value": "break", "focused": True}]}
    await rig.wire.interact(4, broken)
    await rig.wire.until(lambda: len(rig.wire.called("/callback")) == 2)
    bodies = {len(body["data"]["choices"]): body for body in rig.wire.called("/callback")}
    assert bodies[1] == {"type": 8, "data": {"choices": [{"name": "palestine", "value": ">s/palestine"}]}}
    assert bodies[0] == {"type": 8, "data": {"choices": []}}


async def test_words_in_a_direct_chat_are_heard(rig: Rig) -> None:
    rig.gate.set()
    stamp = {"timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None}
    empty: dict[str, list[str]] = {
        name: [] for name in ("mentions", "mention_roles", "attachments", "embeds")
    }
    said = {"tts": False, "mention_everyone": False, "pinned": False, "type": 0, "content": "hello"}
    for number in ("88", "89"):
        server = {"guild_id": "10"} if number == "89" else {}
        await rig.wire.happen(
            "MESSAGE_CREATE", id=number, channel_id="900", author=USER, **stamp, **empty, **said, **server
        )
    await rig.wire.until(lambda: rig.receipts)
    assert [(event.event, event.text) for event in rig.events] == [("m88", "hello")]
    assert rig.wire.called("/channels/900/messages")[0]["allowed_mentions"] == {"parse": []}


async def test_a_repeat_has_the_nonce_of_the_first_and_one_deleted_was_sent(rig: Rig) -> None:
    await rig.wire.until(lambda: rig.messenger.api.is_open)
    for _ in range(2):
        assert (await rig.messenger.send(ROOM, CARD, nonce="delivery")).message == "555"
    await rig.messenger.send(ROOM, CARD, nonce="another")
    first, again, other = rig.wire.called("/channels/20/messages")
    assert first == again
    assert first["enforce_nonce"]
    assert first["nonce"] != other["nonce"]
    assert len(first["nonce"]) <= 25
    rig.wire.failing["/channels/20"] = (404, 10008)
    assert await rig.messenger.send(ROOM, CARD, nonce="delivery") == Receipt(Fate.SENT)
    assert await rig.messenger.send(ROOM, CARD, replaces="5") == Receipt(Fate.REFUSED, reason="lost")


async def test_nothing_is_sent_before_it_is_open() -> None:
    messenger = DiscordMessenger(Api(TOKEN, "http://127.0.0.1:9/api/v10"))
    assert (await messenger.send(ROOM, CARD)).fate is Fate.UNSENT
    await messenger.close()


@pytest.mark.parametrize("status", [401, 500])
async def test_a_platform_that_fails_ends_or_tries_on_and_stops_when_asked(wire: Wire, status: int) -> None:
    wire.failing["/users/@me"] = (status, 0)
    messenger = DiscordMessenger(Api(TOKEN, wire.api, wire.gateway, patience=1))
    ear = Gateway(messenger, Entrance(messenger, Rig(wire, messenger).take), first_pause=0.01)
    running = asyncio.ensure_future(ear.run())
    await wire.until(lambda: wire.called("/users/@me"))
    if status != 401:
        ear.stop()
    await running
    await messenger.close()
    assert not wire.identified


async def test_the_sessions_of_a_day_are_not_used_up(wire: Wire) -> None:
    wire.remaining = 5
    messenger = DiscordMessenger(Api(TOKEN, wire.api, wire.gateway))
    ear = Gateway(messenger, Entrance(messenger, Rig(wire, messenger).take))
    running = asyncio.ensure_future(ear.run())
    await wire.until(lambda: wire.called("/gateway/bot"))
    ear.stop()
    await running
    await messenger.close()
    assert not wire.identified
