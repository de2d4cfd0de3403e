"""Interactions with the strict Discord: three seconds, one answer, forms, what one person alone sees."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from tests.peers.discord.interactions import Interaction
from tests.peers.discord.people import Person
from tests.peers.discord.things import Guild
from tests.peers.discord_server import BOT, DiscordServer
from tests.platforms.discord.peer.client import READ, SIGN, Bot, Clock, row

Json = dict[str, Any]

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


async def heard(server: DiscordServer, bot: Bot) -> discord.Interaction[Any]:
    await server.until(lambda: bot.asked)
    return bot.asked.pop()


async def respond(bot: Bot, asked: Interaction, kind: int, data: Json | None = None) -> int:
    body = {"type": kind} | ({"data": data} if data is not None else {})
    return await bot.code("POST", f"/interactions/{asked.id}/{asked.token}/callback", body)


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
