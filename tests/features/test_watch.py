"""After a long silence: one notice to whoever is in a talk, and what those who run the bot read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app import Team
from bot.campaign.refs import AccountRef
from bot.log import Event
from tests.stage import Seat, Stage, open_stage, shipped
from tests.transcripts.rules import broken

MIRA = Seat("mira")


async def begun() -> Stage:
    """Somebody is in a talk when the platform falls silent."""
    stage = open_stage(shipped())
    await stage.bot.start()
    await stage.bot.heard("console")
    await stage.say(MIRA, "/sign palestine")
    await stage.press(MIRA, "b.sign-person")
    return stage


def seen(stage: Stage, before: int) -> list[str]:
    return [card.phrases[0] for card in stage.messenger.shown[before:]]


async def test_a_silence_while_we_live_gives_one_notice_in_place_of_the_reminder() -> None:
    stage = await begun()
    before = len(stage.messenger.shown)
    stage.clock.turn(timedelta(hours=27))
    await stage.bot.ticks()["unfinished"][1]()
    stage.clock.turn(timedelta(hours=3))
    await stage.bot.heard("console")
    await stage.bot.heard("console")
    await stage.turn_clock(timedelta(days=2))
    assert sorted(seen(stage, before)) == ["alarm.gap", "notice.away"]


@pytest.mark.parametrize("hours", [1, 24])
async def test_what_the_platform_still_keeps_is_no_gap(hours: int) -> None:
    stage = await begun()
    before = len(stage.messenger.shown)
    stage.clock.turn(timedelta(hours=hours))
    await stage.bot.heard("console")
    await stage.bot.deliverer.tick()
    assert seen(stage, before) == []


async def test_another_platform_s_silence_concerns_nobody_here() -> None:
    stage = await begun()
    await stage.bot.heard("telegram")
    before = len(stage.messenger.shown)
    stage.clock.turn(timedelta(hours=30))
    await stage.bot.heard("telegram")
    await stage.bot.deliverer.tick()
    assert seen(stage, before) == ["alarm.gap"]


async def test_a_start_finds_the_gap_before_anything_rings() -> None:
    stage = await begun()
    stage.clock.turn(timedelta(hours=30))
    said = await stage.restart()
    said += await stage.turn_clock(timedelta(minutes=1))
    assert sorted(card.phrases[0] for card in said) == ["alarm.gap", "notice.away"]


async def test_owners_are_told_in_private_where_there_are_some(caplog: pytest.LogCaptureFixture) -> None:
    stage = open_stage(shipped())
    stage.team = replace(Team(), owners=frozenset({AccountRef("console", "asa")}), moderators=())
    stage.build()
    await stage.bot.shared("console", "poller")
    await stage.bot.shared("console", "poller")
    await stage.bot.deliverer.tick()
    assert [record.msg for record in caplog.records] == [Event.TOKEN_SHARED]
    (card,) = stage.messenger.shown
    assert (card.chat.id, card.phrases[:2]) == ("@asa", ("alarm.poller", "alarm.new-token"))


@pytest.mark.parametrize("language", shipped().phrases.offered)
async def test_the_cards_keep_the_rules_in_every_language(language: str) -> None:
    stage = await begun()
    stage.language = language
    await stage.say(MIRA, "/mine")
    before = len(stage.messenger.shown)
    stage.clock.turn(timedelta(hours=30))
    await stage.bot.heard("console")
    for how in ("webhook", "poller"):
        await stage.bot.shared("console", how)
    await stage.bot.deliverer.tick()
    cards = stage.messenger.shown[before:]
    assert {card.outgoing.language for card in cards} == {language}
    assert len(cards) == 4
    assert broken(cards, stage.content.phrases) == set()


async def test_the_ear_does_not_stop_where_nothing_can_be_noted(caplog: pytest.LogCaptureFixture) -> None:
    stage = await begun()
    await stage.store.transaction(lambda tx: tx.notes.put("console.heard", "no time at all"))
    await stage.bot.heard("console")
    await stage.bot.start()
    assert [record.msg for record in caplog.records if record.levelname == "ERROR"]
