from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.campaign.announcement import Delivery, DeliveryState, Policy
from bot.campaign.refs import ChatRef
from bot.outbox.outcome import MOST_TRIES, answered, outcome, recovered
from bot.ports import Fate, Receipt
from tests.outbox.made import OTHER, ROOM, START

NOW = START
S = DeliveryState


def sending(policy: Policy = Policy.ONCE, **more: object) -> Delivery:
    base = Delivery(
        "id1", "k", policy, ("word",), NOW, ROOM, state=S.SENDING, tries=1, wanted=3, first_try=NOW
    )
    return replace(base, **more)  # type: ignore[arg-type]


def test_sent_is_shown_with_its_message() -> None:
    after = outcome(sending(reason="moved"), Receipt(Fate.SENT, "m1"), NOW)
    assert (after.state, after.message, after.shown, after.reason) == (S.SENT, "m1", 3, "")
    edited = outcome(sending(message="m1"), Receipt(Fate.SENT), NOW)
    assert edited.message == "m1"


@pytest.mark.parametrize("policy", Policy)
def test_surely_not_sent_is_tried_again_for_ever(policy: Policy) -> None:
    row = sending(policy)
    for _ in range(50):
        row = replace(outcome(row, Receipt(Fate.UNSENT), NOW), state=S.SENDING, tries=row.tries + 1)
    assert outcome(row, Receipt(Fate.UNSENT), NOW).state is S.PLANNED


def test_a_platform_that_says_wait_is_obeyed() -> None:
    after = outcome(sending(), Receipt(Fate.UNSENT, retry=300), NOW)
    assert timedelta(seconds=300) <= after.due - NOW < timedelta(seconds=301)


def test_those_who_waited_together_come_back_apart() -> None:
    waits = {outcome(sending(id=f"id{n}"), Receipt(Fate.UNSENT, retry=10), NOW).due for n in range(50)}
    assert len(waits) > 30


@pytest.mark.parametrize(
    ("policy", "message", "age", "state"),
    [
        (Policy.ONCE, "", 0, S.UNKNOWN),
        (Policy.ONCE, "m1", 0, S.PLANNED),
        (Policy.NONCE, "", 119, S.PLANNED),
        (Policy.NONCE, "", 120, S.UNKNOWN),
        (Policy.NONCE, "m1", 999, S.PLANNED),
        (Policy.EDIT, "", 999, S.PLANNED),
        (Policy.NOTICE, "", 999, S.PLANNED),
    ],
)
def test_when_nobody_knows_the_policy_decides(policy: Policy, message: str, age: int, state: S) -> None:
    row = sending(policy, message=message)
    assert outcome(row, Receipt(Fate.UNKNOWN), NOW + timedelta(seconds=age)).state is state
    assert recovered(row, NOW + timedelta(seconds=age)).state is state


@pytest.mark.parametrize("policy", [Policy.EDIT, Policy.NOTICE])
def test_what_may_have_been_sent_too_often_is_dead(policy: Policy) -> None:
    assert outcome(sending(policy, tries=MOST_TRIES), Receipt(Fate.UNKNOWN), NOW).state is S.PLANNED
    dead = outcome(sending(policy, tries=MOST_TRIES + 1), Receipt(Fate.UNKNOWN, reason="timeout"), NOW)
    assert (dead.state, dead.reason) == (S.DEAD, "timeout")


def test_tries_come_ever_later_up_to_a_quarter_of_an_hour() -> None:
    waits = [
        outcome(sending(Policy.EDIT, tries=n), Receipt(Fate.UNKNOWN), NOW).due - NOW for n in range(1, 9)
    ]
    assert waits == sorted(waits)
    assert waits[0] < timedelta(seconds=7)
    assert outcome(sending(Policy.EDIT, tries=8), Receipt(Fate.UNKNOWN), NOW).due - NOW < timedelta(
        minutes=16
    )


def test_a_chat_that_moved_is_followed_once() -> None:
    card = sending(Policy.EDIT, message="m1")
    after = outcome(card, Receipt(Fate.MOVED, moved=OTHER), NOW)
    assert (after.state, after.chat, after.message, after.reason) == (S.PLANNED, OTHER, "", "moved")
    after = outcome(sending(), Receipt(Fate.MOVED, moved=OTHER), NOW)
    assert (after.state, after.chat, after.first_try) == (S.PLANNED, OTHER, None)
    again = outcome(replace(after, state=S.SENDING), Receipt(Fate.MOVED, moved=ChatRef("telegram", "3")), NOW)
    assert again.state is S.FAILED
    assert outcome(sending(), Receipt(Fate.MOVED), NOW).state is S.FAILED
    private = sending(Policy.NOTICE, chat=None, person="p")
    assert outcome(private, Receipt(Fate.MOVED, moved=OTHER), NOW).state is S.FAILED


@pytest.mark.parametrize("fate", [Fate.GONE, Fate.REFUSED])
def test_gone_and_refused_fail_with_the_reason(fate: Fate) -> None:
    after = outcome(sending(), Receipt(fate, reason="kicked"), NOW)
    assert (after.state, after.reason) == (S.FAILED, "kicked")


def test_a_card_that_cannot_be_edited_is_sent_anew_and_a_post_is_not() -> None:
    card = outcome(sending(Policy.EDIT, message="m1"), Receipt(Fate.REFUSED), NOW)
    assert (card.state, card.message, card.due) == (S.PLANNED, "", NOW)
    assert outcome(replace(card, state=S.SENDING), Receipt(Fate.REFUSED), NOW).state is S.FAILED


@pytest.mark.parametrize("policy", [Policy.ONCE, Policy.NONCE])
@pytest.mark.parametrize(
    ("receipt", "tries"),
    [
        (Receipt(Fate.REFUSED, reason="why"), 1),
        (Receipt(Fate.GONE, reason="why"), 1),
        (Receipt(Fate.MOVED, moved=OTHER, reason="why"), 1),
        (Receipt(Fate.UNKNOWN, reason="why"), MOST_TRIES + 1),
    ],
)
def test_a_post_that_cannot_be_edited_stays_where_it_is(policy: Policy, receipt: Receipt, tries: int) -> None:
    row = sending(policy, message="m1", tries=tries)
    assert outcome(row, receipt, NOW) == replace(row, state=S.SENT, reason="why")


def test_a_post_is_of_the_try_that_arrives_and_a_nonce_of_the_first() -> None:
    not_sent = Receipt(Fate.UNSENT)
    assert outcome(sending(), not_sent, NOW).first_try is None
    assert outcome(sending(message="m1"), not_sent, NOW).first_try == NOW
    assert outcome(sending(Policy.NONCE), not_sent, NOW).first_try == NOW


def test_what_was_only_claimed_is_planned_again_unworn() -> None:
    after = recovered(sending(state=S.CLAIMED, tries=2), NOW)
    assert (after.state, after.tries, after.due) == (S.PLANNED, 1, NOW)


def test_a_person_answers() -> None:
    unknown = sending(state=S.UNKNOWN, tries=4)
    assert answered(unknown, NOW, there=True).state is S.SENT
    again = answered(unknown, NOW, there=False)
    assert (again.state, again.tries, again.first_try, again.due) == (S.PLANNED, 0, None, NOW)
