from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.ports import Matter, Store

NOW = datetime(2026, 2, 14, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def matter(number: int, key: str = "", subject: str = "peace", **more: object) -> Matter:
    made = Matter(f"m{number}", "invitation", subject, "invited", NOW, key, body={"name": f"Union {number}"})
    return replace(made, **more)  # type: ignore[arg-type]


async def test_a_matter_is_unique_by_its_key_within_its_kind_and_subject(store: Store) -> None:
    assert await store.transaction(lambda tx: tx.matters.add(matter(1, "secret"), NOW))
    assert not await store.transaction(lambda tx: tx.matters.add(matter(2, "secret"), NOW))
    assert await store.transaction(lambda tx: tx.matters.add(matter(3, "secret", "bread"), NOW))
    assert await store.transaction(lambda tx: tx.matters.add(matter(4), NOW))
    assert await store.transaction(lambda tx: tx.matters.add(matter(5), NOW))
    found = await store.read(lambda tx: tx.matters.by_key("invitation", "secret", "bread"))
    assert found == matter(3, "", "bread")
    found = await store.read(lambda tx: tx.matters.by_key("invitation", "secret"))
    assert found == matter(1)
    assert await store.read(lambda tx: tx.matters.by_key("claim", "secret")) is None
    assert await store.read(lambda tx: tx.matters.by_key("invitation", "Secret", "peace")) is None


async def test_a_change_needs_the_row_it_expects(store: Store) -> None:
    await store.transaction(lambda tx: tx.matters.add(matter(1, "k"), NOW))
    opened = replace(matter(1), state="opened", row=2, person="p", body={"name": "งาน"}, due=NOW)
    assert await store.transaction(lambda tx: tx.matters.change(opened, 1, NOW))
    assert not await store.transaction(lambda tx: tx.matters.change(opened, 1, NOW))
    assert await store.read(lambda tx: tx.matters.get("m1")) == opened
    assert await store.read(lambda tx: tx.matters.by_key("invitation", "k")) == opened


async def test_matters_are_listed_in_order_by_state_from_a_place_and_by_person(store: Store) -> None:
    made = [matter(number, state="opened" if number % 2 else "invited", person="p") for number in range(1, 6)]
    await store.transaction(lambda tx: [tx.matters.add(each, NOW) for each in made])
    await store.transaction(lambda tx: tx.matters.add(matter(9, "", "bread"), NOW))
    assert await store.read(lambda tx: tx.matters.of("invitation", "peace")) == made
    assert await store.read(lambda tx: tx.matters.of("invitation", "peace", after="m2", limit=2)) == made[2:4]
    assert await store.read(lambda tx: tx.matters.of("invitation", "peace", state="opened")) == made[::2]
    assert await store.read(lambda tx: tx.matters.of_person("invitation", "p", 2)) == made[:2:-1]
    counted = await store.read(lambda tx: tx.matters.count("invitation", "peace"))
    assert counted == {"invited": 2, "opened": 3}


async def test_what_is_due_comes_oldest_first_and_what_nobody_touched_goes(store: Store) -> None:
    early, late = matter(1, due=NOW + HOUR), matter(2, due=NOW)
    await store.transaction(lambda tx: [tx.matters.add(each, NOW) for each in (early, late, matter(3))])
    assert await store.read(lambda tx: tx.matters.due("invitation", NOW)) == [late]
    assert await store.read(lambda tx: tx.matters.due("invitation", NOW + HOUR)) == [late, early]
    assert await store.transaction(lambda tx: tx.matters.remove("m2"))
    assert not await store.transaction(lambda tx: tx.matters.remove("m2"))
    await store.transaction(lambda tx: tx.matters.change(replace(early, row=2), 1, NOW + HOUR))
    assert await store.transaction(lambda tx: tx.matters.prune("invitation", NOW + HOUR)) == 1
    assert await store.read(lambda tx: tx.matters.get("m1")) == replace(early, row=2)
