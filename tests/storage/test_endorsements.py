from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace

import pytest

from bot.campaign.endorsement import Endorsement, Entry, Kind, Private, State, Step, tally_names
from bot.ports import AuditEvent, Conflict, Store, Tx
from tests.storage.made import MINUTE, NOW, Ground, both, each, endorsement, has_no_default, person, published

HOSTILE = "\u202e<b>\ud800\x00 =1+1 \u200bZ͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞"


async def add(store: Store, *rows: Endorsement) -> None:
    def work(tx: Tx) -> None:
        for row in rows:
            assert tx.endorsements.add(row, f"signer of {row.id}")

    await store.transaction(work)


async def get(store: Store, id_: str = "e1") -> Endorsement:
    found = await store.read(lambda tx: tx.endorsements.get(id_))
    assert found is not None
    return found


async def test_an_endorsement_is_kept_whole(store: Store) -> None:
    met = await person(store)
    one = endorsement(
        person=met.id,
        position=7,
        published=NOW,
        before=State.APPROVED,
        undo_until=NOW + MINUTE,
        due=NOW - MINUTE,
        reason=HOSTILE,
        origin="import",
        entry=Entry(HOSTILE, HOSTILE, HOSTILE, "TH", HOSTILE, HOSTILE, named=False, printed=HOSTILE),
        private=Private(*[HOSTILE] * len(fields(Private))),
    )
    assert all(map(has_no_default, (one, one.entry, one.private)))
    await add(store, one)
    assert await get(store) == one
    assert await store.read(lambda tx: tx.endorsements.get("e2")) is None


async def test_one_is_live_of_each_signatory_and_campaign(store: Store) -> None:
    def again(tx: Tx) -> list[bool]:
        return [
            tx.endorsements.add(endorsement(2), "signer of e1"),
            tx.endorsements.add(endorsement(3, campaign="other"), "signer of e1"),
            tx.endorsements.add(endorsement(4, state=State.REJECTED), "signer of e1"),
        ]

    await add(store, endorsement(1))
    assert await store.transaction(again) == [False, True, True]
    assert await store.read(lambda tx: tx.endorsements.live("asean", "signer of e1")) == endorsement(1)
    assert await store.read(lambda tx: tx.endorsements.live("asean", "signer of e2")) is None


async def test_of_two_signatures_at_the_same_time_one_is_kept(ground: Ground, store: Store) -> None:
    meet = ground.meeting()

    def sign(number: int, tx: Tx) -> bool:
        assert tx.endorsements.live("asean", "the same") is None or ground.kind != "postgres"
        meet()
        return tx.endorsements.add(endorsement(number), "the same")

    answers = await both(store, lambda tx: sign(1, tx), lambda tx: sign(2, tx))
    assert sorted(map(str, answers)) == ["False", "True"]


async def test_a_withdrawn_one_leaves_the_place_free_and_cannot_come_back_into_a_taken_one(
    store: Store,
) -> None:
    one = endorsement(1)
    gone = replace(one, state=State.WITHDRAWN, row=2, before=State.IN_REVIEW, undo_until=NOW)
    back = replace(one, row=3)
    await add(store, one)
    assert await store.transaction(lambda tx: tx.endorsements.change(gone, 1))
    assert await store.read(lambda tx: tx.endorsements.live("asean", "signer of e1")) is None
    assert await store.transaction(lambda tx: tx.endorsements.add(endorsement(2), "signer of e1"))
    assert not await store.transaction(lambda tx: tx.endorsements.change(back, 2))
    assert await store.transaction(lambda tx: tx.endorsements.change(replace(gone, row=3), 2))
    assert (await get(store)).state is State.WITHDRAWN


async def test_of_an_undone_withdrawal_and_a_new_signature_one_is_live(ground: Ground, store: Store) -> None:
    one = endorsement(1)
    await add(store, replace(one, state=State.WITHDRAWN))
    meet = ground.meeting()

    def sign(tx: Tx) -> bool:
        added = tx.endorsements.add(endorsement(2), "signer of e1")
        meet()
        ground.pause()
        return added

    def undo(tx: Tx) -> bool:
        meet()
        return tx.endorsements.change(replace(one, row=2), 1)

    assert await both(store, sign, undo) == [True, False]


async def test_a_change_needs_the_row_it_expects(store: Store) -> None:
    one = endorsement(1)
    approved = replace(one, state=State.APPROVED, row=2, due=NOW + MINUTE)
    await add(store, one)
    assert await store.transaction(lambda tx: tx.endorsements.change(approved, 1))
    assert not await store.transaction(lambda tx: tx.endorsements.change(replace(one, row=2), 1))
    assert await get(store) == approved


@pytest.mark.parametrize("attempt", range(5))
async def test_of_two_moderators_exactly_one_decides(ground: Ground, store: Store, attempt: int) -> None:
    """Ten tries in each run, five runs: fifty on each ground."""
    await add(store, *(endorsement(number) for number in range(10)))
    for number in range(10):
        meet = ground.meeting()

        def decide(state: State, tx: Tx, id_: str = f"e{number}") -> State:
            found = tx.endorsements.get(id_)
            assert found is not None
            if found.state is not State.IN_REVIEW:
                return found.state
            meet()  # noqa: B023  (used before the loop goes on)
            if not tx.endorsements.change(replace(found, state=state, row=found.row + 1), found.row):
                raise Conflict
            return state

        answers = await both(
            store, lambda tx: decide(State.APPROVED, tx), lambda tx: decide(State.REJECTED, tx)
        )
        decided = await get(store, f"e{number}")
        assert decided.row == 2, attempt
        assert answers == [decided.state, decided.state]


async def test_a_change_leaves_private_details_and_they_are_erased_alone(store: Store) -> None:
    one = endorsement(1)
    await add(store, one)
    changed = replace(one, state=State.REJECTED, row=2, private=Private())
    await store.transaction(lambda tx: tx.endorsements.change(changed, 1))
    assert (await get(store)).private == one.private
    other = Private(contact="other@example.org")
    await store.transaction(lambda tx: tx.endorsements.seal_private("e1", other))
    assert (await get(store)).private == other
    await store.transaction(lambda tx: tx.endorsements.seal_private("e1", Private()))
    assert (await get(store)).private == Private()


async def test_an_imported_name_is_known_for_ever(store: Store) -> None:
    def imported(signer: str) -> object:
        return store.read(lambda tx: tx.endorsements.imported("asean", signer))

    await add(store, published(1, origin="import", person="", private=Private()), endorsement(2))
    gone = published(1, origin="import", state=State.WITHDRAWN, row=2, private=Private())
    await store.transaction(lambda tx: tx.endorsements.change(gone, 1))
    assert await imported("signer of e1")  # type: ignore[misc]
    assert not await imported("signer of e2")  # type: ignore[misc]
    assert not await store.read(lambda tx: tx.endorsements.imported("other", "signer of e1"))


async def test_my_sign_ons_are_newest_first_with_what_can_be_undone(store: Store) -> None:
    met, other = await person(store), await person(store, "2")
    mine = [endorsement(n, person=met.id) for n in range(1, 5)]
    mine[1] = replace(mine[1], state=State.WITHDRAWN, undo_until=NOW)
    mine[2] = replace(mine[2], state=State.WITHDRAWN)
    await add(store, *mine, endorsement(9, person=other.id))
    assert await store.read(lambda tx: tx.endorsements.of(met.id)) == [mine[3], mine[1], mine[0]]
    assert await store.read(lambda tx: tx.endorsements.of(met.id, limit=1)) == [mine[3]]


async def test_the_last_one_of_a_kind_is_found_in_any_campaign(store: Store) -> None:
    met = await person(store)
    rows = [
        endorsement(1, person=met.id),
        endorsement(2, person=met.id, campaign="other", state=State.REJECTED),
        endorsement(3, person=met.id, kind=Kind.PERSON),
    ]
    await add(store, *rows)
    assert await store.read(lambda tx: tx.endorsements.latest_of(met.id, Kind.ORGANISATION)) == rows[1]
    assert await store.read(lambda tx: tx.endorsements.latest_of("x", Kind.PERSON)) is None


async def pages(store: Store, **how: object) -> list[str]:
    def work(tx: Tx) -> list[str]:
        page = tx.endorsements.page("asean", Kind.ORGANISATION, **how)  # type: ignore[arg-type]
        return [row.id for row in page]

    return await store.read(work)


async def test_the_list_has_published_named_ones_by_position(store: Store) -> None:
    unnamed = published(3, entry=replace(published(3).entry, named=False))
    elsewhere = published(4, entry=replace(published(4).entry, country="MY"))
    other = (published(5, kind=Kind.PERSON), published(6, campaign="other"), endorsement(7))
    await add(store, published(2), published(1), unnamed, elsewhere, *other)
    assert await pages(store) == ["e1", "e2", "e4"]
    assert await pages(store, limit=2) == ["e1", "e2"]
    assert await pages(store, after=2) == ["e4"]
    assert await pages(store, newest=True) == ["e4", "e2", "e1"]
    assert await pages(store, newest=True, after=4) == ["e2", "e1"]
    assert await pages(store, country="TH") == ["e1", "e2"]
    assert await pages(store, country="TH", newest=True, limit=1) == ["e2"]
    assert await pages(store, country="XX") == []
    places = (0, 1, 3, 4, 9)
    numbers = await each(store, lambda tx, p: tx.endorsements.number("asean", Kind.ORGANISATION, p), places)
    assert numbers == [0, 1, 2, 3, 3]


async def test_what_the_public_reads_has_no_private_details(store: Store) -> None:
    one = published(1, reason="a reason")
    unnamed = published(2, entry=replace(published(2).entry, named=False))
    await add(store, one, unnamed)

    def work(tx: Tx) -> tuple[list[Endorsement], list[Endorsement]]:
        page = tx.endorsements.page("asean", Kind.ORGANISATION)
        return list(page), list(tx.endorsements.published_between("asean", NOW, NOW + 9 * MINUTE))

    page, between = await store.read(work)
    assert page == [replace(one, private=Private(), reason="")]
    assert [row.private for row in between] == [Private(), Private()]
    assert [row.entry for row in between] == [one.entry, unnamed.entry]


async def test_a_listed_line_is_whole(store: Store) -> None:
    entry = Entry("Name", "Ὀργάνωσις", "N", "TH", "Place", "slug", printed="Name (N), Place ")
    assert has_no_default(replace(entry, named=False))
    await add(store, published(1, entry=entry))
    page = await store.read(lambda tx: tx.endorsements.page("asean", Kind.ORGANISATION))
    assert [row.entry for row in page] == [entry]


async def test_published_between_takes_the_begin_and_not_the_end(store: Store) -> None:
    await add(store, *(published(n) for n in range(1, 6)), published(6, campaign="other"))

    async def between(begin: int, end: int, limit: int = 200) -> list[str]:
        def work(tx: Tx) -> list[str]:
            begun, ended = NOW + begin * MINUTE, NOW + end * MINUTE
            return [row.id for row in tx.endorsements.published_between("asean", begun, ended, limit)]

        return await store.read(work)

    assert await between(2, 4) == ["e2", "e3"]
    assert await between(0, 9, limit=2) == ["e1", "e2"]


async def test_those_in_review_stand_in_line(store: Store) -> None:
    rows = [endorsement(n, campaign="asean" if n % 2 else "other") for n in range(1, 6)]
    await add(store, *rows, published(9))

    async def waiting(campaign: str = "", limit: int = 10) -> list[str]:
        return [row.id for row in await store.read(lambda tx: tx.endorsements.waiting(campaign, limit))]

    assert await waiting() == ["e1", "e2", "e3", "e4", "e5"]
    assert await store.read(lambda tx: tx.endorsements.queue()) == 5
    assert await waiting("asean") == ["e1", "e3", "e5"]
    assert await waiting(limit=2) == ["e1", "e2"]
    places = await each(store, lambda tx, row: tx.endorsements.place_in_line(row), rows)
    assert places == [1, 1, 2, 2, 3]


async def test_an_approved_one_is_due_when_its_time_to_undo_is_over(store: Store) -> None:
    rows = [endorsement(n, state=State.APPROVED, due=NOW + n * MINUTE) for n in (1, 2, 3)]
    await add(store, *rows, published(4, due=NOW))
    due = await store.read(lambda tx: tx.endorsements.due(NOW + 2 * MINUTE))
    assert due == rows[:2]
    assert await store.read(lambda tx: tx.endorsements.due(NOW + 9 * MINUTE, limit=1)) == rows[:1]


async def test_the_count_from_the_rows_is_the_sum_of_their_tally_names(store: Store) -> None:
    def entry(country: str, *, named: bool) -> Entry:
        return Entry("x", country=country, named=named)

    rows = [
        published(n, kind=kind, entry=entry(country, named=named))
        for n, (kind, country, named) in enumerate(
            (kind, country, named)
            for kind in Kind
            for country in ("", "TH", "TH", "MY")
            for named in (True, False)
        )
    ]
    await add(store, *rows, endorsement(90), published(91, campaign="other"))
    expected = Counter(name for row in rows for name in tally_names(row))
    assert await store.read(lambda tx: tx.endorsements.count("asean")) == dict(expected)
    assert await store.read(lambda tx: tx.endorsements.count("none")) == {}


async def test_those_taken_off_after_a_moment_are_counted(store: Store) -> None:
    def off(tx: Tx, number: int, after: int, step: Step, state: State) -> None:
        before = tx.endorsements.get(f"e{number}")
        assert before is not None
        changed = replace(before, state=state, row=before.row + 1)
        assert tx.endorsements.change(changed, before.row)
        at = NOW + after * MINUTE
        tx.audit.add(AuditEvent("asean", changed.id, step, state, changed.row, "clock", at))

    await add(store, *map(published, range(1, 7)), published(7, campaign="other"))

    def work(tx: Tx) -> None:
        off(tx, 1, 20, Step.WITHDRAW, State.WITHDRAWN)
        off(tx, 2, 9, Step.WITHDRAW, State.WITHDRAWN)
        off(tx, 3, 20, Step.SUSPEND, State.IN_REVIEW)
        off(tx, 4, 20, Step.WITHDRAW, State.WITHDRAWN)
        off(tx, 4, 21, Step.UNDO_WITHDRAWAL, State.PUBLISHED)
        off(tx, 7, 20, Step.WITHDRAW, State.WITHDRAWN)

    await store.transaction(work)

    def counted(tx: Tx) -> list[int]:
        return [tx.endorsements.gone("asean", NOW + after * MINUTE) for after in (0, 1, 10, 20)]

    # Number 1 and number 3 were published within three minutes, and taken off after twenty.
    assert await store.read(counted) == [0, 1, 2, 0]


async def test_each_person_behind_what_is_published_is_named_once(store: Store) -> None:
    asa, dao, eko = [await person(store, number) for number in "123"]
    await add(
        store,
        published(1, person=asa.id),
        published(2, person=dao.id),
        published(3, person=asa.id, kind=Kind.PERSON),
        published(4),
        endorsement(5, person=eko.id),
        published(6, person=eko.id, campaign="other"),
    )
    first, second = sorted((asa.id, dao.id))

    def found(tx: Tx) -> list[Sequence[str]]:
        signers = tx.endorsements.signers
        return [signers("asean"), signers("asean", "", 1), signers("asean", first), signers("asean", second)]

    assert await store.read(found) == [[first, second], [first], [second], []]
