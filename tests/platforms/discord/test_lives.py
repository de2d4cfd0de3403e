"""The whole bot on the strict Discord: signing by forms through a restart, and a store that takes long."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.peers.discord_server import DiscordServer
from tests.platforms.discord.house import House
from tests.stage import HandClock, shipped
from tests.transcripts.play import set_up

TEN = timedelta(seconds=10)


@pytest.fixture
def house(server: DiscordServer, clock: HandClock) -> House:
    content, _ = set_up("setup: names=1-17 undo=0 milestones=18", shipped())
    return House(server, content, clock, server.rooms.add(server.guild(9 << 22), "desk"))


async def test_an_organisation_signs_by_forms_through_a_restart(house: House) -> None:
    mira = house.server.user(42)
    async with house.life():
        await house.answered(mira.command("start"))
        form = await house.press(mira, "Sign for an organisation", mira.dm)
        assert form.response == 9
    async with house.life():
        given = {"organisation": "Riverbank Tenants Union", "representative": "Mira, chair"}
        await house.answered(mira.submit(**given))
        await house.press(mira, "Fill in", mira.dm)
        await house.answered(mira.submit(country="DE"))
        assert "Riverbank Tenants Union, Germany" in mira.last().text
        await house.press(mira, "Sign and publish", mira.dm)
        assert "Thank you" in mira.last().text
        await house.bot.tick()
        assert "Riverbank Tenants Union" in house.desk.from_bot[-1].text
    assert (house.server.refusals, house.server.failed, house.server.pings) == ([], [], [])


async def test_a_command_is_found_by_its_name_in_the_readers_language(house: House) -> None:
    mali = house.server.user(43, "th", "Mali")
    async with house.life():
        await house.answered(mali.command("ลงชื่อ"))
        assert "ลงชื่อ" in " ".join(mali.last().buttons)
    assert (house.server.refusals, house.server.failed) == ([], [])


async def test_a_store_that_takes_ten_seconds_fails_nothing(house: House) -> None:
    server, people = house.server, [house.server.user(42 + n) for n in range(5)]
    commands, presses, opens, sends, types = people
    async with house.life():
        for who in (presses, opens, sends):
            await house.answered(who.command("start"))
        await house.press(sends, "Sign for an organisation", sends.dm)
        house.store.gate.clear()
        typed = types.typing("sign", "organisation", "")
        asked = [
            commands.command("start"),
            presses.press(presses.last().buttons[-1]),
            opens.press("Sign for an organisation"),
            sends.submit(organisation="Riverbank Tenants Union", representative="Mira, chair"),
        ]
        await server.until(lambda: all(each.response for each in (*asked, typed)))
        house.clock.turn(TEN)
        assert (server.failed, [each.response for each in asked]) == ([], [5, 6, 6, 6])
        assert typed.choices, "they are offered from memory"
        house.store.gate.set()
        answers = [f"PATCH /webhooks/{server.bot.id}/{each.token}/messages/@original" for each in asked]
        await server.until(lambda: all(server.called(each) for each in answers))
        for who in (opens, sends):
            assert (await house.press(who, "Fill in", who.dm)).response == 9
    assert (server.refusals, server.failed) == ([], [])


async def test_buttons_work_after_a_year(house: House) -> None:
    mira = house.server.user(42)
    async with house.life():
        await house.answered(mira.command("start"))
    house.clock.turn(timedelta(days=366))
    async with house.life():
        assert (await house.press(mira, "Sign for an organisation", mira.dm)).response == 9
    assert (house.server.refusals, house.server.failed) == ([], [])
