from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.campaign.announcement import POST, Announcement, Delivery, DeliveryState, News, Policy
from bot.campaign.refs import ChatRef
from bot.ports import Store, Tx
from tests.storage.made import CHANNEL, MINUTE, NOW, Ground, both, delivery, each, has_no_default

LEASE = NOW + MINUTE
OTHER = ChatRef("telegram", "-1001234", "5")


async def owe(store: Store, *rows: Delivery) -> None:
    assert all(await each(store, lambda tx, row: tx.deliveries.owe(row), rows))


async def claim(store: Store, owner: str = "me", limit: int = 20) -> list[Delivery]:
    return list(await store.transaction(lambda tx: tx.deliveries.claim(owner, NOW, LEASE, limit)))


async def send(store: Store, row: Delivery) -> bool:
    return await store.transaction(lambda tx: tx.deliveries.sending(row, NOW, LEASE))


async def settle(store: Store, row: Delivery, expected: DeliveryState = DeliveryState.SENDING) -> bool:
    return await store.transaction(lambda tx: tx.deliveries.settle(row, expected))


async def get(store: Store, number: int = 1) -> Delivery:
    found = await store.read(lambda tx: tx.deliveries.by_key(f"key {number}"))
    assert found is not None
    return found


async def test_a_delivery_is_kept_whole(store: Store) -> None:
    full = delivery(
        1,
        policy=Policy.ONCE,
        what=("news", "a1", "\x00\ud800"),
        tries=2,
        message="77",
        wanted=3,
        shown=2,
        first_try=NOW,
        expires=LEASE,
        reason="why",
        state=DeliveryState.UNKNOWN,
    )
    assert has_no_default(replace(full, person="p", owner="me", lease=LEASE))
    to_person = delivery(2, chat=None, person="somebody")
    await owe(store, full, to_person)
    assert await get(store, 1) == full
    assert await get(store, 2) == to_person
    assert await store.read(lambda tx: tx.deliveries.by_key("none")) is None


async def test_a_key_is_owed_once_for_ever(store: Store) -> None:
    await owe(store, delivery(1))
    assert not await store.transaction(lambda tx: tx.deliveries.owe(delivery(2, key="key 1")))


async def test_of_two_plans_at_the_same_time_one_is_kept(ground: Ground, store: Store) -> None:
    meet = ground.meeting()

    def plan(number: int, tx: Tx) -> bool:
        tx.deliveries.by_key("the key")
        meet()
        return tx.deliveries.owe(delivery(number, key="the key"))

    answers = await both(store, lambda tx: plan(1, tx), lambda tx: plan(2, tx))
    assert sorted(map(str, answers)) == ["False", "True"]


async def test_what_is_due_is_claimed_in_order_one_for_each_receiver(store: Store) -> None:
    later = delivery(1, due=NOW - MINUTE)
    first = delivery(2, due=NOW - 2 * MINUTE)
    topic = delivery(3, chat=OTHER)
    somebody = delivery(4, chat=None, person="p", due=NOW - 3 * MINUTE)
    not_yet = delivery(5, chat=None, person="q", due=NOW + MINUTE)
    await owe(store, later, first, topic, somebody, not_yet)
    claimed = await claim(store)
    assert [row.id for row in claimed] == ["d4", "d2", "d3"]
    expected = replace(first, state=DeliveryState.CLAIMED, owner="me", lease=LEASE, tries=1)
    assert claimed[1] == expected
    assert await get(store, 2) == expected
    assert await claim(store) == []


async def test_a_claim_is_limited(store: Store) -> None:
    await owe(store, *(delivery(n, chat=ChatRef("console", str(n))) for n in range(3)))
    assert len(await claim(store, limit=2)) == 2
    assert len(await claim(store, limit=2)) == 1


async def test_two_claimers_at_the_same_time_never_share(ground: Ground, store: Store) -> None:
    await owe(store, *(delivery(n, chat=ChatRef("console", str(n % 5))) for n in range(20)))
    meet = ground.meeting()

    def work(owner: str, tx: Tx) -> list[Delivery]:
        meet()
        claimed = tx.deliveries.claim(owner, NOW, LEASE, 20)
        return list(claimed)

    answers = await both(store, lambda tx: work("me", tx), lambda tx: work("you", tx))
    claimed = [row for rows in answers if isinstance(rows, list) for row in rows]
    assert sorted(row.id for row in claimed) == ["d0", "d1", "d2", "d3", "d4"]


async def test_a_receiver_is_served_by_one_even_when_an_earlier_one_is_planned_meanwhile(
    ground: Ground, store: Store
) -> None:
    """The first claimer cannot see the newer, earlier row: the database itself must refuse the second."""
    await owe(store, delivery(1))
    meet = ground.meeting()

    def claims(tx: Tx) -> list[str]:
        claimed = tx.deliveries.claim("me", NOW, LEASE)
        meet()
        ground.pause()
        return [row.id for row in claimed]

    def plans_and_claims(tx: Tx) -> list[str]:
        tx.deliveries.owe(delivery(2, due=NOW - MINUTE))
        meet()
        return [row.id for row in tx.deliveries.claim("you", NOW, LEASE)]

    assert await both(store, claims, plans_and_claims) == [["d1"], []]
    assert [(await get(store, number)).owner for number in (1, 2)] == ["me", ""]


async def test_a_claimer_does_not_wait_for_another(ground: Ground, store: Store) -> None:
    await owe(store, *(delivery(n, chat=ChatRef("console", str(n))) for n in range(4)))
    has_claimed, may_go = ground.meeting(), ground.meeting()

    def first(tx: Tx) -> list[str]:
        claimed = tx.deliveries.claim("me", NOW, LEASE, 2)
        has_claimed()
        may_go()
        return [row.id for row in claimed]

    def second(tx: Tx) -> list[str]:
        has_claimed()
        claimed = tx.deliveries.claim("you", NOW, LEASE, 2)
        may_go()
        return [row.id for row in claimed]

    assert await both(store, first, second) == [["d0", "d1"], ["d2", "d3"]]


async def test_sending_notes_the_first_try_and_needs_the_claim(store: Store) -> None:
    await owe(store, delivery(1))
    (row,) = await claim(store)
    assert not await send(store, replace(row, owner="you"))
    assert await send(store, row)
    assert not await send(store, row)
    found = await get(store)
    assert (found.state, found.first_try, found.lease) == (DeliveryState.SENDING, NOW, LEASE)


async def test_a_retry_keeps_the_first_try_it_is_given(store: Store) -> None:
    first = NOW - MINUTE
    await owe(store, delivery(1, first_try=first))
    (row,) = await claim(store)
    await send(store, row)
    assert (await get(store)).first_try == first


async def test_an_outcome_is_stored_as_given_and_gives_the_receiver_free(store: Store) -> None:
    await owe(store, delivery(1), delivery(2))
    (row,) = await claim(store)
    await send(store, row)
    sent = replace(row, state=DeliveryState.SENT, message="77", first_try=NOW, reason="ok")
    assert await settle(store, sent)
    assert await get(store) == replace(sent, shown=1, owner="", lease=None)
    assert not await settle(store, sent)
    assert [claimed.id for claimed in await claim(store)] == ["d2"]


async def test_a_refused_send_is_planned_again_perhaps_for_another_chat(store: Store) -> None:
    await owe(store, delivery(1))
    (row,) = await claim(store)
    await send(store, row)
    moved = replace(row, state=DeliveryState.PLANNED, chat=OTHER, due=LEASE, tries=0, reason="moved")
    assert await settle(store, moved)
    assert await get(store) == replace(moved, owner="", lease=None)


async def test_an_outcome_needs_its_state_and_owner(store: Store) -> None:
    await owe(store, delivery(1))
    (row,) = await claim(store)
    sent = replace(row, state=DeliveryState.SENT)
    assert not await settle(store, sent)
    await send(store, row)
    assert not await settle(store, replace(sent, owner="you"))
    assert await settle(store, replace(row, state=DeliveryState.UNKNOWN))
    asked = replace(await get(store), state=DeliveryState.SENT, message="1")
    assert await settle(store, asked, DeliveryState.UNKNOWN)


async def test_of_two_answers_to_an_unknown_one_counts(ground: Ground, store: Store) -> None:
    await owe(store, delivery(1, state=DeliveryState.UNKNOWN))
    meet = ground.meeting()

    def answer(state: DeliveryState, tx: Tx) -> bool:
        row = tx.deliveries.by_key("key 1")
        assert row is not None
        meet()
        return tx.deliveries.settle(replace(row, state=state), DeliveryState.UNKNOWN)

    answers = await both(
        store, lambda tx: answer(DeliveryState.SENT, tx), lambda tx: answer(DeliveryState.PLANNED, tx)
    )
    assert sorted(map(str, answers)) == ["False", "True"]


async def renew(store: Store, number: int = 1) -> bool:
    return await store.transaction(lambda tx: tx.deliveries.renew(f"key {number}", LEASE))


async def test_a_sent_card_is_planned_again_when_the_truth_changed(store: Store) -> None:
    await owe(store, delivery(1, state=DeliveryState.SENT, message="77", shown=1, tries=3, first_try=NOW))
    assert await renew(store)
    assert await get(store) == delivery(1, message="77", shown=1, wanted=2, due=LEASE, first_try=NOW)


async def test_a_planned_card_simply_shows_the_new_truth(store: Store) -> None:
    await owe(store, delivery(1))
    assert await renew(store)
    assert await get(store) == delivery(1, wanted=2)


async def test_what_was_given_up_is_not_renewed(store: Store) -> None:
    await owe(store, delivery(1, state=DeliveryState.DEAD))
    assert not await renew(store)
    assert not await renew(store, 2)


async def test_a_card_renewed_while_it_is_being_sent_is_planned_again(store: Store) -> None:
    await owe(store, delivery(1))
    (row,) = await claim(store)
    await send(store, row)
    assert await renew(store)
    assert await settle(store, replace(row, state=DeliveryState.SENT, message="77", first_try=NOW))
    assert await get(store) == delivery(1, message="77", wanted=2, shown=1, first_try=NOW)


def post(number: int, announcement: str = "a1", **changes: object) -> Delivery:
    """A post that a room was sent just now."""
    chat, what = ChatRef("console", str(number)), (POST, announcement)
    sent = delivery(number, chat=chat, what=what, policy=Policy.ONCE, state=DeliveryState.SENT)
    return replace(sent, **{"message": "77", "shown": 1, "first_try": NOW, **changes})  # type: ignore[arg-type]


async def announce(store: Store, *ids: str, campaign: str = "asean") -> None:
    await each(
        store,
        lambda tx, id_: tx.announcements.add(Announcement(id_, campaign, News.MILESTONE, id_, NOW)),
        ids,
    )


async def renew_posts(store: Store) -> int:
    return await store.transaction(lambda tx: tx.deliveries.renew_posts("asean", NOW, LEASE))


async def test_the_posts_of_a_campaign_are_renewed_and_no_others(store: Store) -> None:
    await announce(store, "a1", "a2")
    await announce(store, "b1", campaign="bread")
    others = [post(3, "b1"), post(4, what=("review", "a1")), post(5, what=("unknown", "a1"))]
    await owe(store, post(1), post(2, "a2", tries=3), *others)
    assert await renew_posts(store) == 2
    planned = [
        replace(row, state=DeliveryState.PLANNED, wanted=2, due=LEASE) for row in (post(1), post(2, "a2"))
    ]
    assert [await get(store, n) for n in (1, 2)] == planned
    assert [await get(store, n) for n in (3, 4, 5)] == others


async def test_a_post_is_renewed_where_it_can_be_edited_and_is_young(store: Store) -> None:
    await announce(store, "a1")
    left = [
        post(1, first_try=NOW - MINUTE),
        post(2, message=""),
        post(3, first_try=None),
        post(4, state=DeliveryState.UNKNOWN),
        post(5, state=DeliveryState.SKIPPED),
    ]
    await owe(store, *left)
    assert await renew_posts(store) == 0
    assert [await get(store, n) for n in range(1, 6)] == left


async def test_renewing_posts_while_one_is_planned_or_being_sent_makes_one_edit(store: Store) -> None:
    await announce(store, "a1")
    await owe(store, post(1))
    assert await renew_posts(store) == await renew_posts(store) == 1
    assert (await get(store)).due == LEASE
    (row,) = await store.transaction(lambda tx: tx.deliveries.claim("me", LEASE, LEASE + MINUTE))
    assert await send(store, row)
    assert (row.wanted, row.first_try) == (3, NOW)
    assert await renew_posts(store) == 1
    assert await settle(store, replace(row, state=DeliveryState.SENT))
    assert await get(store) == post(1, state=DeliveryState.PLANNED, wanted=4, shown=3, due=LEASE)


@pytest.mark.parametrize("post_is_first", [True, False])
async def test_a_post_composed_while_the_truth_changes_says_the_new_or_is_renewed(
    ground: Ground, store: Store, *, post_is_first: bool
) -> None:
    """On PostgreSQL the second of the two waits for the first."""
    await announce(store, "a1")
    await owe(store, post(1, state=DeliveryState.PLANNED, message="", shown=0, first_try=None))
    (row,) = await claim(store)
    meet = ground.meeting()

    def in_turn(lock: Callable[[], object], *, first: bool) -> None:
        if not first:
            meet()
        assert lock()
        if first:
            meet()
            ground.pause()

    def compose(tx: Tx) -> str:
        in_turn(lambda: tx.deliveries.sending(row, NOW, LEASE), first=post_is_first)
        return tx.notes.get("truth")

    def change(tx: Tx) -> str:
        in_turn(lambda: tx.deliveries.renew_posts("asean", NOW, LEASE), first=not post_is_first)
        tx.notes.put("truth", "new")
        return ""

    said, _ = await both(store, compose, change)
    assert said == "new" or (await get(store)).wanted == row.wanted + 1
    if ground.kind == "postgres":
        assert said == ("" if post_is_first else "new")


async def test_a_lease_that_is_over_is_stale(store: Store) -> None:
    await owe(store, delivery(1), delivery(2, chat=OTHER), delivery(3, chat=None, person="p"))
    claimed = await claim(store, limit=2)
    await send(store, claimed[0])

    async def stale(later: int, limit: int = 100) -> list[str]:
        rows = await store.read(lambda tx: tx.deliveries.stale(NOW + later * MINUTE, limit))
        return [row.id for row in rows]

    assert await stale(0) == []
    assert await stale(1) == ["d1", "d2"]
    assert await stale(1, limit=1) == ["d1"]


async def test_a_chat_has_its_deliveries_newest_first(store: Store) -> None:
    await owe(store, delivery(1), delivery(2), delivery(3, chat=OTHER))
    assert [row.id for row in await store.read(lambda tx: tx.deliveries.by_chat(CHANNEL))] == ["d2", "d1"]
    assert [row.id for row in await store.read(lambda tx: tx.deliveries.by_chat(CHANNEL, 1))] == ["d2"]


async def test_parking_cancels_what_is_planned_for_a_chat(store: Store) -> None:
    await owe(store, delivery(1), delivery(2), delivery(3, chat=OTHER))
    (row,) = await claim(store, limit=1)
    assert await store.transaction(lambda tx: tx.deliveries.park(CHANNEL, "gone")) == 1
    assert await get(store, 2) == delivery(2, state=DeliveryState.CANCELLED, reason="gone")
    assert await get(store, 1) == row
    assert (await get(store, 3)).state is DeliveryState.PLANNED


async def test_the_next_due_is_of_a_receiver_that_is_not_being_served(store: Store) -> None:
    async def next_due() -> object:
        return await store.read(lambda tx: tx.deliveries.next_due())

    assert await next_due() is None
    await owe(store, delivery(1), delivery(2), delivery(3, chat=OTHER, due=LEASE))
    assert await next_due() == NOW
    await claim(store, limit=1)
    assert await next_due() == LEASE


async def test_missed_are_the_failed_notices_of_one_person_oldest_first(store: Store) -> None:
    failed = {"state": DeliveryState.FAILED, "policy": Policy.NOTICE, "chat": None}
    rows = [
        delivery(1, **failed, person="p"),
        delivery(2, **failed, person="q"),
        delivery(3, **{**failed, "state": DeliveryState.SENT}, person="p"),
        delivery(4, **{**failed, "policy": Policy.ONCE}, person="p"),
        delivery(5, **failed, person="p"),
    ]
    await owe(store, *rows)
    assert [each.key for each in await store.read(lambda tx: tx.deliveries.missed("p"))] == ["key 1", "key 5"]
    assert [each.key for each in await store.read(lambda tx: tx.deliveries.missed("p", 1))] == ["key 1"]


async def test_nothing_that_was_owed_to_somebody_forgotten_stays_but_what_is_being_sent(store: Store) -> None:
    mine = [delivery(number, chat=None, person="somebody") for number in (1, 2)]
    await owe(store, *mine, delivery(3, chat=None, person="another"), delivery(4))
    (going,) = [row for row in await claim(store) if row.person == "somebody"]
    assert await send(store, going)
    assert await store.transaction(lambda tx: tx.deliveries.forget("somebody")) == 1
    left = await each(store, lambda tx, number: tx.deliveries.by_key(f"key {number}"), (1, 2, 3, 4))
    assert [found is not None for found in left] == [True, False, True, True]
