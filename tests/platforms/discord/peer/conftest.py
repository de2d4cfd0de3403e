"""A strict Discord, a bot on it, and somebody who uses it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.peers.discord.people import Person
from tests.peers.discord.things import Guild
from tests.peers.discord_server import BOT, DiscordServer
from tests.platforms.discord.peer.client import READ, Bot, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[DiscordServer]:
    running = await DiscordServer(clock=clock).start()
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = running.api, yarl.URL(running.ws)
    yield running
    await running.stop()


@pytest.fixture
def guild(server: DiscordServer) -> Guild:
    return server.guild(5 << 22, "Workers")


@pytest.fixture
async def bot(server: DiscordServer, guild: Guild) -> AsyncIterator[Bot]:
    server.rooms.add(guild, "general")
    client = Bot(server, discord.Intents(guilds=True, dm_messages=True))
    async with client:
        await client.login(server.token)
        listening = asyncio.ensure_future(client.connect())
        await server.until(lambda: "ready" in client.heard)
        yield client
    await listening


@pytest.fixture
async def mira(server: DiscordServer, bot: Bot) -> Person:
    await bot.call("PUT", f"/applications/{BOT}/commands", [READ])
    return server.user(7, "th")
