"""The gateway of the strict Discord: who is let in, what is told, sessions that go on or begin anew."""

from __future__ import annotations

import asyncio

import discord
import pytest

from tests.peers.discord.people import Person
from tests.peers.discord.things import Guild, Kind, Right
from tests.peers.discord_server import DiscordServer
from tests.platforms.discord.peer.client import Bot


async def test_the_library_logs_in_and_knows_servers_channels_and_rights(
    server: DiscordServer, bot: Bot, guild: Guild
) -> None:
    news = server.rooms.add(guild, "news", Kind.ANNOUNCEMENT, denied=Right.SEND)
    thread, forum = server.rooms.thread(news), server.rooms.add(guild, "forum", Kind.FORUM)
    await server.until(lambda: bot.get_channel(forum.id))
    here, room = bot.get_guild(guild.id), bot.get_channel(news.id)
    assert here is not None
    assert here.get_thread(thread.id) is not None
    assert isinstance(room, discord.TextChannel)
    assert room.is_news()
    rights = room.permissions_for(here.me)
    assert (rights.view_channel, rights.send_messages) == (True, False)
    server.rooms.delete(forum)
    server.rooms.remove_bot(guild)
    await server.until(lambda: bot.get_guild(guild.id) is None)
    assert await bot.code("GET", f"/channels/{forum.id}") == 10003
    assert await bot.code("GET", f"/channels/{news.id}") == 50001


async def test_after_a_drop_the_session_is_resumed_and_tells_what_was_missed(
    server: DiscordServer, bot: Bot, mira: Person
) -> None:
    server.gateway.drop()
    mira.say("are you there?")
    await server.until(lambda: "are you there?" in bot.heard)
    await server.until(lambda: "resumed" in bot.heard)
    server.gateway.reconnect()
    await server.until(lambda: bot.heard.count("resumed") == 2)
    server.gateway.invalidate(resumable=True)
    await server.until(lambda: bot.heard.count("resumed") == 3)
    assert bot.heard.count("are you there?") == 1
    assert len(server.gateway.identified) == 1


async def test_an_invalid_session_begins_anew_and_what_was_missed_is_lost(
    server: DiscordServer, bot: Bot, mira: Person
) -> None:
    server.gateway.forget()
    server.gateway.drop()
    mira.say("lost")
    await server.until(lambda: bot.heard.count("ready") == 2)
    server.gateway.invalidate()
    await server.until(lambda: bot.heard.count("ready") == 3)
    assert "lost" not in bot.heard
    assert len(server.gateway.resumed) == 1


async def test_a_token_that_is_no_longer_right_is_refused(server: DiscordServer) -> None:
    await refuse(server, discord.Intents(guilds=True), new_token="another")
    assert server.gateway.closed == [4004]


async def test_privileged_intents_are_refused(server: DiscordServer) -> None:
    await refuse(server, discord.Intents(guilds=True, members=True))
    assert server.gateway.closed == [4014]


async def refuse(server: DiscordServer, intents: discord.Intents, new_token: str = "") -> None:
    async with Bot(server, intents) as client:
        await client.login(server.token)
        server.token = new_token or server.token
        with pytest.raises((discord.ConnectionClosed, discord.PrivilegedIntentsRequired)):
            await asyncio.wait_for(client.connect(), 10)


async def test_a_wrong_token_does_not_log_in(server: DiscordServer) -> None:
    async with Bot(server, discord.Intents(guilds=True)) as client:
        with pytest.raises(discord.LoginFailure):
            await client.login("wrong")
