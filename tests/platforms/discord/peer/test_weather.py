"""What goes wrong on the way to the strict Discord: limits, floods, connections that drop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aiohttp
import discord
import pytest

from tests.peers.discord.things import Guild
from tests.peers.discord.weather import Bucket, Fault
from tests.peers.discord_server import DiscordServer
from tests.platforms.discord.peer.client import Bot, Clock

Json = dict[str, Any]


async def test_old_posts_are_edited_a_few_times_in_an_hour(
    server: DiscordServer, bot: Bot, clock: Clock, guild: Guild
) -> None:
    path = f"/channels/{next(iter(guild.channels))}/messages"
    made = await bot.call("POST", path, {"content": "0"})
    clock.now += 3601
    for number in range(server.old_edits_an_hour):
        assert await bot.code("PATCH", f"{path}/{made['id']}", {"content": str(number)}) == 0
    with pytest.raises(discord.RateLimited):
        await bot.call("PATCH", f"{path}/{made['id']}", {"content": "too often"})
    assert server.refusals[-1][1]["code"] == 30046


async def test_a_bucket_that_is_empty_says_so(server: DiscordServer, clock: Clock, guild: Guild) -> None:
    rooms = [server.rooms.add(guild, "general").id, server.rooms.add(guild, "other").id]
    server.weather.limits["POST /channels/{channel}/messages"] = Bucket(1, 60)
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {server.token}"}) as session:
        answers = [await told(session, f"{server.api}/channels/{room}/messages") for room in rooms]
        assert [status for status, _, _ in answers] == [200, 200]
        assert answers[0][1]["X-RateLimit-Remaining"] == "0"
        clock.now += 20
        status, headers, body = await told(session, f"{server.api}/channels/{rooms[0]}/messages")
    assert (status, headers["Retry-After"], headers["X-RateLimit-Reset-After"]) == (429, "40", "40.000")
    assert (headers["Content-Type"], headers["Via"]) == ("application/json", "1.1 google")
    assert (body["retry_after"], body["global"]) == (40.0, False)


async def told(session: aiohttp.ClientSession, url: str) -> tuple[int, Mapping[str, str], Json]:
    async with session.post(url, json={"content": "x"}) as answer:
        return answer.status, answer.headers, await answer.json()


async def test_the_weather(server: DiscordServer, bot: Bot, guild: Guild) -> None:
    room = next(iter(guild.channels.values()))
    path = f"/channels/{room.id}/messages"
    server.weather.expect(Fault.FLOOD, path, seconds=60)
    with pytest.raises(discord.RateLimited):
        await bot.call("POST", path, {"content": "later"})
    for fault in (Fault.CUT, Fault.LOST):
        server.weather.expect(fault, path)
        with pytest.raises((aiohttp.ClientError, ConnectionError)):
            await bot.call("POST", path, {"content": fault})
    server.weather.expect(Fault.NONSENSE, path)
    assert "<html>" in await bot.call("POST", path, {"content": "page"})
    server.weather.expect(Fault.REFUSED, f"POST {path}", code=50001)
    assert await bot.code("POST", path, {"content": "no"}) == 50001
    assert [each.text for each in room.from_bot] == [Fault.LOST, "page"]
    for never in ("/api/v10/channels", "POST /api/v10/channels", "post /channels", "/channels/{channel}"):
        with pytest.raises(AssertionError, match="no call has"):
            server.weather.expect(Fault.CUT, never)
