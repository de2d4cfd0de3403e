"""What the outbox owes rooms on a strict Bot API: paced, held back, followed, parked, merged."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import pairwise

import pytest

from bot.campaign.announcement import DeliveryState, Policy
from bot.campaign.refs import ChatRef
from bot.dialog.messages import Outgoing
from bot.dialog.text import Plain, paragraph
from bot.platforms.telegram.client import TelegramMessenger
from tests.outbox.made import says, wish
from tests.peers.telegram_chats import Chat
from tests.peers.telegram_server import TelegramServer
from tests.peers.telegram_weather import Fault, Limits
from tests.platforms.post import Post, Time, passing

NAMES = ("#GegarAmerika", "@solidarity", "www.example.org", "Group.Name", "/start@a_bot")


@pytest.fixture
async def post(server: TelegramServer, messenger: TelegramMessenger) -> AsyncIterator[Post]:
    """The outbox with Telegram as its only platform."""
    time = Time()
    desk = Post(hands=time, time=time)
    server.weather.clock, server.weather.limits = time.seconds, Limits()
    desk.on("telegram", messenger)
    async with passing(time):
        yield desk


def room(server: TelegramServer, number: int) -> tuple[Chat, ChatRef]:
    chat = server.group(-1000 - number, "News")
    return chat, ChatRef("telegram", str(chat.id))


async def test_many_rooms_and_a_busy_one_never_hear_a_429(server: TelegramServer, post: Post) -> None:
    rooms = [room(server, number) for number in range(120)]
    busy, place = room(server, 500)
    for number, (_, where) in enumerate(rooms):
        await post.owe(f"room{number}", chat=where)
    for number in range(30):
        await post.owe(f"busy{number}", chat=place)
    await post.pass_by(180)
    assert server.weather.floods == []
    assert [len(chat.from_bot) for chat, _ in rooms] == [1] * 120
    assert len(busy.from_bot) == 30
    times = [at for at, _ in server.weather.taken]
    assert min(later - sooner for sooner, later in pairwise(sorted(times))) > 0.033, "one after the other"
    own = [at for at, chat in server.weather.taken if chat == busy.id]
    assert min(later - sooner for sooner, later in pairwise(own)) > 3, "spread over the minute"


async def test_a_room_that_has_to_wait_waits_alone(server: TelegramServer, post: Post) -> None:
    (slow, place), *others = [room(server, number) for number in range(6)]
    server.weather.ban(40, slow.id)
    await post.owe("slow1", chat=place)
    await post.owe("slow2", chat=place)
    for number, (_, where) in enumerate(others):
        await post.owe(f"other{number}", chat=where)
    await post.pass_by(10)
    assert [len(chat.from_bot) for chat, _ in others] == [1] * 5
    assert not slow.from_bot
    await post.pass_by(50)
    assert len(slow.from_bot) == 2
    assert server.weather.floods == [slow.id], "asked once, and not again before its time"


@pytest.mark.parametrize("standing", ["kicked", "left"])
async def test_a_room_that_put_us_out_is_tried_once(
    server: TelegramServer, post: Post, standing: str
) -> None:
    chat, place = room(server, 1)
    await post.store.transaction(lambda tx: tx.subscriptions.put(wish(place), post.time.now()))
    chat.bot = standing
    for number in range(5):
        await post.owe(f"k{number}", chat=place)
    await post.pass_by(60)
    assert len(server.called("sendMessage")) == 1
    states = [(await post.row(f"k{number}")).state for number in range(5)]
    assert states == [DeliveryState.FAILED, *[DeliveryState.CANCELLED] * 4]
    assert not await post.store.read(lambda tx: tx.subscriptions.of(place))


async def test_a_group_that_became_a_supergroup_is_followed_with_all_it_is_owed(
    server: TelegramServer, post: Post
) -> None:
    group = server.group(-7, "News", "group")
    old = ChatRef("telegram", "-7")
    await post.store.transaction(lambda tx: tx.subscriptions.put(wish(old), post.time.now()))
    new = server.migrate(group, -1007)
    for number in range(3):
        await post.owe(f"k{number}", chat=old)
    await post.pass_by(60)
    assert len(new.from_bot) == 3
    assert not group.from_bot
    moved = ChatRef("telegram", "-1007")
    assert await post.store.read(lambda tx: len(tx.subscriptions.of(moved))) == 1


async def test_many_changes_of_a_card_are_one_edit(server: TelegramServer, post: Post) -> None:
    chat, place = room(server, 1)
    post.compose["word"] = says("one")
    await post.owe("card", Policy.EDIT, place)
    await post.pass_by(5)
    for text in ("two", "three", "four"):
        post.compose["word"] = says(text)
        await post.store.transaction(lambda tx: tx.deliveries.renew("card", post.time.now()))
    await post.pass_by(5)
    (card,) = chat.from_bot
    assert (card.text, [edit.text for edit in card.edits]) == ("four", ["one"])
    await post.store.transaction(lambda tx: tx.deliveries.renew("card", post.time.now()))
    await post.pass_by(5)
    assert len(card.edits) == 1, "an edit that changes nothing is settled"
    assert (await post.row("card")).state is DeliveryState.SENT


async def test_a_withheld_edit_comes_when_it_may(server: TelegramServer, post: Post) -> None:
    chat, place = room(server, 1)
    await post.owe("card", Policy.EDIT, place)
    await post.pass_by(5)
    post.compose["word"] = says("new")
    server.weather.expect(Fault.FLOOD, "editMessageText", seconds=30)
    await post.store.transaction(lambda tx: tx.deliveries.renew("card", post.time.now()))
    await post.pass_by(20)
    assert chat.last.text == "hello"
    await post.pass_by(20)
    assert chat.last.text == "new"
    assert len(server.weather.floods) == 1


async def test_names_in_a_post_are_no_links(server: TelegramServer, post: Post) -> None:
    chat, place = room(server, 1)
    lines = [(Plain(f"{number}. "), Plain(name), Plain(", Malaysia")) for number, name in enumerate(NAMES, 1)]
    post.compose["word"] = lambda _tx, _delivery, _now: Outgoing((paragraph(*lines),))
    await post.owe(chat=place)
    await post.pass_by(2)
    assert all(name in chat.last.plain for name in NAMES)
    assert chat.last.shown.links == ()
