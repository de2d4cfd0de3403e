"""Rooms we lose are told of as the gateway shows them, once each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Attachment, Came, Incoming, Outgoing
from bot.dialog.text import Paragraph, Plain
from bot.platforms.discord.client import Api
from bot.platforms.discord.entrance import Entrance
from bot.platforms.discord.gateway import Gateway
from bot.platforms.discord.messenger import DiscordMessenger
from bot.platforms.discord.rooms import Rooms
from tests.platforms.discord.wire import ME, TOKEN, Wire

MAY, MAY_NOT = str(1 << 10 | 1 << 11), "0"
NEWS, TEXT = 5, 0
CARD = Outgoing((Paragraph(((Plain("a card"),),)),), attachment=Attachment("a.txt", b"x", "text/plain"))


def channel(number: int, kind: int = TEXT, denied: str = "0") -> dict[str, Any]:
    here = [{"id": "10", "type": 0, "allow": "0", "deny": denied}]
    named = {"id": str(number), "type": kind, "name": "news", "position": 1, "guild_id": "10"}
    return {**named, "permission_overwrites": here, "parent_id": None, "nsfw": False, "topic": None}


def role(rights: str) -> dict[str, Any]:
    named = {"id": "10", "name": "@everyone", "permissions": rights, "position": 0, "color": 0}
    return {**named, "hoist": False, "managed": False, "mentionable": False, "flags": 0}


def guild() -> dict[str, Any]:
    me = {"user": ME, "roles": [], "joined_at": "2020-01-01T00:00:00+00:00", "flags": 0}
    return {
        "id": "10",
        "name": "Room",
        "owner_id": "1",
        "member_count": 2,
        "roles": [role(MAY)],
        "channels": [channel(20), channel(21, NEWS)],
        "threads": [],
        "emojis": [],
        "stickers": [],
        "members": [{**me, "deaf": False, "mute": False}],
        "voice_states": [],
        "presences": [],
        "features": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_flags": 0,
        "preferred_locale": "en-US",
        "afk_timeout": 60,
        "icon": None,
    }


class Rig:
    """What was lost on a server with two channels."""

    def __init__(self, wire: Wire) -> None:
        self.wire, self.events = wire, list[Incoming]()
        self.messenger = DiscordMessenger(Api(TOKEN, wire.api, wire.gateway))

    async def take(self, incoming: Incoming, _committed: object) -> None:
        self.events.append(incoming)

    async def lost(self, number: int) -> list[str]:
        """So many rooms, once they are told of."""
        await self.wire.until(lambda: len(self.events) >= number)
        assert {each.came for each in self.events} == {Came.REMOVED}
        assert len({each.event for each in self.events}) == len(self.events)
        return sorted(each.chat.id for each in self.events)


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    wire = await Wire().start()
    made = Rig(wire)
    entrance = Entrance(made.messenger, made.take)
    Rooms(made.messenger.api, entrance.begin)
    ear = Gateway(made.messenger, entrance)
    running = asyncio.ensure_future(ear.run())
    await wire.happen("GUILD_CREATE", **guild())
    await wire.until(lambda: made.messenger.api.client.get_channel(21))
    yield made
    ear.stop()
    await running
    await made.messenger.close()
    await wire.stop()


async def test_put_out_of_a_server_all_its_rooms_are_lost_but_not_while_it_is_unavailable(rig: Rig) -> None:
    await rig.wire.happen("GUILD_DELETE", id="10", unavailable=True)
    await rig.wire.happen("GUILD_DELETE", id="10")
    assert await rig.lost(2) == ["20", "21"]


async def test_a_deleted_channel_and_a_deleted_thread_are_lost(rig: Rig) -> None:
    await rig.wire.happen("CHANNEL_DELETE", **channel(20))
    await rig.wire.happen("THREAD_DELETE", id="30", guild_id="10", parent_id="21", type=11)
    assert await rig.lost(2) == ["20", "30"]


async def test_where_we_may_not_speak_any_more_is_lost_once(rig: Rig) -> None:
    await rig.wire.happen("CHANNEL_UPDATE", **channel(20))
    for _ in range(2):
        await rig.wire.happen("CHANNEL_UPDATE", **channel(20, denied=MAY))
    await rig.wire.happen("GUILD_ROLE_UPDATE", guild_id="10", role=role(MAY_NOT))
    assert await rig.lost(2) == ["20", "21"]


async def test_a_post_in_an_announcement_channel_is_published_once(rig: Rig) -> None:
    for room in ("20", "21"):
        await rig.messenger.send(ChatRef("discord", room), CARD, nonce="delivery")
        await rig.messenger.send(ChatRef("discord", room), CARD, replaces="555")
    await rig.wire.until(lambda: rig.wire.called("/crosspost"))
    assert [path for _, path, _ in rig.wire.calls if "crosspost" in path] == [
        "/channels/21/messages/555/crosspost"
    ]
