"""What the transcripts of setting a campaign up cannot say."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app import Team
from bot.campaign.refs import AccountRef
from bot.dialog.messages import Came, FileRef
from bot.dialog.text import plain
from tests.stage import DESK, Seat, Shown, Stage, open_stage, shipped
from tests.transcripts.play import bare
from tests.transcripts.rules import broken

ASA, LIN, DAO = Seat("asa"), Seat("lin"), Seat("dao")
TEXT = (
    "Water belongs to everybody\n\nPrices doubled.\n\nWe call for:\n\n- water\n\n"
    "Signed by:\n\n1. Weavers, Indonesia\n"
)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A new installation with two owners; whatever is shown keeps the rules for cards."""
    opened = open_stage(bare(shipped()))
    owners = frozenset(AccountRef("console", name) for name in ("asa", "lin"))
    opened.team = Team(owners, (DESK,))
    opened.build()
    await opened.open()
    yield opened
    assert broken(opened.messenger.shown, opened.content.phrases) == set()


async def begun(stage: Stage, text: str = TEXT) -> list[Shown]:
    """Asa opens a new campaign with this text."""
    await stage.say(ASA, "/new")
    await stage.press(ASA, "b.new-statement")
    return await stage.say(ASA, text)


async def sent(stage: Stage, seat: Seat, name: str, content: bytes) -> list[Shown]:
    file = FileRef("file", name, len(content))
    return await stage.take(replace(stage.incoming(seat, Came.FILE), file=file, content=content))


def words(shown: list[Shown]) -> str:
    return "\n".join(plain(each.outgoing.text) for each in shown)


async def drafts(stage: Stage) -> int:
    return len(await stage.store.read(lambda tx: tx.matters.of("draft", "")))


HOSTILE = {
    "empty": b"",
    "blanks": b" \n\t\n",
    "noise": bytes(range(256)) * 50,
    "zip": b"PK\x03\x04" + b"\0" * 100,
    "pdf": b"%PDF-1.7\n" + b"x" * 100,
    "long line": b"a" * 900_000,
    "many lines": b"x\n" * 400_000,
    "bidi": "\u202eevil\u202c\n\n\u200b\n".encode(),
    "toml": b'+++\ntitle = "x"\n+++\n',
    "path": b"../../../etc/passwd\n\n- a\n",
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_whatever_is_sent_gets_an_answer_that_leads_on(stage: Stage, name: str) -> None:
    await stage.say(ASA, "/new")
    await stage.press(ASA, "b.new-statement")
    for ending in ("txt", "html", "docx", "md"):
        shown = await sent(stage, ASA, f"{name}.{ending}", HOSTILE[name])
        assert shown[-1].labels
        assert not {"turn.broken", "bot.broken"} & {key for each in shown for key in each.phrases}


async def test_half_a_letter_in_pasted_words_stops_no_turn(stage: Stage) -> None:
    await stage.say(ASA, "/new")
    await stage.press(ASA, "b.new-statement")
    shown = await stage.say(ASA, "Water belongs to everybody\n\nPrices doubled: \ud800")
    assert "new.read" in shown[-1].phrases


async def test_a_text_in_several_messages_is_one_text(stage: Stage) -> None:
    first = "Water belongs to everybody\n\n" + "Prices doubled, and nobody asked us. " * 90
    await begun(stage, first)
    shown = await stage.say(ASA, "We call for:\n\n- water\n\nSigned by:\n\n1. Weavers, Indonesia")
    assert "new.names" in shown[-1].phrases
    assert "1 demand" in words(shown)
    assert await drafts(stage) == 1
    stage.clock.turn(timedelta(minutes=3))
    shown = await stage.say(ASA, "What I write later is something else.")
    assert "home.what" in shown[-1].phrases


async def test_a_second_campaign_of_the_same_title_gets_a_name_of_its_own(stage: Stage) -> None:
    for _ in range(2):
        await begun(stage)
        await stage.press(ASA, "b.looks-right")
        await stage.press(ASA, "b.take-names")
        await stage.press(ASA, "b.rehearse")
        await stage.press(ASA, "b.open-for-real")
    found = await stage.store.read(lambda tx: stage.bot.tools.at(tx).catalog.campaigns)
    assert sorted(found) == ["water-belongs-to-everybody", "water-belongs-to-everybody-2"]


async def test_of_two_organisers_one_throws_it_away_and_the_other_is_told(stage: Stage) -> None:
    await begun(stage)
    await stage.press(ASA, "b.looks-right")
    await stage.press(ASA, "b.take-names")
    await stage.press(ASA, "b.rehearse")
    await stage.say(LIN, "/organise")
    await stage.press(LIN, "b.go-on")
    await stage.press(LIN, "b.throw-away")
    shown = await stage.press(ASA, "b.open-for-real")
    assert "new.gone" in shown[-1].phrases
    assert await stage.store.read(lambda tx: tx.papers.all()) == []
    assert await drafts(stage) == 0


async def test_what_nobody_touches_for_a_month_is_erased_with_its_rehearsal(stage: Stage) -> None:
    await begun(stage)
    await stage.press(ASA, "b.looks-right")
    await stage.press(ASA, "b.take-names")
    await stage.press(ASA, "b.rehearse")
    await stage.turn_clock(timedelta(days=29))
    assert await drafts(stage) == 1
    await stage.press(ASA, "b.change")
    await stage.press(ASA, "b.with-persons")
    await stage.turn_clock(timedelta(days=29))
    assert await drafts(stage) == 1
    await stage.turn_clock(timedelta(days=2))
    assert await drafts(stage) == 0
    assert await stage.store.read(lambda tx: tx.papers.all()) == []


async def test_somebody_else_gets_nothing_by_the_buttons_of_an_organiser(stage: Stage) -> None:
    shown = await begun(stage)
    for key in [key for row in shown[-1].outgoing.keys for key in row]:
        shown = await stage.take(stage.incoming(DAO, Came.PRESS, data=key.data))
        assert shown[-1].phrases[0] == "org.not-you"
    assert await drafts(stage) == 1


async def test_a_table_is_no_text_whatever_its_name(stage: Stage) -> None:
    rows = (
        "Organisation;Country;Name;Mail",
        "Weavers;Indonesia;Ani;ani@example.org",
        "River Watch;Cambodia;Bo;",
    )
    table = "\n".join(rows).encode()
    for name in ("answers.csv", "answers.txt"):
        await stage.say(ASA, "/new")
        await stage.press(ASA, "b.new-statement")
        shown = await sent(stage, ASA, name, table)
        assert shown[-1].phrases[0] == "upload.sheet"
    assert await drafts(stage) == 0


async def test_the_closing_day_stays_the_same_day_by_another_clock(stage: Stage) -> None:
    await begun(stage)
    await stage.press(ASA, "b.looks-right")
    await stage.press(ASA, "b.take-names")
    await stage.press(ASA, "b.change")
    await stage.press(ASA, "b.closing-day")
    await stage.say(ASA, "1 March 2027")
    for city in ("Kuala Lumpur", "Lima"):
        await stage.press(ASA, "b.zone")
        assert "1 March 2027" in words(await stage.say(ASA, city))


async def test_a_day_at_the_end_of_the_calendar_is_refused(stage: Stage) -> None:
    await begun(stage)
    await stage.press(ASA, "b.looks-right")
    await stage.press(ASA, "b.take-names")
    await stage.press(ASA, "b.change")
    await stage.press(ASA, "b.closing-day")
    assert (await stage.say(ASA, "9999-12-31"))[-1].phrases[0] == "new.no-day"
