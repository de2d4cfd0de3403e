"""The strict Discord's rarer refusals, and what it keeps in mind, asked over plain HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.peers.discord.interactions import Interaction
from tests.peers.discord.things import Channel, Kind, Right
from tests.peers.discord_server import BOT, DiscordServer

Json = dict[str, Any]

HELP: Json = {
    "name": "help",
    "description": "What there is",
    "contexts": [0, 1, 2],
    "integration_types": [0, 1],
}
BAD_BUTTON: Json = {"type": 2, "style": 1, "label": "", "custom_id": "a"}


class Asker:
    """Makes calls with the bot's token."""

    def __init__(self, server: DiscordServer, session: aiohttp.ClientSession) -> None:
        self.server, self.session, self.now = server, session, 1_780_000_000.0
        server.clock = server.weather.clock = lambda: self.now

    async def call(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401  (JSON)
        async with self.session.request(method, self.server.api + path, json=body) as answer:
            return None if answer.status == 204 else await answer.json()

    async def code(self, method: str, path: str, body: object = None) -> int:
        """The code of a refusal; 0 where there is none."""
        answer = await self.call(method, path, body)
        refused = isinstance(answer, dict) and set(answer) >= {"message", "code"}
        return int(answer["code"]) if refused else 0

    async def post(self, channel: Channel, content: str = "x") -> int:
        return await self.code("POST", f"/channels/{channel.id}/messages", {"content": content})

    async def answer(self, asked: Interaction, kind: int, **data: object) -> int:
        path = f"/interactions/{asked.id}/{asked.token}/callback"
        return await self.code("POST", path, {"type": kind, "data": data})

    async def follow(self, asked: Interaction, method: str, path: str = "", **body: object) -> int:
        return await self.code(method, f"/webhooks/{BOT}/{asked.token}{path}", body or None)

    async def sync(self, *commands: Json) -> int:
        return await self.code("PUT", f"/applications/{BOT}/commands", commands)


@pytest.fixture
async def asker() -> AsyncIterator[Asker]:
    server = await DiscordServer().start()
    head = {"Authorization": f"Bot {server.token}"}
    async with aiohttp.ClientSession(headers=head) as session:
        yield Asker(server, session)
    await server.stop()


@pytest.fixture
def room(asker: Asker) -> Channel:
    return asker.server.rooms.add(asker.server.guild(9))


async def test_what_is_wrong_is_told_by_its_place(asker: Asker, room: Channel) -> None:
    body = {"content": "x", "components": [{"type": 1, "components": [BAD_BUTTON]}]}
    told = await asker.call("POST", f"/channels/{room.id}/messages", body)
    (wrong,) = told["errors"]["components"]["0"]["components"]["0"]["label"]["_errors"]
    assert wrong["code"] == "BASE_TYPE_BAD_LENGTH"


async def test_direct_chats(asker: Asker) -> None:
    mira = asker.server.user(5)
    assert await asker.post(mira.dm) == 0
    assert (
        await asker.code("PATCH", f"/channels/{mira.dm.id}/messages/{mira.say('a').id}", {"content": "b"})
        == 50005
    )
    mira.installed = False
    assert await asker.post(mira.dm) == 50278
    for number, code in ((6, 10013), (BOT, 50033), ("x", 50035), (5, 0)):
        assert await asker.code("POST", "/users/@me/channels", {"recipient_id": str(number)}) == code


async def test_who_is_in_a_server(asker: Asker, room: Channel) -> None:
    server, guild, mira = asker.server, room.guild, asker.server.user(5)
    assert guild
    assert await asker.code("GET", "/guilds/9/members/6") == 10013
    assert await asker.code("GET", "/guilds/9/members/5") == 10007
    server.rooms.join(guild, mira, Right.MANAGE_SERVER)
    member, roles = await asker.call("GET", "/guilds/9/members/5"), await asker.call("GET", "/guilds/9/roles")
    assert [role["permissions"] for role in roles if role["id"] in member["roles"]] == ["32"]
    server.rooms.remove_bot(guild)
    assert await asker.code("GET", "/guilds/9/members/5") == 10004
    assert await asker.post(room) == 50001


async def test_posts_are_published_ten_times_an_hour(asker: Asker, room: Channel) -> None:
    assert room.guild
    news = asker.server.rooms.add(room.guild, "news", Kind.ANNOUNCEMENT)
    path = f"/channels/{news.id}/messages"
    posts = [
        f"{path}/{(await asker.call('POST', path, {'content': 'x'}))['id']}/crosspost" for _ in range(11)
    ]
    assert [await asker.code("POST", each) for each in posts[:10]] == [0] * 10
    assert (await asker.call("POST", posts[10]))["retry_after"] == 3600
    asker.now += 3600
    assert await asker.code("POST", posts[10]) == 0


async def test_secrecy_is_settled_when_it_begins_to_think(asker: Asker, room: Channel) -> None:
    server, mira = asker.server, asker.server.user(5)
    assert room.guild
    server.rooms.join(room.guild, mira)
    await asker.sync(HELP)
    for flags, secret in ((64, True), (0, False)):
        asked = mira.command("help", room)
        assert await asker.answer(asked, 5, flags=flags) == 0
        assert server.waiting == [asked]
        assert await asker.follow(asked, "POST", content="answer", flags=64 - flags) == 0
        assert [(m.text, m.only is not None) for m in asked.messages] == [("answer", secret)]
        assert await asker.follow(asked, "DELETE", "/messages/@original") == 0
        assert await asker.follow(asked, "PATCH", "/messages/@original", content="x") == 10008
    asked = mira.command("help", room)
    assert await asker.answer(asked, 6) == 50035
    assert await asker.answer(asked, 4, content=" ") == 50006
    await asker.answer(asked, 5)
    asker.now += 901
    assert mira.failed == [asked], "thinking for good is a failure"


async def test_between_others_the_bot_is_only_in_its_answers(asker: Asker) -> None:
    mira, other = asker.server.user(5), asker.server.user(6)
    chat = asker.server.between(mira, other)
    await asker.sync(HELP)
    asked = mira.command("help", chat)
    assert await asker.answer(asked, 4, content="for all") == 0
    assert await asker.follow(asked, "POST", content="for one", flags=64) == 0
    assert [[m.text for m in each.sees(chat)] for each in (mira, other)] == [
        ["for all", "for one"],
        ["for all"],
    ]
    assert await asker.post(chat) == 50001


async def test_sets_of_commands(asker: Asker) -> None:
    assert await asker.sync(HELP, HELP) == 50035
    words = {"type": 3, "description": "x" * 100, "choices": [{"name": "x" * 100, "value": "y" * 100}] * 2}
    assert await asker.sync({**HELP, "options": [{**words, "name": f"o{n}"} for n in range(16)]}) == 50035
    assert await asker.sync({**HELP, "options": [{**words, "name": f"o{n}"} for n in range(15)]}) == 0
    assert await asker.sync({**HELP, "name_localizations": {"hi": "पढ़ें", "th": "ช่วยด้วย"}}) == 0
    other = {**HELP, "name": "other"}
    for names in ({"th": "help"}, {"th": "ช่วย"}):
        again = {"name_localizations": names}
        assert await asker.sync({**HELP, "name_localizations": {"th": "ช่วย"}}, {**other, **again}) == 50035
    number = asker.server.commands["help"]["id"]
    assert await asker.sync(HELP) == 0
    assert asker.server.commands["help"]["id"] == number
