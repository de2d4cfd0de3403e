from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.campaign.announcement import POST, Delivery, Policy
from bot.campaign.refs import ChatRef
from bot.outbox.pace import PATIENCE, Turn, ask, hold
from bot.platforms.telegram.limit import LIMIT
from bot.ports import Limit, Store
from tests.outbox.made import DESK, OTHER, ROOM, START, store

MINUTE = timedelta(minutes=1)
BOARD = ChatRef("board", "1")
LIMITS = {"telegram": LIMIT, "board": Limit(timedelta(seconds=1 / 25), timedelta(seconds=1), 5 * MINUTE)}
PLAIN = Delivery("id", "key", Policy.ONCE, ("word",), START)
CARD = replace(PLAIN, policy=Policy.EDIT, message="m1")
POSTED = replace(PLAIN, what=(POST, "a1"), message="m1")


async def turns(
    stored: Store, chats: Sequence[ChatRef], now: datetime = START, what: Delivery = PLAIN
) -> list[Turn]:
    """A turn for a delivery to each of these chats."""
    return await stored.transaction(lambda tx: [ask(tx, LIMITS, what, chat, now) for chat in chats])


async def is_granted(stored: Store, now: datetime, what: Delivery) -> bool:
    """Whether a delivery may go to the board now."""
    (turn,) = await turns(stored, [BOARD], now, what)
    return turn.granted


async def test_one_token_sends_evenly_below_its_limit() -> None:
    asked = await turns(store(), [ChatRef("telegram", str(n)) for n in range(40)])
    times = [turn.at for turn in asked]
    assert all(turn.granted for turn in asked)
    gaps = {later - earlier for earlier, later in itertools.pairwise(times)}
    assert len(gaps) == 1
    assert timedelta(seconds=1 / 30) < gaps.pop() < timedelta(seconds=1 / 29)


async def test_a_turn_that_is_far_off_is_not_spent() -> None:
    asked = await turns(store(), [ChatRef("telegram", str(n)) for n in range(80)])
    refused = [turn for turn in asked if not turn.granted]
    assert len(refused) == 80 - 60
    assert len({turn.at for turn in refused}) == 1


async def test_a_room_waits_and_others_do_not() -> None:
    stored = store()
    first, same, other = await turns(stored, [ROOM, ROOM, OTHER])
    assert (first.granted, same.granted, other.granted) == (True, False, True)
    assert timedelta(seconds=3) < same.at - START < timedelta(seconds=3.1)
    assert other.at - START < timedelta(seconds=0.1)
    assert (await turns(stored, [ROOM], same.at))[0].granted


async def test_a_room_that_is_free_soon_is_not_written_to_sooner() -> None:
    stored = store()
    (first,) = await turns(stored, [ROOM])
    (soon,) = await turns(stored, [ROOM], START + PATIENCE)
    assert (first.granted, soon.granted) == (True, False)
    assert soon.at - START > timedelta(seconds=3)


async def test_private_chats_share_the_token_only() -> None:
    asked = await turns(store(), [ROOM] * 3, what=replace(PLAIN, person="p"))
    assert all(turn.granted for turn in asked)


async def test_the_console_has_no_limit() -> None:
    asked = await turns(store(), [DESK] * 99)
    assert {(turn.at, turn.granted) for turn in asked} == {(START, True)}


async def test_a_room_that_is_held_waits_that_long() -> None:
    until, stored = START + 5 * MINUTE, store()
    await stored.transaction(lambda tx: hold(tx, LIMITS, PLAIN, ROOM, until))
    assert await turns(stored, [ROOM]) == [Turn(until, granted=False)]
    await stored.transaction(lambda tx: hold(tx, LIMITS, PLAIN, ROOM, START))
    assert await turns(stored, [ROOM]) == [Turn(until, granted=False)]


async def test_posts_of_a_room_are_edited_rarely_and_all_else_goes_on() -> None:
    stored = store()
    assert await is_granted(stored, START, POSTED)
    for minute, what, may in ((1, POSTED, False), (2, CARD, True), (3, PLAIN, True), (5, POSTED, True)):
        assert await is_granted(stored, START + minute * MINUTE, what) is may, (minute, what)


async def test_where_old_messages_are_not_counted_their_edits_go_like_all_else() -> None:
    stored = store()
    for minute in (0, 1):
        assert (await turns(stored, [ROOM], START + minute * MINUTE, POSTED))[0].granted


@pytest.mark.parametrize("held", [CARD, POSTED])
async def test_where_a_platform_puts_an_edit_off_all_edits_wait_and_new_messages_do_not(
    held: Delivery,
) -> None:
    stored, until = store(), START + 60 * MINUTE
    await stored.transaction(lambda tx: hold(tx, LIMITS, held, BOARD, until))
    assert await turns(stored, [BOARD], what=CARD) == [Turn(until, granted=False)]
    assert await turns(stored, [BOARD], what=POSTED) == [Turn(until, granted=False)]
    assert await is_granted(stored, START, PLAIN)
    assert await is_granted(stored, until, CARD)


async def test_where_old_messages_are_not_counted_all_waits_for_an_edit_that_is_put_off() -> None:
    stored, until = store(), START + 5 * MINUTE
    await stored.transaction(lambda tx: hold(tx, LIMITS, CARD, ROOM, until))
    assert await turns(stored, [ROOM]) == [Turn(until, granted=False)]
