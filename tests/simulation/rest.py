"""What must hold once nothing goes wrong any more and everything had its time.

Each rule says what is wrong, or nothing. Rules named E and D are invariants of the threat model, F its
faults, Q our own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial, update_wrapper

from bot.campaign.announcement import POST, Delivery, DeliveryState
from bot.campaign.endorsement import State
from bot.campaign.refs import AccountRef
from bot.dialog.messages import Outgoing
from bot.dialog.text import plain
from bot.outbox.deliver import Composer
from bot.outbox.outcome import SEEN
from tests.simulation.arrivals import is_named
from tests.simulation.chats import Message
from tests.simulation.ledger import Ledger
from tests.simulation.standing import Rule

BESIDE = (
    *(
        "notice.",
        "review.",
        "unknown.",
        "store.",
        "sign.label-",
        "ask.head",
        "ask.answered",
        "ask.closed",
        "contest.",
    ),
    *("dispute.head", "dispute.imported", "dispute.signed", "dispute.off", "dispute.kept"),
    *("claim.head", "claim.who", "claim.signed-by", "claim.nobody-yet", "claim.granted", "claim.by-"),
    *("claim.refused", "claim.ended", "claim.says", "claim.signer"),
)
"""Cards that come beside a talk, those of the desk too: they leave its question above them where it was."""
DESK = frozenset({"review", "question", "dispute", "claim", "contest"})
"""Deliveries that are cards of the organisers' desk."""


def f1_no_event_is_lost(ledger: Ledger) -> Iterator[str]:
    """Everything people did was applied."""
    seen = {row["event"] for row in ledger.truth.rows("SELECT event FROM events")}
    events = [event.incoming.event for event in ledger.intake.events]
    yield from (f"{event} was never applied" for event in events if event not in seen)


def e6_thanked_ones_are_there(ledger: Ledger) -> Iterator[str]:
    """No endorsement that somebody was thanked for is lost."""
    there = {row["id"] for row in ledger.truth.rows("SELECT id FROM endorsements")}
    yield from (f"{id_} is lost" for id_ in sorted(ledger.thanked - there))


def d2_nothing_in_flight(ledger: Ledger) -> Iterator[str]:
    """Nothing is claimed or being sent."""
    for each in _deliveries(ledger):
        if each.state in {DeliveryState.CLAIMED, DeliveryState.SENDING}:
            yield f"{each.key} is still {each.state}"


def d3_sent_has_a_message(ledger: Ledger) -> Iterator[str]:
    """What is said to be sent is there; what a moderator saw there has no id."""
    for each in _deliveries(ledger):
        if (
            each.state is DeliveryState.SENT
            and each.reason != SEEN
            and each.message not in ledger.chats.messages
        ):
            yield f"{each.key} is sent as {each.message!r}, which nobody has"


def d4_unknown_is_asked(ledger: Ledger) -> Iterator[str]:
    """Of each post of which nobody knows whether it arrived, moderators have the question before them."""
    keys = {each.key: each for each in _deliveries(ledger)}
    for each in keys.values():
        if each.state is DeliveryState.UNKNOWN:
            asked = [one for key, one in keys.items() if key.startswith(f"unknown/{each.id}/")]
            if not any("unknown.question" in _said(ledger, one) for one in asked):
                yield f"{each.key} is unknown, and nobody was asked"


def d5_cards_tell_the_truth(ledger: Ledger, cards: Mapping[str, Composer], now: datetime) -> Iterator[str]:
    """The organisers' cards have the buttons that fit the rows.

    What somebody's own press made of a card may be older than a decision it crossed with; its buttons are old
    ones then, which do nothing. What came to an owner in private names nothing and leads to the card.
    """
    for each in _deliveries(ledger):
        if each.what[0] not in DESK or each.state is not DeliveryState.SENT:
            continue
        compose = cards[each.what[0]]
        wanted = ledger.truth.ask(lambda tx, of=each, by=compose: by(tx, of, now))  # type: ignore[misc]
        shown = ledger.chats.messages[each.message]
        if shown.outgoing.phrases[:1] == ("notice.desk",):
            continue
        if isinstance(wanted, Outgoing) and not shown.pressed and shown.outgoing.keys != wanted.keys:
            yield f"{each.key} shows {shown.outgoing.phrases}, not {wanted.phrases}"


def e7_posts_are_edited_after_withdrawal(ledger: Ledger) -> Iterator[str]:
    """No post that could be edited still shows the name of somebody who withdrew."""
    gone = [each for each in ledger.truth.endorsements() if each.state is State.WITHDRAWN]
    for post in _deliveries(ledger):
        if post.what[0] == POST and post.state is DeliveryState.SENT and not post.reason:
            text = plain(ledger.chats.messages[post.message].outgoing.text)
            for each in gone:
                if is_named(ledger, each, text):
                    yield f"{post.key} still shows {each.entry.name!r}"


def q1_nobody_is_left_without_a_question(ledger: Ledger, people: dict[str, AccountRef]) -> Iterator[str]:
    """Whoever is in the middle of a talk has its question, or a way to it, as the last card but notices."""
    for row in ledger.truth.rows("SELECT id, person, version FROM sessions"):
        account = people[ledger.truth.account(row["person"])]
        chat = ledger.peer.private_chat(account)
        if chat in ledger.peer.gone:
            continue
        cards = [each for each in ledger.chats.of(chat, account) if not _is_notice(each)]
        ways = cards[-1].routes if cards else []
        here = ["s", row["id"], str(row["version"])]
        if not any(route == ["s", "now"] or route[:3] == here for route in ways):
            yield f"{account} is at {here} and sees {cards[-1].outgoing.phrases if cards else None}"


def q3_nobody_is_owed_an_answer(ledger: Ledger, people: dict[str, AccountRef]) -> Iterator[str]:
    """Everybody who can be reached has the answer to what they did last."""
    for person in ledger.truth.ask(lambda tx: tx.people.owed()):
        account = people[ledger.truth.account(person.id)]
        if ledger.peer.private_chat(account) not in ledger.peer.gone:
            yield f"{account} is owed {person.owed}"


def d0_everything_due_went_out(ledger: Ledger, now: datetime) -> Iterator[str]:
    """Nothing that is due still waits, and no card that was sent is older than the truth."""
    for each in _deliveries(ledger):
        if each.state is DeliveryState.PLANNED and each.due <= now:
            yield f"{each.key} was due at {each.due} and still waits"
        if each.state is DeliveryState.SENT and each.shown < each.wanted:
            yield f"{each.key} shows {each.shown} and should show {each.wanted}"


def rules(cards: Mapping[str, Composer], people: dict[str, AccountRef], now: datetime) -> tuple[Rule, ...]:
    """All of them; ``cards`` composes each kind of delivery, ``people`` are the accounts by their ids."""
    return (
        f1_no_event_is_lost,
        e6_thanked_ones_are_there,
        d2_nothing_in_flight,
        with_(d0_everything_due_went_out, now=now),
        d3_sent_has_a_message,
        d4_unknown_is_asked,
        e7_posts_are_edited_after_withdrawal,
        with_(d5_cards_tell_the_truth, cards=cards, now=now),
        with_(q3_nobody_is_owed_an_answer, people=people),
        with_(q1_nobody_is_left_without_a_question, people=people),
    )


def with_(rule: Callable[..., Iterator[str]], **more: object) -> Rule:
    """The rule with what it needs beside the ledger, under its own name."""
    return update_wrapper(partial(rule, **more), rule)


def _is_notice(message: Message) -> bool:
    return all(said.startswith(BESIDE) for said in message.said)


def _said(ledger: Ledger, delivery: Delivery) -> tuple[str, ...]:
    message = ledger.chats.messages.get(delivery.message)
    return message.said if message else ()


def _deliveries(ledger: Ledger) -> list[Delivery]:
    keys = [row["key"] for row in ledger.truth.rows("SELECT key FROM deliveries ORDER BY seq")]
    found = ledger.truth.ask(lambda tx: [tx.deliveries.by_key(key) for key in keys])
    return [each for each in found if each]
