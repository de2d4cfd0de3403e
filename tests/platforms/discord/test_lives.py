"""The whole bot on the strict Discord: signing by forms through a restart, and a store that takes long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from discord import Client

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


@pytest.mark.parametrize("pressing", [False, True])
async def test_a_store_that_takes_ten_seconds_fails_nothing(house: House, *, pressing: bool) -> None:
    mira = house.server.user(42)
    async with house.life():
        if pressing:
            await house.answered(mira.command("start"))
        house.store.gate.clear()
        asked = mira.press(mira.last().buttons[-1]) if pressing else mira.command("start")
        await house.server.until(lambda: asked.response is not None)
        house.clock.turn(TEN)
        assert house.server.failed == []
        house.store.gate.set()
        await house.answered(asked)
    assert (house.server.refusals, house.server.failed) == ([], [])


async def test_what_happens_while_the_gateway_is_down_is_answered_after_the_resume(house: House) -> None:
    mira = house.server.user(42)
    async with house.life():
        house.server.gateway.drop()
        asked = mira.command("start")
        await house.answered(asked)
        assert mira.last().buttons
    assert (house.server.refusals, house.server.failed) == ([], [])


async def at_once(*_: object, initial: bool) -> None:
    """The library's pause before a further session, without its five seconds."""


@pytest.mark.parametrize("what", ["reconnect", "invalidate"])
async def test_a_form_goes_on_after_the_gateway_sends_the_bot_away(
    house: House, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Client, "before_identify_hook", at_once)
    mira, gateway = house.server.user(42), house.server.gateway
    async with house.life():
        await house.answered(mira.command("start"))
        await house.press(mira, "Sign for an organisation", mira.dm)
        before = {*gateway.lines}
        getattr(gateway, what)()
        await house.server.until(lambda: gateway.live and not before & {*gateway.lines})
        given = {"organisation": "Riverbank Tenants Union", "representative": "Mira, chair"}
        await house.answered(mira.submit(**given))
        await house.press(mira, "Fill in", mira.dm)
    assert (house.server.refusals, house.server.failed) == ([], [])


async def test_buttons_work_after_a_year(house: House) -> None:
    mira = house.server.user(42)
    async with house.life():
        await house.answered(mira.command("start"))
    house.clock.turn(timedelta(days=366))
    async with house.life():
        assert (await house.press(mira, "Sign for an organisation", mira.dm)).response == 9
    assert (house.server.refusals, house.server.failed) == ([], [])
