from __future__ import annotations

import asyncio
from functools import partial

from bot.ports import Store, Tx
from tests.storage.made import Ground, both


async def test_tallies_are_added_and_taken_away(store: Store) -> None:
    await store.transaction(lambda tx: tx.tallies.add("asean", {"organisation": 2, "person": 1}))
    await store.transaction(lambda tx: tx.tallies.add("asean", {"organisation": -1, "person": -1}))
    await store.transaction(lambda tx: tx.tallies.add("other", {"organisation": 9}))
    assert await store.read(lambda tx: tx.tallies.get("asean")) == {"organisation": 1}
    assert await store.read(lambda tx: tx.tallies.get("none")) == {}


async def test_four_hundred_changes_at_the_same_time_are_all_counted(store: Store) -> None:
    def work(number: int, tx: Tx) -> int:
        names = ("organisation", "country/TH")
        tx.tallies.add("asean", dict.fromkeys(names[:: 1 if number % 2 else -1], 1))
        return tx.tallies.next_position("asean")

    positions = await asyncio.gather(*(store.transaction(partial(work, n)) for n in range(400)))
    assert sorted(positions) == list(range(1, 401))
    assert await store.read(lambda tx: tx.tallies.get("asean")) == {"organisation": 400, "country/TH": 400}


async def test_two_first_changes_of_a_tally_both_count(ground: Ground, store: Store) -> None:
    meet = ground.meeting()

    def work(tx: Tx) -> None:
        tx.tallies.get("asean")
        meet()
        tx.tallies.add("asean", {"organisation": 1})

    await both(store, work, work)
    assert await store.read(lambda tx: tx.tallies.get("asean")) == {"organisation": 2}


async def test_a_position_is_not_given_twice_and_each_campaign_has_its_own(store: Store) -> None:
    assert await store.transaction(lambda tx: tx.tallies.next_position("asean")) == 1
    assert await store.transaction(lambda tx: tx.tallies.next_position("asean")) == 2
    assert await store.transaction(lambda tx: tx.tallies.next_position("other")) == 1
