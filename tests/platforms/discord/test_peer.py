"""The strict Discord is one to the real discord.py, and refuses what Discord refuses."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import aiohttp
import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.peers.discord.interactions import Interaction
from tests.peers.discord.people import Person
from tests.peers.discord.things import Guild, Kind, Right
from tests.peers.discord.weather import Bucket, Fault
from tests.peers.discord_server import BOT, DiscordServer

Json = dict[str, Any]

READ: Json = {
    "name": "read",
    "description": "Read the statement",
    "options": [{"type": 3, "name": "topic", "description": "Which one", "autocomplete": True}],
}
SIGN: Json = {"type": 2, "style": 1, "label": "Sign", "custom_id": "p0:sign"}
FORM: Json = {
    "custom_id": "f:sign",
    "title": "Sign",
    "components": [
        {"type": 18, "label": "Name", "component": {"type": 4, "custom_id": "name", "style": 1}},
        {
            "type": 18,
            "label": "As",
            "component": {
                "type": 21,
                "custom_id": "as",
                "options": [{"label": "A person", "value": "p"}, {"label": "A union", "value": "u"}],
            },
        },
    ],
}


def row(*parts: Json) -> Json:
    return {"type": 1, "components": list(parts)}


class Clock:
    """A time that a test sets."""

    def __init__(self) -> None:
        self.now = 1_780_000_000.0

    def __call__(self) -> float:
        return self.now


class Bot(discord.Client):
    """The real client, with what it heard."""

    def __init__(self, server: DiscordServer, intents: discord.Intents) -> None:
        super().__init__(intents=intents, guild_ready_timeout=0.01, max_ratelimit_timeout=30.0)
        self.server = server
        self.heard: list[str] = []
        self.asked: list[discord.Interaction[Any]] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Begin a second session without the library's pause."""

    async def on_ready(self) -> None:
        self.heard.append("ready")

    async def on_resumed(self) -> None:
        self.heard.append("resumed")

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        self.asked.append(interaction)

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message.content)

    async def call(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401  (JSON)
        more: dict[str, Any] = {} if body is None else {"json": body}
        return await self.http.request(Route(method, path), **more)

    async def code(self, method: str, path: str, body: object = None) -> int:
        """The code of the refusal; 0 where there is none."""
        try:
            await self.call(method, path, body)
        except discord.HTTPException as refusal:
            return refusal.code
        return 0


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[DiscordServer]:
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    running = await DiscordServer(clock=clock).start()
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = running.api, yarl.URL(running.ws)
    yield running
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
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


async def heard(server: DiscordServer, bot: Bot) -> discord.Interaction[Any]:
    await server.until(lambda: bot.asked)
    return bot.asked.pop()


async def respond(bot: Bot, asked: Interaction, kind: int, data: Json | None = None) -> int:
    body = {"type": kind} | ({"data": data} if data is not None else {})
    return await bot.code("POST", f"/interactions/{asked.id}/{asked.token}/callback", body)


# The gateway


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


# Interactions


async def test_a_command_is_answered_for_one_person_alone(
    server: DiscordServer, bot: Bot, mira: Person, guild: Guild
) -> None:
    room, other = next(iter(guild.channels.values())), server.user(8)
    server.rooms.join(guild, mira)
    server.rooms.join(guild, other)
    asked = mira.command("read", room, topic="water")
    interaction = await heard(server, bot)
    assert (interaction.locale, interaction.user.id) == (discord.Locale.thai, 7)
    assert isinstance(interaction.channel, discord.TextChannel)
    await interaction.response.defer(ephemeral=True)
    assert asked.waits
    await interaction.followup.send("Here it is.")
    assert [each.text for each in mira.sees(room)] == ["Here it is."]
    assert other.sees(room) == []
    assert await bot.code("GET", f"/channels/{room.id}/messages/{mira.last(room).id}") == 10008
    mira.reload()
    assert mira.sees(room) == []


async def test_typing_a_button_a_form_and_the_same_form_again(bot: Bot, mira: Person) -> None:
    typed = mira.typing("read", "topic", "wa")
    assert await respond(bot, typed, 8, {"choices": [{"name": "Water", "value": "w"}] * 26}) == 50035
    assert await respond(bot, typed, 8, {"choices": [{"name": "Water", "value": "w"}]}) == 0
    assert typed.choices == [{"name": "Water", "value": "w"}]
    asked = mira.command("read", topic="w")
    assert await respond(bot, asked, 4, {"content": "Water", "components": [row(SIGN)]}) == 0
    pressed = mira.press("Sign")
    assert await respond(bot, pressed, 9, FORM) == 0
    with pytest.raises(AssertionError, match="filled"):
        mira.submit(pressed, As="A union")
    sent = [mira.submit(pressed, Name="Mira", As="A union") for _ in range(2)]
    assert [part["component"] for part in sent[1].data["components"]] == [
        {"type": 4, "id": 2, "custom_id": "name", "value": "Mira"},
        {"type": 21, "id": 4, "custom_id": "as", "value": "u"},
    ]
    assert await respond(bot, sent[0], 9, FORM) == 50035
    assert await respond(bot, sent[0], 7, {"content": "Thank you", "components": []}) == 0
    assert mira.last().text == "Thank you"
    with pytest.raises(AssertionError, match="Sign"):
        mira.press("Sign")


async def test_three_seconds_one_answer_and_fifteen_minutes(
    server: DiscordServer, bot: Bot, clock: Clock, mira: Person
) -> None:
    late, asked = mira.command("read"), mira.command("read")
    hook = f"/webhooks/{BOT}/{asked.token}"
    assert await bot.code("POST", hook, {"content": "too early"}) == 10015
    clock.now += 3
    assert await respond(bot, asked, 5) == 0
    assert await respond(bot, asked, 4, {"content": "again"}) == 40060
    clock.now += 0.5
    assert mira.failed == [late]
    assert await respond(bot, late, 4, {"content": "late"}) == 10062
    assert await bot.code("PATCH", f"{hook}/messages/@original", {"content": "done"}) == 0
    clock.now += 900
    assert await bot.code("POST", hook, {"content": "over"}) == 50027
    assert [each.text for each in mira.sees()] == ["done"]
    assert server.failed == [late]


# Messages


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
    server.weather.expect(Fault.REFUSED, path, code=50001)
    assert await bot.code("POST", path, {"content": "no"}) == 50001
    assert [each.text for each in room.from_bot] == [Fault.LOST, "page"]


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Read"},
        {"name": "x" * 33},
        {"description": "x" * 101},
        {"name_localizations": {"ms": "baca"}},
        {"name_localizations": {"th": "Not Lower"}},
        {"options": READ["options"] * 2},
        {"contexts": [3]},
    ],
)
async def test_a_set_of_commands_that_discord_refuses(server: DiscordServer, bot: Bot, change: Json) -> None:
    assert await bot.code("PUT", f"/applications/{BOT}/commands", [READ | change]) == 50035
    assert server.commands == {}
