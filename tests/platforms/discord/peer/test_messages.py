"""Messages on the strict Discord: what it refuses, rights, nonces, pings, publishing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.peers.discord.people import Person
from tests.peers.discord.things import Guild, Kind, Right
from tests.peers.discord_server import DiscordServer
from tests.platforms.discord.peer.client import SIGN, Bot, Clock, row

Json = dict[str, Any]


TOO_MUCH: list[Json] = [
    {"content": "x" * 2001},
    {"content": "x", "nonce": "n" * 26},
    {"content": "x", "flags": 64},
    {"content": "x", "unknown": 1},
    {"content": "x", "components": [row(SIGN)] * 6},
    {"content": "x", "components": [row(SIGN, SIGN)]},
    {"content": "x", "components": [row(*({**SIGN, "custom_id": str(n)} for n in range(6)))]},
    {"content": "x", "components": [row({**SIGN, "label": "x" * 81})]},
    {"content": "x", "components": [row({**SIGN, "custom_id": "x" * 101})]},
    {"content": "x", "components": [row({**SIGN, "url": "https://a.example"})]},
    {"content": "x", "components": [row({**SIGN, "style": 5})]},
    {"content": "x", "components": [row({"type": 3, "custom_id": "o", "options": []})]},
    {"content": "x", "components": [row({"type": 3, "custom_id": "o", "options": [{"label": "x"}]})]},
    {"content": "x", "attachments": [{"id": 0, "filename": "none.txt"}]},
    {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
]


@pytest.mark.parametrize("body", TOO_MUCH)
async def test_a_message_that_discord_refuses(bot: Bot, guild: Guild, body: Json) -> None:
    room = next(iter(guild.channels))
    assert await bot.code("POST", f"/channels/{room}/messages", body) == 50035
    assert await bot.code("POST", f"/channels/{room}/messages", {"content": " "}) == 50006


async def test_rights_closed_chats_and_threads(
    server: DiscordServer, bot: Bot, mira: Person, guild: Guild
) -> None:
    room, hidden = server.rooms.add(guild, "read-only"), server.rooms.add(guild, "hidden")
    server.rooms.change(room, denied=Right.SEND)
    server.rooms.change(hidden, denied=Right.VIEW)
    thread = server.rooms.thread(next(iter(guild.channels.values())))
    made = await bot.call("POST", f"/channels/{thread.id}/messages", {"content": "x"})
    for place, code in ((room, 50013), (hidden, 50001), (mira.dm, 0)):
        assert await bot.code("POST", f"/channels/{place.id}/messages", {"content": "x"}) == code
    mira.close_dms()
    opened = await bot.call("POST", "/users/@me/channels", {"recipient_id": "7"})
    assert await bot.code("POST", f"/channels/{opened['id']}/messages", {"content": "x"}) == 50007
    server.rooms.change(thread, archived=True)
    path = f"/channels/{thread.id}/messages/{made['id']}"
    assert await bot.code("PATCH", path, {"content": "y"}) == 50083
    server.rooms.change(thread, locked=True)
    assert await bot.code("POST", f"/channels/{thread.id}/messages", {"content": "x"}) == 160005


async def test_a_nonce_posts_once_within_minutes(
    server: DiscordServer, bot: Bot, clock: Clock, guild: Guild
) -> None:
    path = f"/channels/{next(iter(guild.channels))}/messages"
    body = {"content": "x", "nonce": "n1", "enforce_nonce": True}
    first, again = await bot.call("POST", path, body), await bot.call("POST", path, body)
    assert first["id"] == again["id"]
    assert await bot.code("DELETE", f"{path}/{first['id']}") == 0
    assert await bot.code("POST", path, body) == 10008
    clock.now += 3600
    assert (await bot.call("POST", path, body))["id"] != first["id"]
    assert len(server.repeats) == 1


async def test_what_rings_is_known(server: DiscordServer, bot: Bot, guild: Guild) -> None:
    path = f"/channels/{next(iter(guild.channels))}/messages"
    await bot.call("POST", path, {"content": "@everyone <@7>", "allowed_mentions": {"parse": []}})
    assert server.pings == []
    await bot.call("POST", path, {"content": "@everyone <@7>"})
    assert [who for _, who in server.pings] == [{"@everyone", "@7"}]


async def test_posts_are_published_once_in_announcement_channels(
    server: DiscordServer, bot: Bot, guild: Guild
) -> None:
    news = server.rooms.add(guild, "news", Kind.ANNOUNCEMENT)
    for place, code in ((next(iter(guild.channels)), 50024), (news.id, 0)):
        made = await bot.call("POST", f"/channels/{place}/messages", {"content": "x"})
        path = f"/channels/{place}/messages/{made['id']}/crosspost"
        assert await bot.code("POST", path) == code
    assert await bot.code("POST", path) == 40033
