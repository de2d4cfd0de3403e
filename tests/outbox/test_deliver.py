from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from bot.campaign.announcement import DeliveryState, Policy, Subscription
from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Outgoing
from bot.dialog.text import paragraph
from bot.outbox.deliver import LEASE
from bot.outbox.outcome import MOST_TRIES
from bot.ports import Fate, Receipt, StoreFull, Tx
from bot.storage.opening import open_store
from tests.outbox.made import HOUR, KEY, OTHER, ROOM, START, Counting, Desk, store, wish

S = DeliveryState
MINUTE = timedelta(minutes=1)


def _put(wished: Subscription, tx: Tx) -> None:
    tx.subscriptions.put(wished, START)


async def quiet(desk: Desk, owner: str = "next", rounds: int = 40) -> None:
    """Let time pass until nothing is left to do."""
    desk.restart(owner)
    for _ in range(rounds):
        await desk.deliverer.tick()
        desk.hands.turn(20 * MINUTE)


async def test_what_is_owed_is_sent_and_settled() -> None:
    desk = Desk()
    await desk.owe()
    assert await desk.deliverer.step() == 1
    row = await desk.row()
    assert (row.state, row.message, row.shown, row.owner, row.lease) == (S.SENT, "m1", 1, "", None)
    assert desk.peer.seen(ROOM) == ["hello"]
    assert desk.peer.calls == [(ROOM, "", row.id)]
    assert await desk.deliverer.step() == 0


async def test_what_is_not_due_waits() -> None:
    desk = Desk()
    await desk.owe(due=START + MINUTE)
    assert await desk.deliverer.step() == 0
    desk.hands.turn(MINUTE)
    assert await desk.deliverer.step() == 1


async def test_a_person_is_written_to_in_private() -> None:
    desk = Desk()
    account = AccountRef("telegram", "77")
    person = await desk.store.transaction(lambda tx: tx.people.meet(account, "en", START))
    await desk.owe(chat=None, person=person.id, policy=Policy.NOTICE)
    await desk.deliverer.step()
    assert desk.peer.seen(ChatRef("telegram", "77")) == ["hello"]


async def test_a_person_who_was_forgotten_is_not_written_to() -> None:
    desk = Desk()
    person = await desk.store.transaction(
        lambda tx: tx.people.meet(AccountRef("telegram", "77"), "en", START)
    )
    await desk.store.transaction(lambda tx: tx.people.forget_account(person.id))
    await desk.owe(chat=None, person=person.id, policy=Policy.NOTICE)
    await desk.deliverer.step()
    assert ((await desk.row()).state, desk.peer.calls) == (S.CANCELLED, [])


async def test_a_renewed_card_is_edited() -> None:
    desk = Desk()
    await desk.owe(policy=Policy.EDIT)
    await desk.deliverer.step()
    desk.compose["word"] = lambda _tx, _delivery, _now: Outgoing((paragraph("new"),))
    assert await desk.store.transaction(lambda tx: tx.deliveries.renew("k", desk.hands.now()))
    desk.hands.turn(MINUTE)
    await desk.deliverer.step()
    assert desk.peer.seen(ROOM) == ["new"]
    assert desk.peer.calls[1][1] == "m1"
    assert (await desk.row()).state is S.SENT


async def test_a_card_whose_truth_changes_while_it_is_sent_is_edited_again() -> None:
    desk = Desk()
    said = iter(["old", "new"])
    desk.compose["word"] = lambda _tx, _delivery, _now: Outgoing((paragraph(next(said)),))
    await desk.owe(policy=Policy.EDIT)
    send = desk.peer.send

    async def send_slowly(
        chat: ChatRef, outgoing: Outgoing, *, replaces: str = "", nonce: str = ""
    ) -> Receipt:
        if not replaces:
            await desk.store.transaction(lambda tx: tx.deliveries.renew("k", desk.hands.now()))
        return await send(chat, outgoing, replaces=replaces, nonce=nonce)

    desk.peer.send = send_slowly  # type: ignore[method-assign]
    await quiet(desk)
    assert desk.peer.seen(ROOM) == ["new"]
    assert (await desk.row()).state is S.SENT


@pytest.mark.parametrize(
    ("policy", "posts"), [(Policy.EDIT, 2), (Policy.NOTICE, 2), (Policy.ONCE, 1), (Policy.NONCE, 1)]
)
async def test_a_reply_that_is_lost(policy: Policy, posts: int) -> None:
    desk = Desk()
    desk.peer.knows_nonces = policy is Policy.NONCE
    await desk.owe(policy=policy)
    desk.peer.fates = [Receipt(Fate.UNKNOWN, reason="timeout")]
    await desk.deliverer.tick()
    desk.hands.turn(timedelta(seconds=30))
    await desk.deliverer.tick()
    assert len(desk.peer.seen(ROOM)) == posts
    assert (await desk.row()).state is (S.UNKNOWN if policy is Policy.ONCE else S.SENT)
    assert await desk.asked() == ("k" if policy is Policy.ONCE else "")


async def test_a_nonce_that_is_too_old_asks_a_person() -> None:
    desk = Desk()
    await desk.owe(policy=Policy.NONCE)
    desk.peer.fates = [Receipt(Fate.UNSENT, retry=300), Receipt(Fate.UNKNOWN)]
    await quiet(desk)
    assert ((await desk.row()).state, await desk.asked(), len(desk.peer.calls)) == (S.UNKNOWN, "k", 2)


async def test_nothing_is_sent_to_a_room_inside_the_time_it_said_to_wait() -> None:
    desk = Desk()
    for key in ("a", "b"):
        await desk.owe(key)
    await desk.owe("c", chat=OTHER)
    desk.peer.fates = [Receipt(Fate.UNSENT, retry=60), Receipt(Fate.SENT)]
    for _ in range(130):
        await desk.deliverer.tick()
        desk.hands.turn(timedelta(seconds=1))
    times = [post.at - START for post in desk.peer.posts.values() if post.chat == ROOM]
    assert len(times) == 2
    assert all(time >= timedelta(seconds=60) for time in times)
    assert [post.at for post in desk.peer.posts.values() if post.chat == OTHER] < [
        START + timedelta(seconds=3)
    ]
    assert len(desk.peer.calls) == 4


async def test_an_outage_of_hours_loses_nothing() -> None:
    desk = Desk()
    await desk.owe()
    desk.peer.fates = [Receipt(Fate.UNSENT, reason="no-connection")] * 100
    for _ in range(400):
        await desk.deliverer.tick()
        desk.hands.turn(MINUTE)
    assert (await desk.row()).state is S.SENT


async def test_what_is_too_late_is_skipped() -> None:
    desk = Desk()
    await desk.owe(expires=START + HOUR)
    desk.hands.turn(HOUR)
    await desk.deliverer.step()
    row = await desk.row()
    assert (row.state, row.reason, desk.peer.calls) == (S.SKIPPED, "late", [])


async def test_what_the_platform_never_takes_is_tried_once() -> None:
    desk = Desk()
    await desk.owe()
    desk.peer.fates = [Receipt(Fate.REFUSED, reason="too-long")]
    await quiet(desk)
    row = await desk.row()
    assert (row.state, row.reason, len(desk.peer.calls)) == (S.FAILED, "too-long", 1)


async def test_a_room_that_is_gone_is_parked_and_its_subscriber_told_once() -> None:
    desk = Desk()
    person = await desk.store.transaction(lambda tx: tx.people.meet(AccountRef("telegram", "5"), "en", START))
    wishes = [wish(slug=slug, by=person.id) for slug in ("peace", "bread")]
    for each in wishes:
        await desk.store.transaction(partial(_put, each))
    for key in ("a", "b", "c"):
        await desk.owe(key)
    desk.peer.fates = [Receipt(Fate.GONE, reason="kicked")]
    desk.compose["lost"] = lambda _tx, delivery, _now: Outgoing((paragraph(" ".join(delivery.what)),))
    await quiet(desk)
    rows = [await desk.row(key) for key in ("a", "b", "c")]
    assert [row.state for row in rows] == [S.FAILED, S.CANCELLED, S.CANCELLED]
    assert {row.reason for row in rows} == {"kicked"}
    assert not await desk.store.read(lambda tx: list(tx.subscriptions.of(ROOM)))
    assert desk.peer.seen(ChatRef("telegram", "5")) == [f"lost {ROOM}"]
    assert len(desk.peer.calls) == 2


async def test_a_room_that_moved_is_followed_with_its_wishes() -> None:
    desk = Desk()
    await desk.store.transaction(lambda tx: tx.subscriptions.put(wish(language="th"), START))
    await desk.store.transaction(lambda tx: tx.chats.choose_language(ROOM, "th"))
    await desk.owe("a")
    await desk.owe("b")
    desk.peer.fates = [Receipt(Fate.MOVED, moved=OTHER), Receipt(Fate.SENT), Receipt(Fate.MOVED, moved=OTHER)]
    await quiet(desk)
    assert desk.peer.seen(OTHER) == ["hello", "hello"]
    assert [chat for chat, _, _ in desk.peer.calls] == [ROOM, OTHER, ROOM, OTHER]
    assert not await desk.store.read(lambda tx: list(tx.subscriptions.of(ROOM)))
    (moved,) = await desk.store.read(lambda tx: list(tx.subscriptions.of(OTHER)))
    assert (moved.campaign, moved.language) == ("peace", "th")
    assert await desk.store.read(lambda tx: tx.chats.language(OTHER)) == "th"


async def test_a_room_that_moves_in_circles_is_given_up() -> None:
    desk = Desk()
    await desk.owe()
    desk.peer.fates = [Receipt(Fate.MOVED, moved=OTHER), Receipt(Fate.MOVED, moved=ROOM)]
    await quiet(desk)
    assert ((await desk.row()).state, len(desk.peer.calls)) == (S.FAILED, 2)


async def test_what_has_nothing_to_say_is_cancelled_and_a_sent_card_stays() -> None:
    desk = Desk()
    await desk.owe("never")
    desk.compose["word"] = lambda _tx, _delivery, _now: None
    await desk.deliverer.tick()
    assert (await desk.row("never")).state is S.CANCELLED
    desk = Desk()
    await desk.owe("card", policy=Policy.EDIT)
    await desk.deliverer.tick()
    desk.compose["word"] = lambda _tx, _delivery, _now: None
    await desk.store.transaction(lambda tx: tx.deliveries.renew("card", desk.hands.now()))
    await quiet(desk)
    row = await desk.row("card")
    assert (row.state, row.message, len(desk.peer.calls)) == (S.SENT, "m1", 1)


async def test_what_is_to_wait_waits_without_wearing_out() -> None:
    desk = Desk()
    later = START + HOUR
    desk.compose["word"] = lambda _tx, _delivery, now: Outgoing((paragraph("x"),)) if now >= later else later
    await desk.owe()
    await desk.deliverer.tick()
    row = await desk.row()
    assert (row.state, row.due, row.tries, row.first_try) == (S.PLANNED, later, 0, None)
    desk.hands.turn(HOUR)
    await desk.deliverer.tick()
    assert (await desk.row()).first_try == later


async def test_a_composers_bug_stops_nobody_else_and_ends_by_itself() -> None:
    desk = Desk()
    await desk.owe("broken", what=("nobody",))
    await desk.owe("good", chat=OTHER)
    await quiet(desk)
    row = await desk.row("broken")
    assert (row.state, row.reason, row.tries) == (S.DEAD, "KeyError", MOST_TRIES + 1)
    assert (await desk.row("good")).state is S.SENT


async def test_a_messenger_that_raises_counts_as_unknown() -> None:
    desk = Desk()

    async def send(chat: ChatRef, _: Outgoing, *, replaces: str = "", nonce: str = "") -> Receipt:
        raise OSError(chat, replaces, nonce)

    desk.peer.send = send  # type: ignore[method-assign, assignment]
    await desk.owe()
    await desk.deliverer.tick()
    row = await desk.row()
    assert (row.state, row.reason) == (S.UNKNOWN, "OSError")


async def test_a_platform_that_is_off_waits() -> None:
    desk = Desk()
    await desk.owe(chat=ChatRef("elsewhere", "1"))
    await desk.deliverer.tick()
    row = await desk.row()
    assert (row.state, row.due, row.tries) == (S.PLANNED, START + HOUR, 0)


async def test_what_was_claimed_goes_back_when_we_stop() -> None:
    desk = Desk()
    await desk.owe()
    desk.deliverer.stop()
    await desk.deliverer.tick()
    row = await desk.row()
    assert (row.state, row.tries, row.owner, desk.peer.calls) == (S.PLANNED, 0, "", [])


async def test_a_full_store_sends_nothing() -> None:
    full = iter([False, False, True])

    def before_commit() -> None:
        if next(full, False):
            raise StoreFull

    desk = Desk(store(before_commit))
    await desk.owe()
    with pytest.raises(StoreFull):
        await desk.deliverer.step()
    assert desk.peer.calls == []
    desk.hands.turn(LEASE)
    await quiet(desk)
    assert len(desk.peer.seen(ROOM)) == 1


async def test_a_late_sender_does_not_overwrite_who_took_over() -> None:
    desk = Desk()
    await desk.owe()
    send, others = desk.peer.send, desk.deliverer

    async def send_late(chat: ChatRef, outgoing: Outgoing, *, replaces: str = "", nonce: str = "") -> Receipt:
        desk.hands.turn(LEASE)
        desk.restart("second")
        await desk.deliverer.recover()
        return await send(chat, outgoing, replaces=replaces, nonce=nonce)

    desk.peer.send = send_late  # type: ignore[method-assign]
    await others.step()
    assert ((await desk.row()).state, await desk.asked()) == (S.UNKNOWN, "k")


async def test_a_claim_that_was_lost_while_waiting_sends_nothing() -> None:
    desk = Desk()
    await desk.owe("first", chat=OTHER)
    await desk.owe()

    async def sleep_too_long(_seconds: float) -> None:
        desk.hands.turn(LEASE)
        desk.restart("second")
        await desk.deliverer.tick()

    desk.sleep = sleep_too_long
    desk.restart("slow")
    await desk.deliverer.tick()
    assert (await desk.row()).state is S.SENT
    assert [chat for chat, _, _ in desk.peer.calls] == [OTHER, ROOM]


async def test_posts_leave_one_after_the_other() -> None:
    desk = Desk()
    for number in range(10):
        await desk.owe(f"k{number}", chat=ChatRef("telegram", f"-{number}"))
    await desk.deliverer.step()
    times = [post.at for post in desk.peer.posts.values()]
    assert len(times) == 10
    assert all(later - earlier > timedelta(seconds=1 / 30) for earlier, later in pairwise(times))


async def test_at_its_start_a_process_settles_what_its_earlier_life_left_and_nothing_else() -> None:
    desk = Desk()
    await desk.owe("mine")
    await desk.owe("other", chat=OTHER)
    till = START + LEASE
    await desk.store.transaction(lambda tx: len(tx.deliveries.claim("me", START, till, 1)))
    await desk.store.transaction(lambda tx: len(tx.deliveries.claim("another", START, till)))
    desk.hands.turn(-HOUR)
    desk.restart("me")
    assert await desk.deliverer.begin() == 1
    assert [(await desk.row(key)).state for key in ("mine", "other")] == [S.PLANNED, S.CLAIMED]


async def test_two_processes_send_each_thing_once() -> None:
    desk = Desk()
    for number in range(30):
        await desk.owe(f"k{number}", chat=ChatRef("console", str(number)))
    first = desk.deliverer
    desk.restart("second")
    for _ in range(4):
        await first.step()
        await desk.deliverer.step()
    assert len(desk.peer.posts) == len(desk.peer.calls) == 30


async def test_everything_is_sent_when_half_of_it_is_refused_with_a_wait() -> None:
    desk = Desk()
    rooms = [ChatRef("telegram", f"-{n}") for n in range(12)]
    for number, room in enumerate(rooms):
        for key in range(3):
            await desk.owe(f"{number}/{key}", chat=room)
    desk.peer.fates = [
        Receipt(Fate.UNSENT, retry=float(n * 37 % 300)) if n % 2 else Receipt(Fate.SENT) for n in range(60)
    ]
    for minute in range(90):
        if minute == 20:
            desk.restart("again")
        for _ in range(3):
            await desk.deliverer.tick()
            desk.hands.turn(timedelta(seconds=20))
    assert all(len(desk.peer.seen(room)) == 3 for room in rooms)


async def test_two_processes_on_one_file_send_each_thing_once(tmp_path: Path) -> None:
    first, second = [await open_store(f"sqlite:///{tmp_path}/store.db", KEY) for _ in range(2)]
    desk, other = Desk(first), Desk(second, ids=Counting(1000))
    other.peer = desk.peer
    other.restart("second")
    for number in range(60):
        await desk.owe(f"k{number}", chat=ChatRef("console", str(number)))
    await asyncio.gather(desk.deliverer.tick(), other.deliverer.tick())
    assert len(desk.peer.posts) == len(desk.peer.calls) == 60
    assert {(await desk.row(f"k{number}")).state for number in range(60)} == {S.SENT}
    await first.close()
    await second.close()
