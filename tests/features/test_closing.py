"""Closing and handing over: what transcripts cannot say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import Kind
from bot.campaign.refs import AccountRef
from bot.dialog.messages import Came
from bot.dialog.text import plain
from bot.features import closings, delivered_thanks
from bot.ports import Tx
from tests.outbox.made import sign
from tests.stage import Seat, Shown, Stage, named, open_stage, shipped

ASA, LIN, DAO = Seat("asa"), Seat("lin"), Seat("dao")
HOSTILE = 'the "embassy"\\ of\u202e [[x]]\n+++\n=1+1 \u200bz\x00 <b>, 1 December'


async def staged() -> Stage:
    stage = open_stage(named(shipped(), "palestine", range(1, 18)))
    stage.appoint("asa", "lin")
    await stage.open()
    return stage


async def pressed(stage: Stage, seat: Seat, data: str) -> list[Shown]:
    """A button that somebody kept, or made up."""
    return await stage.take(stage.incoming(seat, Came.PRESS, data=data))


async def now(stage: Stage) -> Campaign:
    return await stage.store.read(lambda tx: stage.bot.tools.at(tx).catalog.campaigns["palestine"])


async def closed(stage: Stage) -> None:
    await stage.say(ASA, "/close")
    await stage.press(ASA, "b.close-now")


@pytest.mark.parametrize(
    "data",
    [
        "close/palestine/now",
        "close/palestine/late",
        "close/palestine/files/pdf/en",
        "dl/palestine/all",
        "dl/palestine/words",
        "by/palestine/out/dindeng",
        "follow/palestine/ask/palestine",
    ],
)
async def test_nobody_else_can(data: str) -> None:
    stage = await staged()
    before = await now(stage)
    said = await pressed(stage, DAO, data)
    assert [shown.phrases[0] for shown in said] == ["org.not-you"]
    assert await now(stage) == before


async def test_nothing_is_told_before_it_is_written_down() -> None:
    stage = await staged()
    await pressed(stage, ASA, "dl/palestine/all")
    await closed(stage)
    said = await pressed(stage, ASA, "dl/palestine/all")
    assert said[-1].phrases[0] == "delivered.ask"
    assert (await now(stage)).delivered is None


async def test_a_button_of_a_campaign_that_is_gone_closes_no_other() -> None:
    stage = await staged()
    await pressed(stage, ASA, "close/gone/now")
    assert (await now(stage)).closes is None


async def test_closing_leaves_every_other_setting_as_it_was() -> None:
    stage = await staged()
    before = await now(stage)
    await closed(stage)
    after = await now(stage)
    assert after.closes == stage.clock.now()
    assert {
        name for name in Campaign.__dataclass_fields__ if getattr(before, name) != getattr(after, name)
    } == {"closes"}


async def test_the_file_to_hand_over_is_a_pdf_with_a_name_for_its_language() -> None:
    stage = await staged()
    await closed(stage)
    await stage.press(ASA, "b.file-pdf")
    (shown,) = await stage.press(ASA, "«Bahasa Malaysia»")
    file = shown.outgoing.attachment
    assert file is not None
    assert (file.name, file.mime, file.make) == ("palestine-ms.pdf", "application/pdf", None)
    assert file.content.startswith(b"%PDF")


async def test_hostile_words_of_whom_it_was_handed_to_harm_nothing() -> None:
    stage = await staged()
    await closed(stage)
    await stage.press(ASA, "b.delivered")
    await stage.say(ASA, HOSTILE)
    said = await stage.press(ASA, "b.tell-nobody")
    found = await now(stage)
    assert found.delivered is not None
    assert found.delivered_to.startswith('the "embassy"\\ of [[x]] +++ =1+1')
    assert "\u202e" not in plain(said[-1].outgoing.text)


async def test_words_beside_the_command_are_taken_at_once() -> None:
    stage = await staged()
    await closed(stage)
    (shown,) = await stage.say(LIN, "/delivered to the embassy, 1 December")
    assert shown.phrases[:2] == ("delivered.tell", "delivered.reads")


async def test_everybody_is_thanked_once_however_many_they_are() -> None:
    stage = await staged()
    many = delivered_thanks.AT_ONCE * 2 + 1

    def signed(tx: Tx) -> None:
        for n in range(many):
            who = tx.people.meet(AccountRef("console", f"p{n}"), "en", stage.clock.now())
            sign(tx, "palestine", [f"N{n}"], stage.clock.now(), Kind.PERSON)
            found = tx.endorsements.live("palestine", f"{Kind.PERSON}:N{n}")
            assert found
            assert tx.endorsements.change(replace(found, person=who.id, row=2), 1)

    await stage.store.transaction(signed)
    await closed(stage)
    await stage.press(ASA, "b.delivered")
    await stage.say(ASA, "the embassy")
    await stage.press(ASA, "b.tell-all")
    stage.clock.turn(timedelta(hours=17))
    told = [
        await stage.store.transaction(
            lambda tx: delivered_thanks.thank(tx, stage.bot.tools.at(tx), stage.clock.now())
        )
        for _ in range(4)
    ]
    assert told == [delivered_thanks.AT_ONCE, delivered_thanks.AT_ONCE, 1, 0]
    matter = await stage.store.read(lambda tx: tx.matters.by_key(closings.KIND, closings.KIND, "palestine"))
    assert matter is not None
    assert matter.due is None
