"""Unfinished talks: reminded once after a day, erased after thirty."""

from __future__ import annotations

from datetime import timedelta

from tests.stage import Seat, open_stage, shipped

MIRA = Seat("mira")


async def test_an_unfinished_talk_is_reminded_once_and_erased_after_thirty_days() -> None:
    stage = open_stage(shipped())
    await stage.bot.start()
    await stage.say(MIRA, "/sign palestine")
    await stage.press(MIRA, "b.sign-organisation")
    await stage.say(MIRA, "Riverbank Tenants Union")
    assert await stage.turn_clock(timedelta(hours=23)) == []
    (notice,) = await stage.turn_clock(timedelta(hours=2))
    assert notice.phrases[0] == "notice.unfinished"
    assert await stage.turn_clock(timedelta(days=20)) == [], "once"
    (kept,) = await stage.press(MIRA, "b.go-on")
    assert "sign.ask-acronym" in kept.phrases
    await stage.turn_clock(timedelta(days=31))
    (gone,) = await stage.say(MIRA, "RTU")
    assert gone.phrases[0] == "home.what", "the talk is forgotten"


async def test_throwing_it_away_from_the_notice_ends_the_talk() -> None:
    stage = open_stage(shipped())
    await stage.bot.start()
    await stage.say(MIRA, "/sign palestine")
    await stage.press(MIRA, "b.sign-person")
    await stage.turn_clock(timedelta(days=2))
    (gone,) = await stage.press(MIRA, "b.throw-away")
    assert gone.phrases[0] == "talk.cancelled"
