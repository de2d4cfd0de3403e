"""Sharing with all around: once for each press, composed as for a stranger, and only what all may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app import Team
from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Around, Came
from bot.features.buttons import pack
from bot.ports import Paper, Tx
from tests.content.test_laying import CAMPAIGN, TENANTS, TEXT
from tests.stage import DESK, Seat, Shown, Stage, open_stage, shipped

MIRA, ASA = Seat("mira"), Seat("asa", room="desk")
SQUARE = ChatRef("console", "square")
AROUND = Around(SQUARE, theirs=True, ours=True)
CAMPAIGN_ROUTE = ("share", "c", "palestine")


async def opened() -> Stage:
    stage = open_stage(shipped())
    await stage.bot.start()
    return stage


async def share(stage: Stage, *route: str, around: Around | None = AROUND, who: Seat = MIRA) -> list[Shown]:
    """Somebody presses the button; what was said because of it."""
    pressed = stage.incoming(who, Came.PRESS, data=pack(route))
    return await stage.take(replace(pressed, around=around))


def posted(stage: Stage) -> list[Shown]:
    return [each for each in stage.messenger.shown if each.chat == SQUARE]


async def test_a_press_that_comes_again_posts_once_and_so_does_a_restart() -> None:
    stage = await opened()
    said = await share(stage, *CAMPAIGN_ROUTE)
    assert [each.phrases[0] for each in said] == ["share.done", "campaign.title"]
    await stage.again()
    await stage.restart(crash=True)
    assert len(posted(stage)) == 1
    await share(stage, *CAMPAIGN_ROUTE)
    await stage.wait(timedelta(minutes=1))
    assert len(posted(stage)) == 2


async def test_nothing_of_who_shares_is_in_it() -> None:
    stage = await opened()
    await stage.say(MIRA, "/sign palestine")
    await stage.press(MIRA, "b.sign-organisation")
    for words in ("Riverbank Tenants Union", "RTU", "Germany", "Mira, chair"):
        await stage.say(MIRA, words)
    await stage.press(MIRA, "b.sign-and-publish")
    await stage.press(ASA, "b.approve")
    await stage.turn_clock(timedelta(minutes=11))
    await share(stage, *CAMPAIGN_ROUTE)
    (card,) = posted(stage)
    assert (card.labels, [key.start for row in card.outgoing.keys for key in row]) == (
        ("b.open-for-me",),
        ["c_palestine"],
    )
    assert "Riverbank" not in str(card.outgoing)


async def test_it_speaks_the_language_in_which_it_was_read() -> None:
    stage = await opened()
    await share(stage, *CAMPAIGN_ROUTE, who=Seat("mali", locale="th"))
    assert posted(stage)[0].outgoing.language == "th"


@pytest.mark.parametrize("shown", [False, True])
async def test_what_organisers_alone_see_is_not_shared(*, shown: bool) -> None:
    stage = await opened()
    papers = {
        ("organisations.toml",): TENANTS,
        ("statements", "housing", "en.md"): TEXT,
        ("campaigns", "housing.toml"): CAMPAIGN,
    }

    def lay(tx: Tx) -> None:
        for number, (path, text) in enumerate(papers.items()):
            tx.papers.put(Paper(path, text, hidden=not shown and len(path) > 1), f"v{number}")

    await stage.store.transaction(lay)
    stage.team = Team(owners=frozenset({AccountRef("console", "mira")}), moderators=(DESK,))
    stage.build()
    said = await share(stage, "share", "c", "housing")
    assert said[0].phrases[0] == ("share.done" if shown else "share.not-yet")
    assert len(posted(stage)) == shown


@pytest.mark.parametrize(
    ("theirs", "ours", "phrase"),
    [
        (False, True, "share.you-may-not"),
        (False, False, "share.you-may-not"),
        (True, False, "share.we-may-not"),
    ],
)
async def test_rights_are_looked_up_at_the_press(*, theirs: bool, ours: bool, phrase: str) -> None:
    stage = await opened()
    said = await share(stage, *CAMPAIGN_ROUTE, around=Around(SQUARE, theirs=theirs, ours=ours))
    assert [each.phrases[0] for each in said] == [phrase]


async def test_where_nobody_is_around_the_card_itself_is_shown() -> None:
    stage = await opened()
    (card,) = await share(stage, *CAMPAIGN_ROUTE, around=None)
    assert "share.links" in card.phrases
    assert not card.has("b.share-here")


@pytest.mark.parametrize(
    "route",
    [
        (),
        ("mine",),
        ("list", "palestine"),
        ("c", "nowhere"),
        ("st", "read", "palestine", "txt"),
        ("rv", "see", "x"),
        ("share", "c", "palestine"),
        ("gr", "g", "nowhere", "x", "0"),
    ],
)
async def test_nothing_else_can_be_shared(route: tuple[str, ...]) -> None:
    stage = await opened()
    (card,) = await share(stage, "share", *route)
    assert (card.phrases[0], posted(stage)) == ("button.old", [])
