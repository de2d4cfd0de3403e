"""What the transcripts of bringing names cannot say: many rows, two at once, hostile files, and privacy."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.app import Team
from bot.campaign.endorsement import Endorsement, Kind, Step
from bot.campaign.refs import AccountRef
from bot.dialog.messages import Came, FileRef
from bot.dialog.text import plain
from bot.features import brought
from bot.features.steps import Act, take
from bot.ports import Tx
from tests.stage import DESK, Seat, Shown, Stage, open_stage, shipped, without_names
from tests.transcripts.rules import broken

ASA, LIN, DAO = Seat("asa"), Seat("lin"), Seat("dao")
HEADER = "Organisation,Country,Name,Mail\n"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """A list without names and two owners; whatever is shown keeps the rules for cards."""
    opened = open_stage(without_names(shipped()))
    owners = frozenset(AccountRef("console", name) for name in ("asa", "lin"))
    opened.team = Team(owners, (DESK,))
    opened.build()
    await opened.open()
    yield opened
    assert broken(opened.messenger.shown, opened.content.phrases) == set()


async def sent(stage: Stage, seat: Seat, content: bytes, name: str = "names.csv") -> list[Shown]:
    """A file comes, unasked for."""
    file = FileRef("file", name, len(content))
    return await stage.take(replace(stage.incoming(seat, Came.FILE), file=file, content=content))


async def listed(stage: Stage) -> list[Endorsement]:
    """The list."""
    return list(
        await stage.store.read(lambda tx: tx.endorsements.page("palestine", Kind.ORGANISATION, limit=3000))
    )


async def only(stage: Stage) -> Endorsement:
    """The one name on the list, with its private details."""
    (entry,) = await listed(stage)
    whole = await stage.store.read(lambda tx: tx.endorsements.get(entry.id))
    assert whole
    return whole


async def kept(stage: Stage) -> int:
    """How many tables are still kept."""
    return len(await stage.store.read(lambda tx: tx.matters.of(brought.KIND, "")))


def many(count: int) -> bytes:
    rows = (f"Union of Weavers {number},Indonesia,,\n" for number in range(1, count + 1))
    return (HEADER + "".join(rows)).encode()


async def test_many_rows_come_part_by_part_in_their_order_and_a_crash_loses_nothing(stage: Stage) -> None:
    await sent(stage, ASA, many(520))
    await stage.press(ASA, "b.take-all")
    assert len(await listed(stage)) == 500
    (card,) = await stage.restart(crash=True)
    assert "20 are new" in plain(card.outgoing.text)
    (last,) = await stage.press(ASA, "b.go-on")
    await stage.again()
    assert last.phrases[0] == "bring.taken"
    assert "520" in plain(last.outgoing.text)
    names = [each.entry.name for each in await listed(stage)]
    assert names == [f"Union of Weavers {number}" for number in range(1, 521)]
    assert await kept(stage) == 0
    tallies = await stage.store.read(lambda tx: dict(tx.tallies.get("palestine")))
    assert tallies["organisation"] == 520


async def test_what_was_taken_in_part_and_sent_again_goes_on_with_what_is_missing(stage: Stage) -> None:
    await sent(stage, ASA, many(510))
    await stage.press(ASA, "b.take-all")
    (card,) = await sent(stage, LIN, many(510))
    assert "10 are new" in plain(card.outgoing.text)
    assert "500 are on the list" in plain(card.outgoing.text)
    await stage.press(LIN, "b.take-all")
    await stage.press(LIN, "b.go-on")
    (end,) = await stage.press(ASA, "b.go-on")
    assert end.phrases[0] == "bring.taken"
    assert len(await listed(stage)) == 510


async def test_of_two_organisers_at_once_one_takes_them(stage: Stage) -> None:
    await sent(stage, ASA, many(30))
    await stage.say(LIN, "/names")
    await stage.press(LIN, "«names.csv»")
    await asyncio.gather(stage.press(ASA, "b.take-all"), stage.press(LIN, "b.take-all"))
    assert len(await listed(stage)) == 30
    said = {shown.phrases[0] for shown in stage.messenger.shown[-2:]}
    assert said == {"bring.taken", "bring.gone"}


async def test_who_speaks_for_it_and_their_address_are_for_organisers_alone(stage: Stage) -> None:
    await sent(stage, ASA, (HEADER + "Wind Watch,Nepal,Maya Canary,canary@example.org\n").encode())
    await stage.press(ASA, "b.take-all")
    entry = await only(stage)
    assert (entry.private.representative, entry.private.contact) == ("Maya Canary", "canary@example.org")
    assert (entry.origin, entry.signed, entry.person) == ("form", stage.clock.now(), "")
    await stage.say(DAO, "/list")
    await stage.press(DAO, "b.take-along")
    for form in ("TXT", "CSV", "JSON", "HTML"):
        (card,) = await stage.press(DAO, f"«{form}»")
        assert card.outgoing.attachment
        assert b"anary" not in card.outgoing.attachment.content
        await stage.press(DAO, "b.other-formats")
    assert "anary" not in "".join(plain(shown.outgoing.text) for shown in stage.messenger.shown)


async def test_what_organisers_took_off_the_list_does_not_come_back(stage: Stage) -> None:
    await sent(stage, ASA, many(1))
    await stage.press(ASA, "b.take-all")
    entry = await only(stage)

    def off(tx: Tx) -> None:
        act = Act(tx, stage.bot.tools, "desk", stage.clock.now())
        doubted = take(act, entry, Step.SUSPEND)
        assert doubted
        assert take(act, doubted, Step.REJECT)

    await stage.store.transaction(off)
    (card,) = await sent(stage, ASA, many(1))
    assert "bring.gone-once" in card.phrases
    assert not card.has("b.take-all")


@pytest.mark.parametrize(
    ("way", "origin"), [("typed", "hand"), ("forwarded", "mail"), ("paper", "paper"), ("table", "form")]
)
async def test_how_a_name_came_is_kept(stage: Stage, way: str, origin: str) -> None:
    if way == "typed":
        await stage.say(ASA, "/names")
        await stage.say(ASA, "Wind Watch, Nepal")
    elif way == "forwarded":
        await stage.happen(ASA, "forwarded", "Please add Wind Watch, Nepal")
    else:
        await sent(stage, ASA, (HEADER + "Wind Watch,Nepal,,\n").encode())
    if way == "paper":
        await stage.press(ASA, "b.columns-wrong")
        await stage.press(ASA, "b.from-paper")
        await stage.press(ASA, "b.looks-right")
    await stage.press(ASA, "b.take-all" if way in {"paper", "table"} else "b.add")
    entry = await only(stage)
    assert (entry.entry.name, entry.origin) == ("Wind Watch", origin)


HOSTILE = {
    "formula": '=HYPERLINK("http://evil.example")',
    "at": "@everyone",
    "bidi": "\u202egro.elpmaxe\u202c Union",
    "hidden": "Wo\u200brk\u2060ers\ufeff Union",
    "zalgo": "W" + "\u0301" * 60 + "orkers",
    "long": "Union " * 90,
    "link": "https://evil.example/union",
    "markup": "*Union* [x](http://y.example) <b>z</b> `q`",
    "nothing": "\u200b\u200b",
    "newline": '"Union\nof\nWeavers"',
}


@pytest.mark.parametrize("cell", HOSTILE.values(), ids=HOSTILE)
async def test_hostile_cells_are_listed_harmlessly_or_stay_out(stage: Stage, cell: str) -> None:
    plain_rows = "".join(f"Union of Weavers {number},Indonesia,,\n" for number in range(20))
    text = HEADER + f"{cell},Indonesia,{cell},{cell}\nWind Watch,{cell},,\n{plain_rows}"
    (card,) = await sent(stage, ASA, text.encode())
    assert card.phrases[0] == "bring.rows"
    if card.has("b.show-left"):
        await stage.press(ASA, "b.show-left")
        await stage.press(ASA, "b.back")
    await stage.press(ASA, "b.take-all")
    found = await listed(stage)
    assert "Wind Watch" in {each.entry.name for each in found}
    signs = set("".join(each.entry.name + each.entry.place for each in found))
    assert not signs & set("\u202e\u200b\u2060\ufeff\n")
    assert not [each.entry.name for each in found if each.entry.name[0] in "=+-@"]


FILES = {
    "empty": b"",
    "blanks": b"\n \n",
    "noise": bytes(range(256)) * 40,
    "header alone": HEADER.encode(),
    "old": bytes.fromhex("d0cf11e0a1b11ae1") + "Workbook".encode("utf-16-le"),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
async def test_a_file_without_names_says_what_to_do_and_is_not_kept(stage: Stage, content: bytes) -> None:
    (card,) = await sent(stage, ASA, content)
    assert card.has("b.bring-by-hand")
    assert await kept(stage) == 0


async def test_a_wide_table_of_questions_can_be_put_right(stage: Stage) -> None:
    header = ",".join(f"{'What is your favourite colour? ' * 3}{number}" for number in range(30))
    row = ",".join(["Weavers Union", *("x" * 400 for _ in range(29))])
    await sent(stage, ASA, f"{header}\n{row}\n".encode())
    await stage.press(ASA, "b.columns-wrong")
    await stage.press(ASA, "bring.column")
    await stage.press(ASA, "b.no-column")
    (card,) = await stage.press(ASA, "b.looks-right")
    assert "bring.no-columns" in card.phrases or "bring.columns" in card.phrases


async def test_an_old_button_of_a_table_that_is_gone_says_so(stage: Stage) -> None:
    await sent(stage, ASA, many(2))
    await stage.press(ASA, "b.throw-away")
    for button in ("b.take-all", "b.columns-wrong", "b.throw-away"):
        (card,) = await stage.press(ASA, button)
        assert card.phrases[0] == "bring.gone"
    assert await listed(stage) == []
