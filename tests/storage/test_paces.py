from __future__ import annotations

from bot.ports import Store
from tests.storage.made import MINUTE, NOW


async def test_a_budget_remembers_its_time(store: Store) -> None:
    assert await store.read(lambda tx: tx.paces.get("telegram")) is None
    await store.transaction(lambda tx: tx.paces.put("telegram", NOW))
    await store.transaction(lambda tx: tx.paces.put("telegram", NOW + MINUTE))
    assert await store.read(lambda tx: tx.paces.get("telegram")) == NOW + MINUTE
    assert await store.read(lambda tx: tx.paces.get("discord")) is None
