from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.ports import Paper, Store

NOW = datetime(2026, 2, 14, 9, tzinfo=UTC)
TEXT = ("statements", "peace", "en.md")
CAMPAIGN = ("campaigns", "peace.toml")


async def test_a_paper_is_kept_and_replaced_and_every_change_has_a_version(store: Store) -> None:
    assert await store.read(lambda tx: tx.papers.version()) == ""
    await store.transaction(lambda tx: tx.papers.put(Paper(TEXT, "one", hidden=True), "a"))
    await store.transaction(lambda tx: tx.papers.put(Paper(TEXT, "two\nลงนาม"), "b"))
    assert await store.read(lambda tx: tx.papers.get(TEXT)) == Paper(TEXT, "two\nลงนาม")
    assert await store.read(lambda tx: tx.papers.version()) == "b"
    assert await store.transaction(lambda tx: tx.papers.remove(TEXT, "c"))
    assert not await store.transaction(lambda tx: tx.papers.remove(TEXT, "d"))
    assert await store.read(lambda tx: tx.papers.version()) == "c"
    assert await store.read(lambda tx: tx.papers.all()) == []


async def test_what_is_hidden_is_due_at_its_time_and_not_before(store: Store) -> None:
    later = Paper(TEXT, "text", hidden=True, due=NOW + timedelta(hours=1))
    shown = Paper(CAMPAIGN, "campaign", due=NOW)
    await store.transaction(lambda tx: tx.papers.put(later, "a"))
    await store.transaction(lambda tx: tx.papers.put(shown, "b"))
    assert await store.read(lambda tx: tx.papers.due(NOW)) == []
    assert await store.read(lambda tx: tx.papers.due(NOW + timedelta(hours=1))) == [later]
    assert await store.read(lambda tx: tx.papers.all()) == [shown, later]
