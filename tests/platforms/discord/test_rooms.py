"""Rooms we lose are told of as the gateway shows them, once each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Came
from tests.peers.discord.things import Channel, Guild, Kind, Right
from tests.peers.discord_server import DiscordServer
from tests.platforms.discord.rig import CARD, FILE, Rig, listening


@pytest.fixture
def guild(server: DiscordServer) -> Guild:
    return server.guild(9 << 22)


@pytest.fixture
def room(server: DiscordServer, guild: Guild) -> Channel:
    return server.rooms.add(guild)


@pytest.fixture
def news(server: DiscordServer, guild: Guild) -> Channel:
    return server.rooms.add(guild, "news", Kind.ANNOUNCEMENT)


@pytest.fixture
async def rig(server: DiscordServer, room: Channel, news: Channel) -> AsyncIterator[Rig]:
    async with listening(server) as made:
        made.says = None
        made.gate.set()
        await server.until(
            lambda: all(made.messenger.api.client.get_channel(each.id) for each in (room, news))
        )
        yield made


async def lost(rig: Rig, *channels: Channel, came: Came = Came.REMOVED) -> None:
    """Exactly these are told of, once each."""
    await rig.server.until(lambda: len(rig.events) >= len(channels))
    assert {each.came for each in rig.events} == {came}
    assert len({each.event for each in rig.events}) == len(rig.events)
    assert sorted(each.chat.id for each in rig.events) == sorted(str(each.id) for each in channels)


async def test_put_out_of_a_server_all_its_rooms_are_lost_but_not_while_it_is_unavailable(
    rig: Rig, guild: Guild, room: Channel, news: Channel
) -> None:
    rooms, known = rig.server.rooms, rig.messenger.api.client.get_guild(guild.id)
    assert known
    rooms.lose(guild)
    await rig.server.until(lambda: known.unavailable)
    rooms.find(guild)
    await rig.server.until(lambda: not known.unavailable)
    assert rig.events == []
    rooms.remove_bot(guild)
    await lost(rig, room, news)


async def test_a_deleted_channel_and_a_deleted_thread_are_lost(
    rig: Rig, room: Channel, news: Channel
) -> None:
    thread = rig.server.rooms.thread(news)
    rig.server.rooms.delete(room)
    rig.server.rooms.delete(thread)
    await lost(rig, room, thread)


async def test_where_we_may_not_speak_any_more_is_lost_once(
    rig: Rig, guild: Guild, room: Channel, news: Channel
) -> None:
    rooms = rig.server.rooms
    rooms.change(room, name="still ours")
    for _ in range(2):
        rooms.change(room, denied=Right.SEND)
    rooms.set_rights(guild, Right.NONE)
    await lost(rig, room, news, came=Came.SILENCED)


async def test_where_we_may_speak_again_is_told_once_and_only_there(
    rig: Rig, guild: Guild, room: Channel, news: Channel
) -> None:
    rooms, thread = rig.server.rooms, rig.server.rooms.thread(room)
    rooms.change(room, denied=Right.SEND)
    await lost(rig, room, thread, came=Came.SILENCED)
    rig.events.clear()
    for name in ("ours", "still ours"):
        rooms.change(room, denied=Right.NONE, name=name)
        rooms.change(news, name=name)
    rooms.set_rights(guild, guild.rights)
    rooms.change(news, denied=Right.SEND)
    await rig.server.until(lambda: len(rig.events) >= 3)
    told = [(Came.RETURNED, room), (Came.RETURNED, thread), (Came.SILENCED, news)]
    assert [(each.came, each.chat.id) for each in rig.events] == [(came, str(each.id)) for came, each in told]


async def test_a_post_in_an_announcement_channel_is_published_once(
    rig: Rig, room: Channel, news: Channel
) -> None:
    post = replace(CARD, attachment=FILE)
    for each in (room, news):
        place = ChatRef("discord", str(each.id))
        sent = await rig.messenger.send(place, post, nonce=each.name)
        assert (await rig.messenger.send(place, post, replaces=sent.message or "")).message == sent.message
    await rig.server.until(lambda: rig.server.called("/crosspost"))
    published = [name for name, _ in rig.server.calls if "crosspost" in name]
    assert published == [f"POST /channels/{news.id}/messages/{news.from_bot[0].id}/crosspost"]
    assert rig.server.refusals == []
