"""Correcting a text: what people send, who agrees, who is asked again, and what lists and files say."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.campaign.endorsement import Endorsement, Entry, State
from bot.campaign.refs import AccountRef
from bot.content.catalog import Document, TextStatus
from bot.dialog.messages import Came
from bot.dialog.text import plain
from bot.ports import Paper, Tx
from bot.publication.compare import Comparison, compare, compare_file
from bot.publication.files import Format, export
from bot.publication.ready_texts import website_text
from bot.publication.signatory_list import listing
from tests.content.importing.wordfiles import paragraph, run, word_file
from tests.publication.made import endorsement
from tests.stage import Seat, Shown, Stage, open_stage, shipped
from tests.transcripts.test_transcripts import FOLDER

ASA, LIN, DAO = Seat("asa"), Seat("lin"), Seat("dao")
PATH = ("statements", "housing", "en.md")
SLIP = b"""# Homes for all

Everybody needs a home. We demand:

- no evictions in winter
- rents that wages can meet
"""
MORE = SLIP.replace(b"in winter", b"at any time of the year").replace(b"meet", b"pay")


async def opened(*owners: str) -> Stage:
    stage = open_stage(shipped(FOLDER / "data"))
    stage.appoint(*owners or ("asa",))
    await stage.open()
    return stage


async def waits(stage: Stage, seat: Seat = ASA) -> None:
    """An organiser is asked for the new text about housing."""
    await stage.say(seat, "/correct")
    await stage.press(seat, "«Homes for all»")
    await stage.press(seat, "b.text-original")


async def send(stage: Stage, content: bytes, name: str = "new.md", seat: Seat = ASA) -> Shown:
    await waits(stage, seat)
    return (await stage.send(seat, name, content))[-1]


async def publish(stage: Stage, content: bytes, weight: str) -> None:
    await send(stage, content)
    await stage.press(ASA, weight)
    await stage.press(ASA, "b.publish-now")


async def press(stage: Stage, seat: Seat, data: str) -> list[Shown]:
    """A button that carries this route is pressed, whether it is shown or not."""
    return await stage.take(stage.incoming(seat, Came.PRESS, data=data))


async def original(stage: Stage) -> Document:
    """The text as everybody sees it now."""
    return await stage.store.read(lambda tx: stage.bot.tools.at(tx).catalog.statements["housing"].version)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n\n",
        b"\x00\x01\x02\xff\xfe",
        b"%PDF-1.4 not a text",
        b"PK\x03\x04 not a word file",
        b"+++\ntitle = 3\n+++\n",
        b"x" * 999_999,
        "\u202e\u200b".encode() * 1000,
    ],
)
async def test_what_holds_no_text_changes_nothing(content: bytes) -> None:
    stage = await opened()
    shown = await send(stage, content)
    assert shown.outgoing.keys, "there is a way on"
    assert not await stage.store.read(lambda tx: tx.papers.all())
    assert (await original(stage)).sha256 == stage.content.catalog.statements["housing"].version.sha256


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("a " * 200_000, "new.txt"),
        ("a\n\n" * 50_000, "new.md"),
        ("a\n\n" * 2_000, "new.md"),
        ("=cmd|' /C calc'!A0\n\n@everyone <b>bold</b> [x](javascript:alert) " * 50, "new.md"),
        ("Z\u0351\u036b\u0343a\u0316l\u0317g\u0318o " * 500, "new.txt"),
        ("\u202eevil\u202c text in a line " * 20, "new.txt"),
    ],
)
async def test_a_hostile_text_is_shown_as_a_difference_or_refused(body: str, name: str) -> None:
    stage = await opened()
    shown = await send(stage, f"Homes for all\n\n{body}".encode(), name)
    assert shown.outgoing.keys
    if "b.slip" in shown.labels:
        await stage.press(ASA, "b.slip")
        shown = (await stage.press(ASA, "b.publish-now"))[-1]
        document = await original(stage)
        assert "\u202e" not in document.body
        assert shown.phrases[0] in {"correct.done", "new.faulty"}


async def test_half_a_letter_in_pasted_words_stops_no_turn() -> None:
    stage = await opened()
    await waits(stage)
    shown = (await stage.say(ASA, "Homes for all\n\nhalf a letter: \ud800"))[-1]
    assert shown.phrases[0] == "difference.many" or shown.has("b.slip")


async def test_a_pasted_text_without_its_title_keeps_the_title_and_the_marks() -> None:
    stage = await opened()
    text = stage.content.catalog.files[PATH].replace("Everybody needs", "**Everybody** needs")
    await stage.store.transaction(lambda tx: tx.papers.put(Paper(PATH, text), "marked"))
    await waits(stage)
    await stage.say(
        ASA, "Everybody needs a home. We demand:\n\n- no evictions in winter\n- rents that wages can meet"
    )
    assert stage.card(ASA, "b.slip").phrases[0] == "difference.word"
    await stage.press(ASA, "b.slip")
    await stage.press(ASA, "b.publish-now")
    document = await original(stage)
    assert document.title == "Homes for all"
    assert "**Everybody** needs" in document.body
    assert document.corrected[0].change == "“pay” → “meet”"


async def test_our_own_file_is_taken_as_it_is() -> None:
    stage = await opened()
    own = stage.content.catalog.files[PATH].replace("can pay", "can **pay**").replace("Homes", "Houses")
    shown = await send(stage, own.encode())
    assert "b.meaning" in shown.labels
    await stage.press(ASA, "b.slip")
    await stage.press(ASA, "b.publish-now")
    document = await original(stage)
    assert (document.title, "can **pay**" in document.body) == ("Houses for all", True)


async def test_the_parts_of_a_text_that_was_too_long_for_one_message_join() -> None:
    stage = await opened()
    await waits(stage)
    await stage.say(ASA, "Homes for all\n\nEverybody needs a home. " + "Rents rise and rise. " * 150)
    await stage.say(ASA, "The very last words of it.")
    await stage.press(ASA, "b.slip")
    await stage.press(ASA, "b.publish-now")
    assert "very last words" in plain((await original(stage)).text)


async def test_where_the_title_alone_changes_nobody_is_asked_again() -> None:
    stage = await opened()
    body = SLIP.decode().partition("\n\n")[2].replace("meet", "pay")
    shown = await send(stage, f"# Homes for everybody\n\n{body}".encode())
    assert "b.slip" in shown.labels
    assert "b.meaning" not in shown.labels


async def test_nobody_agrees_with_themselves_nor_publishes_alone_where_there_are_two() -> None:
    stage = await opened("asa", "lin")
    await send(stage, SLIP)
    await stage.press(ASA, "b.slip")
    key = stage.card(ASA, "b.ask-other").key("b.ask-other").data
    id_ = key.split("/")[1]
    await stage.press(ASA, "b.ask-other")
    for step in ("agree", "now", "no", "slip", "time"):
        await press(stage, ASA, f"rev/{id_}/{step}")
        assert not await stage.store.read(lambda tx: tx.papers.all())
    for step in ("", "/agree", "/now", "/drop", "/note"):
        await press(stage, DAO, f"rev/{id_}{step}")
    kept = await stage.store.read(lambda tx: tx.matters.get(id_))
    assert kept
    assert kept.state == "asked"


async def test_two_who_press_at_once_publish_once() -> None:
    stage = await opened("asa", "lin", "bea")
    await send(stage, SLIP)
    await stage.press(ASA, "b.slip")
    await stage.press(ASA, "b.ask-other")
    for seat in (LIN, Seat("bea")):
        await stage.press(seat, "b.show")
    agree = [stage.card(seat, "b.agree").key("b.agree").data for seat in (LIN, Seat("bea"))]
    pressed = (press(stage, seat, data) for seat, data in zip((LIN, Seat("bea")), agree, strict=True))
    await asyncio.gather(*pressed)
    assert len((await original(stage)).corrected) == 1
    last = {stage.card(seat, "b.site-note").phrases[0] for seat in (LIN, Seat("bea"))}
    assert last == {"correct.done", "correct.quicker"}


async def test_a_word_file_is_read() -> None:
    stage = await opened()
    paragraphs = [line.lstrip("- ") for line in MORE.decode().lstrip("# ").splitlines() if line]
    shown = await send(stage, word_file("".join(paragraph(run(line)) for line in paragraphs)), "new.docx")
    assert "b.meaning" in shown.labels
    assert shown.phrases[0].startswith("difference.")


def signed(number: int, text: str, *, named: bool = True, state: State = State.PUBLISHED) -> Endorsement:
    """Somebody who signed this text."""
    entry = Entry(f"Union {number}", country="MY", named=named)
    return replace(endorsement(entry, number, state=state), id=f"u{number:04}", campaign="housing", text=text)


async def sign_many(stage: Stage, count: int) -> None:
    """So many signed the text as it stands; one of them waits, one has no name, one no account."""
    text = (await original(stage)).sha256

    def add(tx: Tx) -> None:
        for number in range(1, count + 1):
            person = tx.people.meet(AccountRef("console", f"p{number}"), "en", stage.clock.now()).id
            made = signed(
                number, text, named=number != 2, state=State.IN_REVIEW if number == 3 else State.PUBLISHED
            )
            assert tx.endorsements.add(replace(made, person="" if number == 4 else person), f"s{number}")

    await stage.store.transaction(add)


def asked(stage: Stage) -> list[str]:
    return [shown.chat.id for shown in stage.messenger.shown if shown.phrases[:1] == ("notice.again",)]


async def test_everybody_is_asked_once_also_when_the_process_ends_in_between() -> None:
    stage = await opened()
    await sign_many(stage, 230)
    await publish(stage, MORE, "b.meaning")
    assert not asked(stage)
    for _ in range(30):
        await stage.turn_clock(timedelta(minutes=1))
        await stage.restart(crash=True)
    assert len(asked(stage)) == len(set(asked(stage))) == 229
    assert "@p4" not in asked(stage), "a name that was published before has nobody to ask"
    assert not await stage.store.read(lambda tx: tx.matters.of("asking", "housing"))


async def test_after_a_slip_nobody_is_asked() -> None:
    stage = await opened()
    await sign_many(stage, 3)
    await publish(stage, SLIP, "b.slip")
    for _ in range(5):
        await stage.turn_clock(timedelta(minutes=1))
    assert not asked(stage)


async def test_who_still_signs_is_bound_to_the_text_they_were_shown() -> None:
    stage = await opened()
    await sign_many(stage, 3)
    await publish(stage, MORE, "b.meaning")
    await stage.turn_clock(timedelta(minutes=1))
    seat = Seat("p1")
    await stage.press(seat, "b.show")
    await publish(stage, MORE.replace(b"at any time", b"in any week"), "b.meaning")
    shown = (await stage.press(seat, "b.still-sign"))[-1]
    assert shown.phrases[0] == "version.again", "another text was published after the card was shown"
    await stage.press(seat, "b.still-sign")
    await stage.press(seat, "b.still-sign")
    document, kept = await original(stage), await stage.store.read(lambda tx: tx.endorsements.get("u0001"))
    assert kept
    assert (kept.text, kept.position, kept.row) == (document.sha256, 1, 2)
    consents = await stage.store.read(lambda tx: tx.consents.of("u0001"))
    assert [(each.text, each.purpose, each.granted) for each in consents] == [
        (document.sha256, "publish", True)
    ]
    steps = [each.step for each in await stage.store.read(lambda tx: tx.audit.of("u0001"))]
    assert steps == ["renew"]


async def test_nobody_answers_for_somebody_else() -> None:
    stage = await opened()
    await sign_many(stage, 2)
    await publish(stage, MORE, "b.meaning")
    text = (await original(stage)).sha256[:12]
    for route in ("ver/u0001", f"ver/u0001/still/{text}", "ver/nobody", "ver"):
        await press(stage, DAO, route)
    kept = await stage.store.read(lambda tx: tx.endorsements.get("u0001"))
    assert kept
    assert kept.row == 1


async def test_files_say_for_which_text_each_stands() -> None:
    stage = await opened()
    await sign_many(stage, 5)
    before = await files(stage)
    await publish(stage, SLIP, "b.slip")
    assert (await files(stage))[Format.TEXT] == before[Format.TEXT], "a slip leaves the list as it was"
    await publish(stage, MORE.replace(b"pay", b"meet"), "b.meaning")
    await stage.turn_clock(timedelta(minutes=1))
    await stage.press(Seat("p1"), "b.show")
    await stage.press(Seat("p1"), "b.still-sign")
    after = await files(stage)
    assert after[Format.TEXT].splitlines()[0] == "  1. Union 1, Malaysia"
    assert after[Format.TEXT].splitlines()[1] == "  2. Union 4, Malaysia *"
    assert after[Format.TEXT].splitlines()[-1] == "* 2026-11-20"
    rows = list(csv.DictReader(io.StringIO(after[Format.CSV])))
    assert [row["wording"] for row in rows] == ["", "2026-11-20", "2026-11-20"]
    assert [each["wording"] for each in json.loads(after[Format.JSON])["signatories"]] == [
        row["wording"] for row in rows
    ]
    for form in (Format.HTML, Format.MARKDOWN):
        assert after[form].count("signed the text of 20 November 2026") == 2


async def files(stage: Stage) -> dict[Format, str]:
    """The list as each kind of file."""
    found = await stage.store.read(lambda tx: listing(tx, "housing"))
    document, now = await original(stage), stage.clock.now()
    say = stage.bot.tools.say("en", now)
    worded = (Format.HTML, Format.MARKDOWN)
    return {
        form: export(found, document, form, now, say if form in worded else None).decode()
        for form in (Format.TEXT, Format.CSV, Format.JSON, *worded)
    }


async def test_a_copy_with_marks_is_the_list_again() -> None:
    stage = await opened()
    await sign_many(stage, 5)
    await publish(stage, MORE, "b.meaning")
    found, document = await stage.store.read(lambda tx: listing(tx, "housing")), await original(stage)
    say = stage.bot.tools.say("en", stage.clock.now())
    text = website_text(found, document, "https://example.org/sign", stage.clock.now(), say)
    assert "  2. Union 4, Malaysia *\n" in text.plain
    assert "* signed the text of 20 November 2026" in text.plain
    assert "<p>* signed the text of 20 November 2026</p>" in text.html
    for copy in (text.plain, (await files(stage))[Format.TEXT]):
        assert compare(found, copy).lines == ()
    page = compare_file(found, text.html.encode(), "page.html")
    assert isinstance(page, Comparison)
    assert page.lines == ()


async def test_a_translation_knows_for_which_text_each_stands() -> None:
    stage = await opened()
    await sign_many(stage, 2)
    first = (await original(stage)).sha256
    await stage.say(ASA, "/correct")
    await stage.press(ASA, "«Homes for all»")
    await stage.press(ASA, "b.text-new")
    await stage.press(ASA, "b.text-in")
    await stage.send(
        ASA, "new.md", b"# Rumah untuk semua\n\nSemua orang perlukan rumah. Kami menuntut rumah.\n"
    )
    await stage.press(ASA, "b.as-official")
    await publish(stage, MORE, "b.meaning")
    found = await stage.store.read(lambda tx: stage.bot.tools.at(tx).catalog.statements["housing"].documents)
    assert found["ms"].status is TextStatus.OUTDATED
    assert found["ms"].earlier(first) == found["en"].earlier(first) == date(2026, 11, 20)
