"""What hostile words do to a greeting that is added, and by whom its buttons are not for."""

from __future__ import annotations

import pytest

from bot.app import Team
from bot.campaign.refs import AccountRef
from bot.content.catalog import Greeting
from bot.dialog.messages import Came
from tests.stage import DESK, Seat, Stage, open_stage, shipped

ASA, MIRA = Seat("asa"), Seat("mira")
CONGRESS = "24th-annual-congress-of-psm"


async def opened() -> Stage:
    stage = open_stage(shipped())
    stage.team = Team(frozenset({AccountRef("console", "asa")}), (DESK,))
    stage.build()
    await stage.open()
    return stage


async def added(stage: Stage, *said: str) -> Greeting:
    """Asa adds a greeting of Praxis; what she says after that, in order, then the last one of the list."""
    await stage.take(stage.incoming(ASA, Came.PRESS, data=f"gre/{CONGRESS}"))
    for words in ("Praxis", *said):
        shown = await stage.say(ASA, words)
        assert not {"bot.broken", "turn.broken"} & {key for each in shown for key in each.phrases}
        if shown[-1].has("sign.candidate"):
            await stage.press(ASA, "sign.candidate")
    shown = await stage.press(ASA, "b.publish-greeting")
    assert not {"bot.broken", "turn.broken"} & {key for each in shown for key in each.phrases}
    occasions = await stage.store.read(lambda tx: stage.bot.tools.at(tx).catalog.occasions)
    return occasions[CONGRESS].greetings[-1]


@pytest.mark.parametrize(
    "text",
    [
        "+++\ntitle = 'x'\n+++\n\nwords",
        "# Heading\n\n*bold* _it_ [a](https://x.org) `code` <b>",
        '"""\n[source]\ntitle = "x"',
        "๑. สวัสดีสหาย\n\n\u202eevil\u202c",
        "a",
        "- one\n- two\n\n1. three",
        "x " * 1900,
    ],
)
async def test_whatever_the_words_are_they_stand_there_and_do_nothing_else(text: str) -> None:
    stage = await opened()
    found = await added(stage, text, 'Ani "the" \\ chair, =role', 'A note: """ +++')
    body = found.documents[found.original].body
    assert [word for word in ("words", "bold", "three", "สวัสดีสหาย", "source") if word in text] == [
        word for word in ("words", "bold", "three", "สวัสดีสหาย", "source") if word in body
    ]
    assert found.organisations == ("praxis",)
    assert found.signers[0].role == "=role"
    assert found.order == 18


async def test_somebody_else_is_told_who_may() -> None:
    stage = await opened()
    for data in (f"gre/{CONGRESS}", f"gre/{CONGRESS}/npa", f"gre/{CONGRESS}/npa/show"):
        (card,) = await stage.take(stage.incoming(MIRA, Came.PRESS, data=data))
        assert card.phrases[0] == "org.not-you"
    assert await stage.store.read(lambda tx: tx.papers.all()) == []


async def test_what_is_there_no_more_leads_on() -> None:
    stage = await opened()
    for data in ("gre/nowhere", f"gre/{CONGRESS}/nowhere/show", "gre"):
        shown = await stage.take(stage.incoming(ASA, Came.PRESS, data=data))
        assert shown[-1].labels
