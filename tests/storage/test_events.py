from __future__ import annotations

from bot.ports import Store, Tx
from tests.storage.made import MINUTE, NOW, Ground, both


async def test_an_event_is_first_once(store: Store) -> None:
    assert await store.transaction(lambda tx: tx.events.first("telegram", "7", NOW))
    assert not await store.transaction(lambda tx: tx.events.first("telegram", "7", NOW + MINUTE))
    assert await store.transaction(lambda tx: tx.events.first("discord", "7", NOW))
    assert await store.transaction(lambda tx: tx.events.first("telegram", "8", NOW))


async def test_of_two_deliveries_at_the_same_time_one_is_first(ground: Ground, store: Store) -> None:
    meet = ground.meeting()

    def work(tx: Tx) -> bool:
        meet()
        return tx.events.first("telegram", "7", NOW)

    assert sorted(map(str, await both(store, work, work))) == ["False", "True"]


async def test_a_rolled_back_turn_leaves_its_event_unseen_and_a_buried_one_is_seen(store: Store) -> None:
    def fails(tx: Tx) -> None:
        tx.events.first("telegram", "7", NOW)
        raise ZeroDivisionError

    for _ in range(2):
        try:
            await store.transaction(fails)
        except ZeroDivisionError:
            continue
    await store.transaction(lambda tx: tx.events.bury("telegram", "7", "ZeroDivisionError", NOW))
    assert not await store.transaction(lambda tx: tx.events.first("telegram", "7", NOW))
    await store.transaction(lambda tx: tx.events.bury("telegram", "7", "KeyError", NOW))


async def test_only_old_events_are_pruned(store: Store) -> None:
    await store.transaction(lambda tx: tx.events.first("telegram", "old", NOW))
    await store.transaction(lambda tx: tx.events.first("telegram", "new", NOW + MINUTE))
    assert await store.transaction(lambda tx: tx.events.prune(NOW + MINUTE)) == 1
    assert await store.transaction(lambda tx: tx.events.first("telegram", "old", NOW))
    assert not await store.transaction(lambda tx: tx.events.first("telegram", "new", NOW))
