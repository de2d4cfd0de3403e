from __future__ import annotations

from dataclasses import replace

from bot.campaign.announcement import Announcement, News
from bot.ports import Store, Tx
from tests.storage.made import NOW, Ground, both

ONE = Announcement("a1", "asean", News.WEEKLY, "2026-02-16T10:00", NOW, {"count": 12, "slug": "o"})


async def test_an_announcement_is_kept_and_its_slot_is_taken_for_ever(store: Store) -> None:
    assert await store.transaction(lambda tx: tx.announcements.add(ONE))
    assert not await store.transaction(lambda tx: tx.announcements.add(replace(ONE, id="a2")))
    assert await store.transaction(lambda tx: tx.announcements.add(replace(ONE, id="a3", campaign="other")))
    assert await store.read(lambda tx: tx.announcements.get("a1")) == ONE
    assert await store.read(lambda tx: tx.announcements.get("a2")) is None


async def test_of_two_rings_at_the_same_time_one_announces(ground: Ground, store: Store) -> None:
    meet = ground.meeting()

    def ring(id_: str, tx: Tx) -> bool:
        assert ground.kind != "postgres" or tx.announcements.latest_slot("asean", "weekly") == ""
        meet()
        return tx.announcements.add(replace(ONE, id=id_))

    assert sorted(map(str, await both(store, lambda tx: ring("a", tx), lambda tx: ring("b", tx)))) == [
        "False",
        "True",
    ]


async def test_the_latest_slot_is_the_greatest_number_or_time(store: Store) -> None:
    def work(tx: Tx) -> None:
        for number, slot in enumerate(("25", "100", "50")):
            tx.announcements.add(replace(ONE, id=f"m{number}", kind=News.MILESTONE, slot=slot))
        tx.announcements.add(ONE)
        tx.announcements.add(replace(ONE, id="a2", slot="2026-02-09T10:00"))

    await store.transaction(work)
    assert await store.read(lambda tx: tx.announcements.latest_slot("asean", "milestone")) == "100"
    assert await store.read(lambda tx: tx.announcements.latest_slot("asean", "weekly")) == ONE.slot
    assert await store.read(lambda tx: tx.announcements.latest_slot("asean", "reminder")) == ""
