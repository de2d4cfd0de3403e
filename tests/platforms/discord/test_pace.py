"""What the outbox owes rooms on the strict Discord: paced; edits of posts are merged, rare, put off, done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.campaign.announcement import POST, DeliveryState, Policy
from bot.campaign.refs import ChatRef
from bot.platforms.discord.limit import LIMIT
from tests.outbox.made import says
from tests.peers.discord.things import Channel, Guild
from tests.peers.discord.weather import Bucket, Fault
from tests.peers.discord_server import DiscordServer
from tests.platforms.discord.rig import listening
from tests.platforms.post import Post, Time, passing

MINUTE, HOUR = 60, 3600
STEP = timedelta(seconds=10)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def server(time: Time) -> AsyncIterator[DiscordServer]:
    running = await DiscordServer(clock=time.seconds).start()
    running.weather.limits["POST /channels/{channel}/messages"] = Bucket(5, 5)
    yield running
    await running.stop()


@pytest.fixture
def guild(server: DiscordServer) -> Guild:
    return server.guild(9 << 22)


@pytest.fixture
async def post(server: DiscordServer, guild: Guild, time: Time) -> AsyncIterator[Post]:
    desk = Post(hands=time, time=time, limits={"discord": LIMIT})
    desk.compose[POST] = says("hello")
    async with listening(server) as rig, passing(time):
        await server.until(lambda: rig.messenger.api.client.get_guild(guild.id))
        desk.on("discord", rig.messenger)
        yield desk


def room(server: DiscordServer, guild: Guild) -> tuple[Channel, ChatRef]:
    channel = server.rooms.add(guild, "news")
    return channel, ChatRef("discord", str(channel.id))


async def owe(post: Post, key: str, place: ChatRef) -> None:
    """A post to a room."""
    await post.owe(key, Policy.NONCE, place, what=(POST, key))


async def test_many_rooms_and_a_busy_one_never_hear_a_429(
    server: DiscordServer, guild: Guild, post: Post
) -> None:
    rooms = [room(server, guild) for _ in range(120)]
    busy, place = room(server, guild)
    for number, (_, where) in enumerate(rooms):
        await owe(post, f"room{number}", where)
    for number in range(30):
        await owe(post, f"busy{number}", place)
    await post.pass_by(2 * MINUTE)
    assert (server.weather.floods, server.refusals) == ([], [])
    assert [len(channel.from_bot) for channel, _ in rooms] == [1] * 120
    assert len(busy.from_bot) == 30
    times = sorted(message.at for message in server.all_messages)
    assert min(later - sooner for sooner, later in pairwise(times)) > 1 / 50, "one after the other"
    own = sorted(message.at for message in busy.from_bot)
    assert min(later - sooner for sooner, later in pairwise(own)) > 1, "spread over the seconds"


async def test_edits_of_a_post_are_rare_and_the_last_text_wins(
    server: DiscordServer, guild: Guild, post: Post
) -> None:
    channel, place = room(server, guild)
    await owe(post, "post", place)
    await post.pass_by(2 * HOUR, timedelta(hours=1))
    (said,) = channel.from_bot
    for minute in range(4):
        await post.changes("post", f"change {minute}")
        await post.pass_by(MINUTE, STEP)
        assert said.text == "change 0", "the first at once, the others later"
    await post.pass_by(2 * MINUTE, STEP)
    assert (said.text, said.edits) == ("change 3", 2)
    assert (await post.row("post")).state is DeliveryState.SENT
    assert server.refusals == []


async def test_cards_are_changed_at_once_beside_a_post_that_waits(
    server: DiscordServer, guild: Guild, post: Post
) -> None:
    channel, place = room(server, guild)
    await owe(post, "post", place)
    await post.owe("card", Policy.EDIT, place)
    await post.pass_by(2 * HOUR, timedelta(hours=1))
    said, card = channel.from_bot
    for text in ("one", "two"):
        await post.changes("post", text)
        await post.changes("card", text)
        await post.pass_by(MINUTE, STEP)
    assert (said.text, card.text) == ("one", "two")


async def test_edits_that_discord_puts_off_wait_and_new_posts_do_not(
    server: DiscordServer, guild: Guild, post: Post
) -> None:
    channel, place = room(server, guild)
    for number in range(7):
        await owe(post, f"post{number}", place)
    await post.pass_by(2 * HOUR, timedelta(minutes=1))
    old = channel.from_bot
    for number in range(7):
        await post.changes(f"post{number}", "changed")
    await post.pass_by(30 * MINUTE, STEP)
    assert [each.edits for each in old] == [1] * 5 + [0] * 2
    await owe(post, "new", place)
    await post.pass_by(MINUTE, STEP)
    assert len(channel.from_bot) == 8, "a new post does not wait"
    assert [refusal["code"] for _, refusal in server.refusals] == [30046], "it was asked once"
    await post.pass_by(2 * HOUR, timedelta(minutes=1))
    assert [each.text for each in old] == ["changed"] * 7
    assert len(server.refusals) == 1


async def test_a_room_that_has_to_wait_waits_alone(server: DiscordServer, guild: Guild, post: Post) -> None:
    (slow, place), *others = [room(server, guild) for _ in range(6)]
    server.weather.expect(Fault.FLOOD, f"POST /channels/{slow.id}/messages", seconds=40)
    for number in range(2):
        await owe(post, f"slow{number}", place)
    for number, (_, where) in enumerate(others):
        await owe(post, f"other{number}", where)
    await post.pass_by(10)
    assert [len(channel.from_bot) for channel, _ in others] == [1] * 5
    assert not slow.from_bot
    await post.pass_by(50)
    assert len(slow.from_bot) == 2
    assert len(server.refusals) == 1, "asked once, and not again before its time"
