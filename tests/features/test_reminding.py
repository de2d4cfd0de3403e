"""Reminders by buttons that nobody's card has, and by whom they are not for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.app import Team
from bot.campaign.campaign import Reminder
from bot.campaign.refs import AccountRef
from bot.dialog.messages import Came
from tests.stage import DESK, Seat, Stage, open_stage, shipped

ASA, MIRA = Seat("asa"), Seat("mira")


async def opened() -> Stage:
    stage = open_stage(shipped())
    stage.team = Team(frozenset({AccountRef("console", "asa")}), (DESK,))
    stage.build()
    await stage.open()
    return stage


async def pressed(stage: Stage, seat: Seat, data: str) -> tuple[str, ...]:
    (card,) = await stage.take(stage.incoming(seat, Came.PRESS, data=data))
    return card.phrases


async def reminders(stage: Stage) -> tuple[Reminder, ...]:
    return await stage.store.read(lambda tx: stage.bot.tools.at(tx).catalog.campaigns["palestine"].reminders)


@pytest.mark.parametrize(
    "route",
    [
        "week/9/10",
        "week/x/10",
        "week/1/3",
        "week/1/¹⁰",
        "week/1/10/1",
        "on/2026-02-30/10",
        "on/x/10",
        "on/9999-12-31/20",
        "on/0001-01-01/8",
        "on/2020-01-01/10",
        "off/nothing",
        "week/١/10",
    ],
)
async def test_a_button_that_no_card_has_changes_nothing(route: str) -> None:
    stage = await opened()
    before = await reminders(stage)
    assert "bot.broken" not in await pressed(stage, ASA, f"rem/palestine/{route}")
    assert await reminders(stage) == before


async def test_at_most_five_and_each_once() -> None:
    stage = await opened()
    for hour in (8, 8, 9, 10, 12, 14, 16):
        await pressed(stage, ASA, f"rem/palestine/week/1/{hour}")
    found = await reminders(stage)
    assert [each.slug for each in found] == ["weekly-call", *(f"weekly-1-{hour}" for hour in (8, 9, 10, 12))]


async def test_somebody_else_is_told_who_may() -> None:
    stage = await opened()
    before = await reminders(stage)
    for route in ("week/1/10", "off/weekly-call"):
        assert (await pressed(stage, MIRA, f"rem/palestine/{route}"))[0] == "org.not-you"
    assert await reminders(stage) == before


async def test_a_rehearsal_has_none_yet() -> None:
    stage = await opened()
    catalog = stage.content.catalog
    campaign = replace(catalog.campaigns["palestine"], rehearsal=True)
    stage.content = replace(
        stage.content, catalog=replace(catalog, campaigns={"palestine": campaign}), names={}
    )
    stage.build()
    assert "org.rehearsal" in await pressed(stage, ASA, "rem/palestine/week/1/10")
