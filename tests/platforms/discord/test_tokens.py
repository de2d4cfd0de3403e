"""Tokens of interactions end after fifteen minutes: nobody loses their place by that, no answer is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.peers.discord.people import Person
from tests.peers.discord.things import Channel
from tests.platforms.discord import test_lives
from tests.platforms.discord.house import House

house = test_lives.house
LATER = timedelta(minutes=20)


@pytest.fixture
def mira(house: House) -> Person:
    who = house.server.user(42)
    assert house.desk.guild
    house.server.rooms.join(house.desk.guild, who)
    return who


@pytest.fixture
def room(house: House) -> Channel:
    assert house.desk.guild
    return house.server.rooms.add(house.desk.guild)


async def begin(house: House, mira: Person, room: Channel) -> None:
    """Mira fills in the first form and has the card before her that leads to the second."""
    await house.answered(mira.command("sign", room))
    await house.press(mira, "Sign for an organisation", room)
    await house.answered(mira.submit(organisation="Riverbank Tenants Union", representative="Mira, chair"))


async def end(house: House, mira: Person, room: Channel) -> None:
    """She goes on from there."""
    await house.press(mira, "Fill in", room)
    await house.answered(mira.submit(country="DE"))
    await house.press(mira, "Sign and publish", room)
    assert "Thank you" in mira.last(room).text


async def test_an_old_card_goes_on_after_twenty_minutes(house: House, mira: Person, room: Channel) -> None:
    async with house.life():
        await begin(house, mira, room)
        house.clock.turn(LATER)
        await end(house, mira, room)
    assert (house.server.refusals, house.server.failed) == ([], [])


async def test_an_old_card_goes_on_after_a_restart(house: House, mira: Person, room: Channel) -> None:
    async with house.life():
        await begin(house, mira, room)
        await house.bot.turns.flush()
    house.clock.turn(LATER)
    async with house.life():
        await end(house, mira, room)
    assert (house.server.refusals, house.server.failed) == ([], [])


async def test_a_form_left_open_for_long_is_taken(house: House, mira: Person, room: Channel) -> None:
    async with house.life():
        await house.answered(mira.command("sign", room))
        await house.press(mira, "Sign for an organisation", room)
        house.clock.turn(LATER)
        given = {"organisation": "Riverbank Tenants Union", "representative": "Mira, chair"}
        await house.answered(mira.submit(**given))
        await end(house, mira, room)
    assert (house.server.refusals, house.server.failed) == ([], [])


@pytest.mark.parametrize("forgotten", [False, True])
async def test_after_a_year_a_card_leads_on(
    house: House, mira: Person, room: Channel, *, forgotten: bool
) -> None:
    async with house.life():
        await begin(house, mira, room)
        await house.bot.turns.flush()
    house.clock.turn(timedelta(days=366))
    async with house.life():
        if not forgotten:
            await end(house, mira, room)
            return
        await house.bot.tick()
        await house.press(mira, "Fill in", room)
        assert mira.last(room).buttons
        await house.answered(mira.command("sign", room))
        await house.press(mira, "Sign for an organisation", room)
        assert mira.form, "she begins anew"
    assert (house.server.refusals, house.server.failed) == ([], [])


async def slow(house: House, mira: Person, room: Channel) -> None:
    """Mira signs while the store takes longer than the token lives."""
    await begin(house, mira, room)
    await house.press(mira, "Fill in", room)
    await house.answered(mira.submit(country="DE"))
    house.store.gate.clear()
    asked = mira.press("Sign and publish", where=room)
    await house.server.until(lambda: asked.response is not None)
    house.clock.turn(LATER)
    house.store.gate.set()
    await house.server.until(lambda: [code for _, code in house.server.refusals])


async def test_an_answer_after_its_token_comes_into_our_chat(
    house: House, mira: Person, room: Channel
) -> None:
    async with house.life():
        await slow(house, mira, room)
        await house.server.until(lambda: mira.sees(mira.dm))
        assert "Thank you" in mira.last().text
    assert [refusal["code"] for _, refusal in house.server.refusals] == [50027]


async def test_an_answer_that_nothing_can_bring_is_offered_with_the_next_command(
    house: House, mira: Person, room: Channel
) -> None:
    mira.close_dms()
    async with house.life():
        await slow(house, mira, room)
        await house.server.until(lambda: len(house.server.refusals) == 2)
        assert mira.last(room).buttons[0].startswith("Sign and publish")
    assert [refusal["code"] for _, refusal in house.server.refusals] == [50027, 50007]
    async with house.life():
        await house.answered(mira.command("help", room))
        await house.press(mira, "News for you", room)
        assert "Riverbank Tenants Union" in mira.last(room).text
        await house.answered(mira.command("help", room))
        assert not any("News" in label for label in mira.last(room).buttons)
    assert house.server.failed == []
