from __future__ import annotations

from bot.ports import Store


async def test_a_note_is_kept_and_replaced(store: Store) -> None:
    assert await store.read(lambda tx: tx.notes.get("offset")) == ""
    await store.transaction(lambda tx: tx.notes.put("offset", "1"))
    await store.transaction(lambda tx: tx.notes.put("offset", "2"))
    assert await store.read(lambda tx: tx.notes.get("offset")) == "2"
