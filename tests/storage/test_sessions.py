from __future__ import annotations

from dataclasses import replace
from functools import partial

from bot.campaign.refs import AccountRef
from bot.dialog.session import Session
from bot.ports import Store, Tx
from tests.storage.made import MINUTE, NOW, Ground, both, each, has_no_default, person, session


async def open_talk(store: Store, id_: str) -> Session | None:
    return await store.read(lambda tx: tx.sessions.open(id_))


async def test_a_talk_is_kept_whole(store: Store) -> None:
    met = await person(store)
    answers = {"official": "Ὀργάνωσις\x00\ud800", "acronym": None, "agree": True, "fields": ["a", "b"]}
    talk = session(met.id, answers=answers, changing=True, given=("official",), version=3, at="review")
    assert has_no_default(talk)
    assert await open_talk(store, met.id) is None
    await store.transaction(lambda tx: tx.sessions.start(talk, NOW))
    assert await open_talk(store, met.id) == talk


async def test_a_new_talk_throws_the_open_one_away(store: Store) -> None:
    met = await person(store)
    old, new = session(met.id, answers={"a": "b"}), session(met.id, id="s2", dialog="greet")
    await store.transaction(lambda tx: tx.sessions.start(old, NOW))
    await store.transaction(lambda tx: tx.sessions.reminded("s1"))
    await store.transaction(lambda tx: tx.sessions.start(new, NOW))
    assert await open_talk(store, met.id) == new
    assert [talk.id for talk in await store.read(lambda tx: tx.sessions.idle(NOW + MINUTE))] == ["s2"]


async def test_two_turns_that_start_leave_one_talk(ground: Ground, store: Store) -> None:
    met, meet = await person(store), ground.meeting()

    def start(name: str, tx: Tx) -> str:
        meet()
        tx.sessions.start(session(met.id, id=name), NOW)
        return name

    answers = await both(store, partial(start, "s1"), partial(start, "s2"))
    assert answers == ["s1", "s2"]
    talk = await open_talk(store, met.id)
    assert talk is not None
    assert talk.id in {"s1", "s2"}


async def test_a_change_needs_the_version_it_expects(store: Store) -> None:
    met = await person(store)
    first = session(met.id)
    second = replace(first, version=2, at="acronym", answers={"official": "A"})
    await store.transaction(lambda tx: tx.sessions.start(first, NOW))
    assert await store.transaction(lambda tx: tx.sessions.save(second, 1, NOW))
    assert not await store.transaction(lambda tx: tx.sessions.save(replace(first, version=2), 1, NOW))
    assert await open_talk(store, met.id) == second


async def test_of_two_answers_to_one_question_one_is_kept(ground: Ground, store: Store) -> None:
    met, meet = await person(store), ground.meeting()
    await store.transaction(lambda tx: tx.sessions.start(session(met.id), NOW))

    def work(tx: Tx) -> bool:
        talk = tx.sessions.open(met.id)
        assert talk is not None
        meet()
        return tx.sessions.save(replace(talk, version=2), 1, NOW)

    assert sorted(map(str, await both(store, work, work))) == ["False", "True"]


async def test_a_talk_ends_once(store: Store) -> None:
    met = await person(store)
    await store.transaction(lambda tx: tx.sessions.start(session(met.id), NOW))
    assert await store.transaction(lambda tx: tx.sessions.end("s1", NOW))
    assert not await store.transaction(lambda tx: tx.sessions.end("s1", NOW))
    assert not await store.transaction(lambda tx: tx.sessions.save(session(met.id, version=2), 1, NOW))
    assert await open_talk(store, met.id) is None


async def test_an_idle_owner_is_reminded_once_and_the_talk_expires(store: Store) -> None:
    def start(tx: Tx, number: int) -> None:
        met = tx.people.meet(AccountRef("telegram", str(number)), "", NOW)
        tx.sessions.start(session(met.id, id=f"s{number}"), NOW + number * MINUTE)

    await each(store, start, range(3))

    async def idle(limit: int = 100) -> list[str]:
        rows = await store.read(lambda tx: tx.sessions.idle(NOW + 2 * MINUTE, limit))
        return [talk.id for talk in rows]

    assert await idle() == ["s0", "s1"]
    assert await idle(limit=1) == ["s0"]
    standing = await store.read(lambda tx: [talk.id for talk in tx.sessions.standing()])
    assert standing == ["s0", "s1", "s2"]
    assert len(await store.read(lambda tx: tx.sessions.standing(2))) == 2
    await store.transaction(lambda tx: tx.sessions.reminded("s0"))
    assert await idle() == ["s1"]
    assert await store.transaction(lambda tx: tx.sessions.expire(NOW + MINUTE)) == 1
    assert await store.transaction(lambda tx: tx.sessions.expire(NOW + MINUTE)) == 0
    assert await idle() == ["s1"]
