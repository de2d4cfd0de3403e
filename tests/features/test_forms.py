"""Forms: made ready for platforms that have them, and what one that was sent does."""

from __future__ import annotations

from dataclasses import replace

from bot.app import build
from bot.dialog.messages import Came, Incoming
from tests.stage import Seat, Shown, Stage, open_stage, shipped

MIRA = Seat("mira")


async def _asked(stage: Stage) -> Shown:
    await stage.bot.start()
    await stage.say(MIRA, "/sign palestine")
    (card,) = await stage.press(MIRA, "b.sign-organisation")
    return card


def _sent(stage: Stage, card: Shown, **fields: str) -> Incoming:
    assert card.outgoing.sheet is not None
    incoming = stage.incoming(MIRA, Came.FORM, data=card.outgoing.sheet.data)
    return replace(incoming, fields=fields)


async def test_the_first_question_is_also_a_form_with_who_signs_beside_it() -> None:
    card = await _asked(open_stage(shipped()))
    sheet = card.outgoing.sheet
    assert sheet is not None
    assert [blank.key for blank in sheet.blanks] == ["organisation", "representative"]
    assert sheet.title == "Sign for an organisation"
    assert sheet.blanks[1].hint == "Only the organisers see this. It is not published."


async def test_a_platform_without_forms_gets_none() -> None:
    stage = open_stage(shipped())
    edges = replace(stage.bot.edges, formless=frozenset({"console"}))
    stage.bot = build(stage.content, edges, stage.team)
    assert (await _asked(stage)).outgoing.sheet is None


async def test_after_the_form_of_an_unknown_organisation_the_rest_stands_in_another_one() -> None:
    stage = open_stage(shipped())
    card = await _asked(stage)
    (which,) = await stage.take(_sent(stage, card, organisation="Riverbank", representative="Mira, chair"))
    assert "sign.ask-acronym" in which.phrases
    assert which.outgoing.sheet is not None
    assert [blank.key for blank in which.outgoing.sheet.blanks] == ["acronym", "country"]


async def test_a_form_that_names_who_has_signed_already_says_so() -> None:
    stage = open_stage(shipped())
    card = await _asked(stage)
    (already,) = await stage.take(_sent(stage, card, organisation="PLM", representative="Mira"))
    assert already.phrases[0] == "sign.already"


async def test_a_form_sent_twice_shows_where_the_talk_stands() -> None:
    stage = open_stage(shipped())
    card = await _asked(stage)
    sent = _sent(stage, card, organisation="Riverbank Tenants", representative="Mira, chair")
    await stage.take(sent)
    (again,) = await stage.take(replace(sent, event="another"))
    assert again.phrases[0] == "dialog.stale"


async def test_a_form_of_a_talk_that_is_over_leads_on() -> None:
    stage = open_stage(shipped())
    card = await _asked(stage)
    sent = _sent(stage, card, organisation="Riverbank Tenants", representative="Mira, chair")
    await stage.say(MIRA, "/cancel")
    (over,) = await stage.take(sent)
    assert over.phrases[0] == "talk.over"
