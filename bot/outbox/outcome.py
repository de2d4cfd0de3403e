"""What follows from what became of a delivery: the rules of the outbox as pure functions of rows.

Where nobody knows whether it arrived, the policy decides: ``edit`` and ``notice`` are sent again, ``nonce``
while the platform still recognises the repeat, ``once`` waits for a person's answer. An edit of a message
that is there may always be repeated; a post that cannot be edited stays a post that was sent.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zlib import crc32

from bot.campaign.announcement import Delivery, DeliveryState, Policy
from bot.ports import Fate, Receipt

MOST_TRIES = 8
"""After so many tries that may have been sent, a delivery is dead."""

NONCE_WINDOW = timedelta(seconds=120)
"""How long a platform recognises a nonce."""

MOVED, SEEN, LATE = "moved", "seen", "late"
"""Reasons of ours: its chat moved and was followed, a person saw it there, it came too late to be sent."""

_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=15)
_UNSENT_TRIES = 5
"""What was surely not sent wears nothing out: an outage of hours loses nothing."""

_REPEATED = frozenset({Policy.EDIT, Policy.NOTICE})


def outcome(sending: Delivery, receipt: Receipt, now: datetime) -> Delivery:
    """The row after a send: ``sending`` as it was when it was sent, ``now`` aware UTC."""
    match receipt.fate:
        case Fate.SENT:
            message = receipt.message or sending.message
            return replace(
                sending,
                state=DeliveryState.SENT,
                message=message,
                shown=sending.wanted,
                tries=0,
                reason="",
            )
        case Fate.UNSENT:
            unworn = replace(_untried(sending), tries=min(sending.tries, _UNSENT_TRIES))
            return again(unworn, now, receipt.reason, timedelta(seconds=receipt.retry))
        case Fate.UNKNOWN:
            return _unknown(sending, receipt.reason, now)
        case Fate.MOVED:
            return _moved(sending, receipt, now)
        case Fate.GONE:
            return ended(sending, DeliveryState.FAILED, receipt.reason)
        case Fate.REFUSED:
            return _refused(sending, receipt.reason, now)


def again(delivery: Delivery, now: datetime, reason: str, wait: timedelta = timedelta()) -> Delivery:
    """Planned again when ``wait`` is over (by default longer with each try); dead after too many tries."""
    if delivery.tries > MOST_TRIES:
        return ended(delivery, DeliveryState.DEAD, reason)
    backoff = min(_FIRST_WAIT * 2 ** max(0, delivery.tries - 1), _LONGEST_WAIT)
    return planned(delivery, now + (wait or backoff) + _jitter(delivery), reason)


def planned(delivery: Delivery, due: datetime, reason: str = "") -> Delivery:
    """Back in the plan."""
    return replace(delivery, state=DeliveryState.PLANNED, due=due, reason=reason)


def ended(delivery: Delivery, state: DeliveryState, reason: str) -> Delivery:
    """Nothing more happens to it; a post that is there stays there, whatever kept it from being edited."""
    return replace(delivery, state=DeliveryState.SENT if _is_posted(delivery) else state, reason=reason)


def recovered(stale: Delivery, now: datetime) -> Delivery:
    """A row whose sender is gone: one that was only claimed was not sent, for the others nobody knows."""
    if stale.state is DeliveryState.CLAIMED:
        return planned(replace(stale, tries=max(0, stale.tries - 1)), now, stale.reason)
    return _unknown(stale, "interrupted", now)


def answered(unknown: Delivery, now: datetime, *, there: bool) -> Delivery:
    """A person looked: it is there, or it is to be sent again."""
    if there:
        return replace(unknown, state=DeliveryState.SENT, shown=unknown.wanted, reason=SEEN)
    return planned(replace(unknown, tries=0, first_try=None), now)


def _unknown(sending: Delivery, reason: str, now: datetime) -> Delivery:
    young = sending.first_try is not None and now - sending.first_try < NONCE_WINDOW
    recognised = sending.policy is Policy.NONCE and young
    if sending.message or sending.policy in _REPEATED or recognised:
        return again(sending, now, reason)
    return ended(sending, DeliveryState.UNKNOWN, reason)


def _moved(sending: Delivery, receipt: Receipt, now: datetime) -> Delivery:
    """Followed once; a post that is there is not posted anew where its room is now."""
    once = sending.reason != MOVED and not _is_posted(sending)
    if receipt.moved is None or sending.chat is None or not once:
        return ended(sending, DeliveryState.FAILED, receipt.reason or MOVED)
    return planned(replace(_untried(sending), chat=receipt.moved, message=""), now, MOVED)


def _refused(sending: Delivery, reason: str, now: datetime) -> Delivery:
    """A card that cannot be edited any more is sent anew; anything else the platform will never take."""
    if sending.message and sending.policy in _REPEATED:
        return planned(replace(sending, message=""), now, reason)
    return ended(sending, DeliveryState.FAILED, reason)


def _is_posted(delivery: Delivery) -> bool:
    """Whether it is a post and is there."""
    return bool(delivery.message) and delivery.policy not in _REPEATED


def _untried(sending: Delivery) -> Delivery:
    """A post that was surely not sent was not tried: what it says is of the try that arrives."""
    surely = sending.policy is Policy.ONCE and not sending.message
    return replace(sending, first_try=None) if surely else sending


def _jitter(delivery: Delivery) -> timedelta:
    """Up to a second, the same for the same try, so that not all come back at the same moment."""
    return timedelta(milliseconds=crc32(f"{delivery.id}/{delivery.tries}".encode()) % 1000)
