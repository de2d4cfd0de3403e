from __future__ import annotations

from datetime import timedelta

from bot.campaign.endorsement import Kind
from bot.ports import Tx
from bot.publication import news
from bot.publication.signatory_list import Page, latest, listing, page
from bot.storage.direct import DirectStore
from tests.outbox.made import DAY, START, sign, store

ORGANISATION, PERSON = Kind


async def filled(number: int) -> DirectStore:
    """Organisations O1, O2, …, every third from Australia, with unnamed people in between."""
    made = store()

    def work(tx: Tx) -> None:
        for n in range(1, number + 1):
            sign(tx, "peace", [f"O{n}"], START + n * DAY, country="AU" if n % 3 == 0 else "TH")
            sign(tx, "peace", [f"U{n}"], START, PERSON, named=False)
        sign(tx, "bread", ["Other"], START)

    await made.transaction(work)
    return made


def lines(found: Page) -> list[str]:
    return [f"{each.number} {each.name}" if each.number else each.name for each in found.signatories]


async def test_pages_follow_each_other_and_go_back() -> None:
    def work(tx: Tx) -> None:
        first = page(tx, "peace", ORGANISATION, first_number=1, limit=4)
        assert lines(first) == ["1 O1", "2 O2", "3 O3", "4 O4"]
        assert first.next_after is not None
        second = page(tx, "peace", ORGANISATION, after=first.next_after, first_number=5, limit=4)
        assert lines(second) == ["5 O5", "6 O6", "7 O7", "8 O8"]
        assert second.next_after is not None
        third = page(tx, "peace", ORGANISATION, after=second.next_after, first_number=9, limit=4)
        assert (lines(third), third.next_after) == (["9 O9"], None)
        back = third.previous_after(tx, "peace", ORGANISATION, 4)
        assert back == first.next_after
        assert second.previous_after(tx, "peace", ORGANISATION, 4) == 0

    await (await filled(9)).read(work)


async def test_a_full_last_page_has_no_next_one() -> None:
    found = await (await filled(8)).read(lambda tx: page(tx, "peace", ORGANISATION, limit=8))
    assert (len(found.signatories), found.next_after) == (8, None)


async def test_a_country_has_its_own_pages() -> None:
    def work(tx: Tx) -> None:
        found = page(tx, "peace", ORGANISATION, first_number=1, limit=2, country="AU")
        assert lines(found) == ["1 O3", "2 O6"]
        assert found.next_after is not None
        rest = page(tx, "peace", ORGANISATION, after=found.next_after, first_number=3, limit=2, country="AU")
        assert (lines(rest), rest.next_after) == (["3 O9"], None)
        assert rest.previous_after(tx, "peace", ORGANISATION, 2, "AU") == 0

    await (await filled(9)).read(work)


async def test_the_latest_come_first() -> None:
    found = await (await filled(5)).read(lambda tx: latest(tx, "peace", ORGANISATION, 3))
    assert [each.name for each in found] == ["O5", "O4", "O3"]


async def test_an_empty_list_is_an_empty_page() -> None:
    def work(tx: Tx) -> None:
        found = page(tx, "peace", ORGANISATION)
        assert found == Page(())
        assert found.previous_after(tx, "peace", ORGANISATION, 10) == 0

    await store().read(work)


async def test_the_whole_list_has_numbers_and_counts_and_nobody_unnamed() -> None:
    found = await (await filled(1201)).read(lambda tx: listing(tx, "peace"))
    assert [each.number for each in found.organisations] == list(range(1, 1202))
    assert found.organisations[-1].name == "O1201"
    assert (found.people, found.counts.people, found.counts.unnamed) == ((), 1201, 1201)


async def test_what_is_new_counts_the_unnamed_and_leaves_out_the_imported() -> None:
    made = store()

    def work(tx: Tx) -> None:
        sign(tx, "peace", ["Early"], START - timedelta(microseconds=1))
        sign(tx, "peace", ["New"], START)
        sign(tx, "peace", ["Imported"], START, origin="import")
        sign(tx, "peace", ["Hidden"], START, PERSON, named=False)
        sign(tx, "peace", ["Late"], START + DAY)

    await made.transaction(work)
    number, named = await made.read(lambda tx: news.between(tx, "peace", START, START + DAY))
    assert (number, [each.name for each in named]) == (2, ["New"])
    newest = await made.read(lambda tx: news.latest(tx, "peace", ORGANISATION, START, 4))
    assert [each.name for each in newest] == ["Late", "New"]
