"""Greetings by country: a country's only greeting is shown at once."""

from __future__ import annotations

from tests.stage import Seat, open_stage, shipped

MIRA = Seat("mira")
AUSTRALIA, FRANCE = 1, 4


async def test_the_only_greeting_of_a_country_needs_no_choice() -> None:
    stage = open_stage(shipped())
    await stage.bot.start()
    await stage.say(MIRA, "/greetings")
    await stage.press(MIRA, "b.by-country")
    (one,) = await stage.press(MIRA, "country.name", AUSTRALIA)
    assert one.phrases[0] == "greetings.head"
    (two,) = await stage.press(MIRA, "country.name", FRANCE)
    assert two.phrases[0] == "greetings.pick"
    assert sum(label.startswith("«") for label in two.labels) == 2
