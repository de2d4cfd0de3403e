from __future__ import annotations

import asyncio

from bot.campaign.refs import AccountRef
from bot.ports import Person, Store, Tx
from tests.storage.made import NOW, Ground, both, each, person

ACCOUNT = AccountRef("telegram", "1")


async def test_the_same_account_is_the_same_person(store: Store) -> None:
    first, again, other = await person(store), await person(store), await person(store, "2")
    assert first == again
    assert other.id != first.id
    assert first == Person(first.id, "", "en", 0, ())


async def test_the_same_id_on_another_platform_is_somebody_else(store: Store) -> None:
    first = await person(store)
    other = await store.transaction(lambda tx: tx.people.meet(AccountRef("discord", "1"), "en", NOW))
    assert other.id != first.id


async def test_an_id_is_sixteen_letters_of_base32(store: Store) -> None:
    met = await person(store)
    assert len(met.id) == 16
    assert set(met.id) <= set("abcdefghijklmnopqrstuvwxyz234567")


async def test_two_turns_of_a_new_account_meet_one_person(ground: Ground, store: Store) -> None:
    meet = ground.meeting()

    def work(tx: Tx) -> Person:
        meet()
        return tx.people.meet(ACCOUNT, "en", NOW)

    first, second = await both(store, work, work)
    assert first == second
    assert isinstance(first, Person)


async def test_the_hint_follows_the_platform_and_the_choice_stays(store: Store) -> None:
    met = await person(store)

    def work(tx: Tx) -> Person | None:
        tx.people.choose_language(met.id, "ms")
        assert tx.people.meet(ACCOUNT, "th", NOW).hint == "th"
        tx.people.meet(ACCOUNT, "", NOW)
        return tx.people.get(met.id)

    assert await store.transaction(work) == Person(met.id, "ms", "th", 0, ())


async def test_a_hint_that_is_no_tag_is_dropped(store: Store) -> None:
    hints = ("\x00", "en\ud800", "ไทย", "e" * 36, "en\n")
    met = await each(store, lambda tx, hint: tx.people.meet(ACCOUNT, hint, NOW), hints)
    assert {somebody.hint for somebody in met} == {""}


async def test_the_account_can_be_opened_until_it_is_forgotten(store: Store) -> None:
    met = await person(store)
    assert await store.read(lambda tx: tx.people.account(met.id)) == ACCOUNT
    await store.transaction(lambda tx: tx.people.forget_account(met.id))
    assert await store.read(lambda tx: tx.people.account(met.id)) is None


async def test_somebody_forgotten_who_comes_back_is_the_same_person_and_can_be_told_things(
    store: Store,
) -> None:
    met = await person(store)
    await store.transaction(lambda tx: tx.people.forget_account(met.id))
    assert await person(store) == met
    assert await store.read(lambda tx: tx.people.account(met.id)) == ACCOUNT


async def test_nobody_is_none(store: Store) -> None:
    assert await store.read(lambda tx: tx.people.get("nobody")) is None
    assert await store.read(lambda tx: tx.people.account("nobody")) is None


async def test_an_answer_is_owed_until_its_own_turn_is_settled(store: Store) -> None:
    met, route = await person(store), ("talk", "ask\x00", "\ud800")

    async def owed() -> list[Person]:
        return list(await store.read(lambda tx: tx.people.owed()))

    assert await owed() == []
    assert await store.transaction(lambda tx: tx.people.owe(met.id, ("talk",))) == 1
    assert await store.transaction(lambda tx: tx.people.owe(met.id, route)) == 2
    await store.transaction(lambda tx: tx.people.settle({met.id: 1, "nobody": 7}))
    assert await owed() == [Person(met.id, "", "en", 2, route)]
    await store.transaction(lambda tx: tx.people.settle({met.id: 2}))
    assert await owed() == []


async def test_turns_at_the_same_time_have_different_numbers(store: Store) -> None:
    met = await person(store)
    turns = [store.transaction(lambda tx: tx.people.owe(met.id, ("talk",))) for _ in range(20)]
    assert sorted(await asyncio.gather(*turns)) == list(range(1, 21))


async def test_owed_is_limited(store: Store) -> None:
    met = [await person(store, str(number)) for number in range(4)]
    await each(store, lambda tx, somebody: tx.people.owe(somebody.id, ("talk",)), met)
    assert len(await store.read(lambda tx: tx.people.owed(limit=3))) == 3


async def test_who_parted_is_a_stranger_when_they_come_again(store: Store) -> None:
    met = await person(store)

    def work(tx: Tx) -> Person:
        tx.people.part(met.id)
        assert tx.people.account(met.id) is None
        assert tx.people.get(met.id) == Person(met.id, "", "", 0, ())
        return tx.people.meet(ACCOUNT, "en", NOW)

    assert (await store.transaction(work)).id != met.id
