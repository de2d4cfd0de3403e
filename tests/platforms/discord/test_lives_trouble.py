"""The whole bot on the strict Discord in bad weather: closed DMs, an answer that is lost."""

from __future__ import annotations

from datetime import timedelta

from tests.peers.discord.people import Person
from tests.peers.discord.weather import Fault
from tests.platforms.discord import test_lives
from tests.platforms.discord.house import House

house = test_lives.house


async def sign(house: House) -> Person:
    """Mira signs for an organisation."""
    mira = house.server.user(42)
    await house.answered(mira.command("start"))
    await house.press(mira, "Sign for an organisation", mira.dm)
    await house.answered(mira.submit(organisation="Riverbank Tenants Union", representative="Mira, chair"))
    await house.press(mira, "Fill in", mira.dm)
    await house.answered(mira.submit(country="DE"))
    await house.press(mira, "Sign and publish", mira.dm)
    return mira


async def test_a_card_whose_answer_is_lost_stands_there_once(house: House) -> None:
    async with house.life():
        await sign(house)
        house.server.weather.expect(Fault.LOST, f"/channels/{house.desk.id}/messages")
        await house.bot.tick()
    async with house.life():
        for _ in range(3):
            house.clock.turn(timedelta(minutes=1))
            await house.bot.tick()
        assert len(house.desk.from_bot) == 1
        assert house.server.repeats == house.desk.from_bot, "it was sent again and given back"


async def test_a_notice_that_cannot_arrive_is_offered_with_the_next_command(house: House) -> None:
    async with house.life():
        mira, asa = await sign(house), house.server.user(9, name="Asa")
        assert house.desk.guild
        house.server.rooms.join(house.desk.guild, asa)
        await house.bot.tick()
        mira.close_dms()
        await house.press(asa, "Approve", house.desk)
        for _ in range(3):
            house.clock.turn(timedelta(minutes=1))
            await house.bot.tick()
        assert [refusal["code"] for _, refusal in house.server.refusals] == [50007]
        await house.answered(mira.command("start"))
        await house.press(mira, "News for you", mira.dm)
        await house.answered(mira.command("start"))
        assert not any("News" in label for label in mira.last().buttons)
