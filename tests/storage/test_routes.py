from __future__ import annotations

from bot.ports import Store


async def test_a_route_is_kept_once(store: Store) -> None:
    assert await store.read(lambda tx: tx.routes.get("t")) is None
    await store.transaction(lambda tx: tx.routes.keep("t", ("list", "ไทย", "\x00\ud800")))
    await store.transaction(lambda tx: tx.routes.keep("t", ("other",)))
    assert await store.read(lambda tx: tx.routes.get("t")) == ("list", "ไทย", "\x00\ud800")
