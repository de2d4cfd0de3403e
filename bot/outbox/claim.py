"""What a claimed delivery comes to before anything is sent: a turn to send it, or an end without sending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.campaign.announcement import Delivery, DeliveryState
from bot.campaign.refs import ChatRef
from bot.outbox import outcome, pace
from bot.ports import Messenger, Tx

_NO_MESSENGER = timedelta(hours=1)
"""How long what is owed on a platform that is switched off waits before we look again."""

_SOON = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """A claimed delivery that may be sent to ``chat`` from ``at`` on."""

    delivery: Delivery
    chat: ChatRef
    at: datetime


def turn(
    tx: Tx, messengers: Mapping[str, Messenger], limits: pace.Limits, claimed: Delivery, now: datetime
) -> Turn | Delivery:
    """When and where to send it, its budget spent; or the row to settle because it cannot be sent now."""
    account = tx.people.account(claimed.person) if claimed.person else None
    to = account or claimed.chat
    if to is None:
        return outcome.ended(claimed, DeliveryState.CANCELLED, "forgotten")
    if claimed.expires and now >= claimed.expires and not claimed.message:
        return outcome.ended(claimed, DeliveryState.SKIPPED, outcome.LATE)
    messenger = messengers.get(to.platform)
    if messenger is None:
        return postponed(claimed, now + _NO_MESSENGER)
    chat = to if isinstance(to, ChatRef) else messenger.private_chat(to)
    granted = pace.ask(tx, limits, claimed, chat, now)
    return Turn(claimed, chat, granted.at) if granted.granted else postponed(claimed, granted.at)


def postponed(claimed: Delivery, due: datetime) -> Delivery:
    """Back in the plan, as if it had not been claimed."""
    return replace(claimed, state=DeliveryState.PLANNED, due=due, tries=claimed.tries - 1)


def unsaid(sending: Delivery, claimed: Delivery, until: datetime | None, now: datetime) -> Delivery:
    """What has nothing to say now: postponed, or given up; a message that is there stays as it is."""
    if until:
        return replace(postponed(sending, max(until, now + _SOON)), first_try=claimed.first_try)
    if sending.message:
        return replace(sending, state=DeliveryState.SENT, shown=sending.wanted, tries=0)
    return outcome.ended(sending, DeliveryState.CANCELLED, "no-news")
