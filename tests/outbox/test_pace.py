from __future__ import annotations

import itertools
from datetime import timedelta

from bot.campaign.refs import ChatRef
from bot.outbox.pace import ask, hold
from tests.outbox.made import DESK, OTHER, ROOM, START, store


async def test_one_token_sends_evenly_below_its_limit() -> None:
    chats = [ChatRef("telegram", str(n)) for n in range(40)]
    turns = await store().transaction(lambda tx: [ask(tx, chat, START, private=False) for chat in chats])
    times = [turn.at for turn in turns]
    assert all(turn.granted for turn in turns)
    gaps = {later - earlier for earlier, later in itertools.pairwise(times)}
    assert len(gaps) == 1
    assert timedelta(seconds=1 / 30) < gaps.pop() < timedelta(seconds=1 / 29)


async def test_a_turn_that_is_far_off_is_not_spent() -> None:
    chats = [ChatRef("telegram", str(n)) for n in range(80)]
    turns = await store().transaction(lambda tx: [ask(tx, chat, START, private=False) for chat in chats])
    refused = [turn for turn in turns if not turn.granted]
    assert len(refused) == 80 - 60
    assert len({turn.at for turn in refused}) == 1


async def test_a_room_waits_and_others_do_not() -> None:
    tx_store = store()
    first, same, other = await tx_store.transaction(
        lambda tx: [ask(tx, chat, START, private=False) for chat in (ROOM, ROOM, OTHER)]
    )
    assert (first.granted, same.granted, other.granted) == (True, False, True)
    assert timedelta(seconds=3) < same.at - START < timedelta(seconds=3.1)
    assert other.at - START < timedelta(seconds=0.1)
    assert (await tx_store.transaction(lambda tx: ask(tx, ROOM, same.at, private=False))).granted


async def test_a_room_that_is_free_soon_is_not_written_to_sooner() -> None:
    tx_store = store()
    later = START + timedelta(seconds=2)
    first = await tx_store.transaction(lambda tx: ask(tx, ROOM, START, private=False))
    soon = await tx_store.transaction(lambda tx: ask(tx, ROOM, later, private=False))
    assert (first.granted, soon.granted) == (True, False)
    assert soon.at - START > timedelta(seconds=3)


async def test_private_chats_share_the_token_only() -> None:
    turns = await store().transaction(lambda tx: [ask(tx, ROOM, START, private=True) for _ in range(3)])
    assert all(turn.granted for turn in turns)


async def test_the_console_has_no_limit() -> None:
    turns = await store().transaction(lambda tx: [ask(tx, DESK, START, private=False) for _ in range(99)])
    assert {(turn.at, turn.granted) for turn in turns} == {(START, True)}


async def test_a_room_that_is_held_waits_that_long() -> None:
    until = START + timedelta(minutes=5)
    tx_store = store()
    await tx_store.transaction(lambda tx: hold(tx, ROOM, until))
    turn = await tx_store.transaction(lambda tx: ask(tx, ROOM, START, private=False))
    assert (turn.at, turn.granted) == (until, False)
    await tx_store.transaction(lambda tx: hold(tx, ROOM, START))
    assert (await tx_store.transaction(lambda tx: ask(tx, ROOM, START, private=False))).at == until
