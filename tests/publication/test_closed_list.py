"""A list that was closed: what was published by then stands on it, and nobody who came later."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.campaign.endorsement import Kind, State, Step, tally_names
from bot.ports import AuditEvent, Tx
from bot.publication import signatory_list
from bot.publication.files import Format, export
from bot.publication.gate import counts
from bot.publication.signatory_list import Closed, Listing, page
from bot.storage.direct import DirectStore
from tests.outbox.made import DAY, HOUR, START, campaign, sign, store
from tests.publication.made import DOCUMENT
from tests.publication.words import say

ORGANISATION, PERSON = Kind
CLOSES = START + DAY
PEACE = campaign(closes=CLOSES, late=True)
LATER = CLOSES + DAY
INSTANT = timedelta(microseconds=1)


async def filled(late: int = 2) -> DirectStore:
    """Three organisations and a person before the closing, the last one at its very moment."""
    made = store()

    def work(tx: Tx) -> None:
        sign(tx, "peace", ["One", "Two"], START)
        sign(tx, "peace", ["Somebody"], START, PERSON)
        sign(tx, "peace", ["Three"], CLOSES)
        sign(tx, "peace", [f"Late {n}" for n in range(1, late + 1)], CLOSES + INSTANT)
        if late:
            sign(tx, "peace", ["Late person"], CLOSES + HOUR, PERSON)

    await made.transaction(work)
    return made


def take_off(tx: Tx, id_: str, at: str | None = None) -> None:
    """Withdraw one, as a step does."""
    found = tx.endorsements.get(id_)
    assert found
    gone = replace(found, state=State.WITHDRAWN, row=found.row + 1)
    assert tx.endorsements.change(gone, found.row)
    tx.tallies.add("peace", dict.fromkeys(tally_names(found), -1))
    when = START if at == "before" else LATER
    tx.audit.add(AuditEvent("peace", id_, Step.WITHDRAW, State.WITHDRAWN, gone.row, "clock", when))


def listing(tx: Tx) -> Listing:
    return signatory_list.listing(tx, "peace", signatory_list.closed(tx, PEACE, LATER))


async def test_an_open_list_is_not_closed_and_has_everybody() -> None:
    def work(tx: Tx) -> None:
        assert signatory_list.closed(tx, PEACE, CLOSES - INSTANT) is None
        assert signatory_list.closed(tx, campaign(), LATER) is None
        assert len(signatory_list.listing(tx, "peace").organisations) == 5

    await (await filled()).read(work)


async def test_who_came_late_stands_apart_and_counts_nowhere() -> None:
    def work(tx: Tx) -> None:
        found = listing(tx)
        assert [each.name for each in found.organisations] == ["One", "Two", "Three"]
        assert [each.name for each in found.people] == ["Somebody"]
        assert [(each.number, each.name) for each in found.late] == [
            (1, "Late 1"),
            (2, "Late 2"),
            (3, "Late person"),
        ]
        assert (found.counts.organisations, found.counts.people) == (3, 1)
        assert counts(signatory_list.tallies(tx, PEACE, LATER), 0).organisations == 3
        assert counts(signatory_list.tallies(tx, campaign(), LATER), 0).organisations == 5

    await (await filled()).read(work)


async def test_nobody_late_is_no_block() -> None:
    def work(tx: Tx) -> None:
        end = signatory_list.closed(tx, PEACE, CLOSES)
        assert end == Closed(CLOSES, CLOSES.date(), None, 0)
        assert listing(tx).late == ()

    await (await filled(0)).read(work)


async def test_where_everybody_is_late_the_list_is_empty() -> None:
    made = store()
    await made.transaction(lambda tx: sign(tx, "peace", ["Late"], LATER))
    found = await made.read(listing)
    assert (found.organisations, found.counts.organisations, len(found.late)) == ((), 0, 1)
    newest = await made.read(lambda tx: page(tx, "peace", ORGANISATION, newest=True, until=0))
    assert newest.signatories == ()


async def test_pages_end_where_the_list_was_closed_forwards_and_backwards() -> None:
    def work(tx: Tx) -> None:
        end = signatory_list.closed(tx, PEACE, LATER)
        assert end
        first = page(tx, "peace", ORGANISATION, limit=2, until=end.until)
        assert first.next_after is not None
        last = page(tx, "peace", ORGANISATION, after=first.next_after, limit=2, until=end.until)
        assert ([each.name for each in last.signatories], last.next_after) == (["Three"], None)
        newest = page(tx, "peace", ORGANISATION, limit=2, newest=True, until=end.until)
        assert [each.name for each in newest.signatories] == ["Three", "Two"]

    await (await filled()).read(work)


async def test_names_taken_off_since_are_counted_and_no_others() -> None:
    made = await filled()

    def work(tx: Tx) -> None:
        take_off(tx, "peace1")
        take_off(tx, "peace2", "before")
        take_off(tx, "peace5")

    await made.transaction(work)
    found = await made.read(listing)
    assert ([each.name for each in found.organisations], found.gone) == (["Three"], 1)
    assert [each.name for each in found.late] == ["Late 2", "Late person"]
    assert found.counts.organisations == 1


@pytest.mark.parametrize("form", [Format.TEXT, Format.MARKDOWN, Format.HTML])
async def test_files_have_a_block_of_those_who_came_late(form: Format) -> None:
    made = await filled()
    await made.transaction(lambda tx: take_off(tx, "peace1"))
    found = replace(await made.read(listing), initiators=("Kite Makers", "Wind Watch"))
    text = export(found, DOCUMENT, form, LATER, say).decode()
    for wanted in (
        say_late := "Signed after the list was closed",
        "Started by Kite Makers and Wind Watch",
        "The list was closed on 12 February 2026",
        "1 name was taken off since",
    ):
        assert wanted in text, (wanted, text)
    before, _, after = text.partition(say_late)
    assert "Three" in before
    assert "Late 1" not in before
    assert "Late 1" in after


async def test_the_bare_list_keeps_them_apart_too() -> None:
    found = await (await filled()).read(listing)
    lines = export(found, DOCUMENT, Format.TEXT, LATER).decode().splitlines()
    assert lines[lines.index("  3. Three, Thailand") + 1 :] == [
        "",
        "  1. Somebody, Thailand",
        "",
        "  1. Late 1, Thailand",
        "  2. Late 2, Thailand",
        "  3. Late person, Thailand",
    ]


async def test_tables_and_data_say_who_came_late() -> None:
    found = await (await filled()).read(listing)
    rows = list(csv.DictReader(export(found, DOCUMENT, Format.CSV, LATER).decode().splitlines()))
    assert [row["name"] for row in rows if row["late"]] == ["Late 1", "Late 2", "Late person"]
    whole = json.loads(export(found, DOCUMENT, Format.JSON, LATER))
    assert [each["name"] for each in whole["signatories"]] == ["One", "Two", "Three", "Somebody"]
    assert (whole["closed"], whole["taken_off_since"], len(whole["late"])) == ("2026-02-12", 0, 3)
