"""Posts of the whole bot in rooms of the strict Discord: once each, through kills too; nobody is rung for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Key, Outgoing
from bot.dialog.text import paragraph
from bot.platforms.discord.messenger import CHANNEL
from bot.platforms.discord.publishing import Publishing
from bot.ports import Fate
from tests.outbox.made import sign
from tests.peers.discord.message import CROSSPOSTED, EPHEMERAL, NO_PREVIEWS, Message
from tests.peers.discord.people import Person
from tests.peers.discord.things import Channel, Kind, Right
from tests.peers.discord.weather import Fault
from tests.peers.discord_server import DiscordServer
from tests.platforms.discord.house import House
from tests.stage import HandClock, shipped
from tests.transcripts.play import set_up

SUNDAY = timedelta(hours=113, minutes=1)
"""From the hour of the stage to Sunday 10:00 in Kuala Lumpur, and a little more."""
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LOUD = ("@everyone Union", "Friends of <@5> and <@&7>", "https://example.org/ League")
POST = Outgoing((paragraph("A post"),), ((Key("Sign", start="c_x"),),))
CARD = Outgoing((paragraph("A card"),), ((Key("Approve", data="rv"),),))


@pytest.fixture
async def house(server: DiscordServer, clock: HandClock) -> AsyncIterator[House]:
    content, _ = set_up("setup: names=1-17 undo=0 milestones=18", shipped())
    yield House(server, content, clock, server.rooms.add(server.guild(9 << 22), "desk"))
    assert (server.failed, server.pings) == ([], [])


@pytest.fixture
def asa(house: House) -> Person:
    """Who runs the server's channels."""
    asa = house.server.user(9, name="Asa")
    assert house.desk.guild
    house.server.rooms.join(house.desk.guild, asa, Right.VIEW | Right.MANAGE_CHANNELS | Right.MANAGE_SERVER)
    return asa


def room_of(house: House, what: str) -> Channel:
    """A new room in the server: "text", "news", or a "thread" below one."""
    rooms, guild = house.server.rooms, house.desk.guild
    assert guild
    room = rooms.add(guild, what, Kind.ANNOUNCEMENT if what == "news" else Kind.TEXT)
    return rooms.thread(room) if what == "thread" else room


async def subscribe(house: House, who: Person, room: Channel) -> None:
    """/channel, and two taps."""
    await house.answered(who.command("channel", room))
    await house.press(who, "Yes", room)
    await house.press(who, "Start", room)
    await house.tick()


def published(room: Channel) -> list[Message]:
    return [each for each in room.from_bot if each.flags & CROSSPOSTED]


async def test_every_kind_of_room_gets_its_post_once(house: House, asa: Person) -> None:
    server, rooms = house.server, [room_of(house, what) for what in ("text", "news", "thread")]
    async with house.life():
        for room in rooms:
            await subscribe(house, asa, room)
        now = house.clock.now() + MINUTE
        await house.store.transaction(lambda tx: sign(tx, "palestine", LOUD, now))
        for wait in (SUNDAY, MINUTE, HOUR):
            await house.tick(wait)
    for room in rooms:
        (post,) = room.from_bot
        assert "3 new sign-ons" in post.text
        assert all(name in post.text for name in LOUD)
        assert post.flags & ~CROSSPOSTED == NO_PREVIEWS
        assert server.nonces[str(post.nonce)] is post
        (body,) = server.called(f"POST /channels/{room.id}/messages")[:1]
        assert (body["enforce_nonce"], body["allowed_mentions"]) == (True, {"parse": []})
    assert [len(published(room)) for room in rooms] == [0, 1, 0]
    assert len(server.called("/crosspost")) == 1
    assert (server.repeats, server.refusals) == ([], [])


async def test_what_is_pressed_on_a_post_is_answered_for_one_alone(house: House, asa: Person) -> None:
    room, mira = room_of(house, "news"), house.server.user(5)
    assert house.desk.guild
    house.server.rooms.join(house.desk.guild, mira)
    async with house.life():
        await subscribe(house, asa, room)
        await house.tick(SUNDAY)
        (post,) = room.from_bot
        before = post.json
        for label in post.buttons:
            await house.press(mira, label, room)
            assert mira.last(room).flags & EPHEMERAL
        assert (room.from_bot, post.json) == ([post], before)
    assert house.server.refusals == []


@pytest.mark.parametrize("what", ["text", "news", "thread"])
async def test_a_kill_between_sending_and_recording_posts_nothing_twice(
    house: House, asa: Person, what: str
) -> None:
    server, room = house.server, room_of(house, what)
    async with house.life():
        await subscribe(house, asa, room)
        server.weather.expect(Fault.SLOW, f"POST /channels/{room.id}/messages", seconds=0.5)
        house.clock.turn(SUNDAY)
        house.ring()
        await server.until(lambda: room.from_bot)
        await house.kill()
    async with house.life():
        await house.tick(MINUTE)
        await house.tick(HOUR)
    assert server.repeats == room.from_bot, "it was sent again, and given back"
    assert len(room.from_bot) == 1
    assert published(room) == (room.from_bot if what == "news" else [])
    assert not any("It is there" in label for each in house.desk.from_bot for label in each.buttons)


async def test_a_kill_after_which_no_repeat_is_known_any_more_is_asked_about(
    house: House, asa: Person
) -> None:
    server, room = house.server, room_of(house, "text")
    async with house.life():
        await subscribe(house, asa, room)
        server.weather.expect(Fault.SLOW, f"POST /channels/{room.id}/messages", seconds=0.5)
        house.clock.turn(SUNDAY)
        house.ring()
        await server.until(lambda: room.from_bot)
        await house.kill()
    house.clock.turn(HOUR)
    async with house.life():
        await house.tick()
        await house.press(asa, "It is there", house.desk)
        await house.tick()
        await house.tick(HOUR)
    assert (len(room.from_bot), house.desk.from_bot[-1].buttons) == (1, [])


async def test_what_cannot_be_published_now_is_published_later(house: House) -> None:
    server, room, slept = house.server, room_of(house, "news"), list[float]()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        house.clock.turn(timedelta(seconds=seconds))

    async with house.life():
        call = house.messenger.receipt
        publishing = Publishing(house.messenger.api, call, sleep)
        for _ in range(11):
            posted = await call("POST", CHANNEL, {"content": "A post"}, channel_id=str(room.id))
            await publishing.publish(str(room.id), posted.message, POST)
        await server.until(lambda: len(published(room)) == 11)
    assert len(server.called("/crosspost")) == 12, "it was asked once, and not again before its time"
    assert [seconds > 3000 for seconds in slept] == [True]


async def test_what_can_never_be_published_is_tried_once(house: House) -> None:
    server, room = house.server, room_of(house, "news")
    server.weather.expect(Fault.REFUSED, "/crosspost", code=50024)
    async with house.life():
        sent = await house.messenger.send(ChatRef("discord", str(room.id)), POST, nonce="post")
        assert sent.fate is Fate.SENT
    assert len(server.called("/crosspost")) == 1


async def test_cards_with_presses_and_edits_are_not_published(house: House) -> None:
    room = room_of(house, "news")
    async with house.life():
        where = ChatRef("discord", str(room.id))
        await house.messenger.send(where, CARD, nonce="card")
        (card,) = room.from_bot
        await house.messenger.send(where, POST, replaces=str(card.id), nonce="card")
    assert house.server.called("/crosspost") == []
