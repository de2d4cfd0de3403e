"""Milestones: organisations count, or people where only they sign; what comes back is no news."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.stage import Seat, Stage, named, open_stage, shipped

ASA = Seat("asa", "news", administrator=True)


async def subscribed(*, organisations: bool, milestone: int) -> Stage:
    """A stage whose room waits for one milestone; five names are on the list already."""
    content = named(shipped(), "palestine", range(1, 6))
    campaign = replace(
        content.catalog.campaigns["palestine"],
        organisations_sign=organisations,
        milestones=(milestone,),
        undo_minutes=0,
        show_count_from=1,
    )
    content = replace(content, catalog=replace(content.catalog, campaigns={"palestine": campaign}))
    stage = open_stage(content)
    await stage.bot.start()
    await stage.say(ASA, "/channel")
    await stage.press(ASA, "b.yes-sample")
    await stage.press(ASA, "b.start-posting")
    return stage


async def count_me(stage: Stage, user: str) -> None:
    """Somebody signs without a name."""
    seat = Seat(user)
    await stage.say(seat, "/sign palestine")
    await stage.press(seat, "b.sign-person")
    await stage.press(seat, "b.unnamed")
    await stage.say(seat, "Germany")
    await stage.press(seat, "b.sign-now")


def posts(stage: Stage) -> list[str]:
    """What the room was told unasked."""
    return [
        shown.phrases[0]
        for shown in stage.messenger.shown
        if shown.chat.id == "news" and "post.story" in shown.phrases[:1]
    ]


@pytest.mark.parametrize(("organisations", "told"), [(True, 0), (False, 1)])
async def test_people_reach_a_milestone_where_only_people_sign(organisations: bool, told: int) -> None:  # noqa: FBT001
    stage = await subscribed(organisations=organisations, milestone=2)
    for user in ("mira", "noor", "sam"):
        await count_me(stage, user)
    assert len(posts(stage)) == told
