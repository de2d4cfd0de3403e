"""Pace: one budget for sending per token and one per room, kept in the store, spent evenly.

A limit of 30 messages a second allows one every 33 milliseconds, not 30 at once. Where a platform counts
edits of old messages, a room has a budget for edits of posts too: what changes meanwhile comes with the next
edit. Cards do not wait for that one, for they answer what somebody did; but where the platform itself puts
off an edit, all edits in its room wait, and new messages do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.campaign.announcement import POST, Delivery
from bot.campaign.refs import ChatRef
from bot.ports import Limit, Tx

PATIENCE = timedelta(seconds=2)
"""A turn that comes within this time is waited for; a later one is planned again."""

Limits = Mapping[str, Limit]
"""By platform; those not named here have no limit."""


@dataclass(frozen=True, slots=True)
class Turn:
    """When a message may be sent; only where it is ``granted`` the budget was spent and the time is ours."""

    at: datetime
    granted: bool


def ask(tx: Tx, limits: Limits, delivery: Delivery, chat: ChatRef, now: datetime) -> Turn:
    """Ask for the next time a delivery may go to ``chat``. Private chats share the token's budget only."""
    limit = limits.get(chat.platform)
    if limit is None:
        return Turn(now, granted=True)
    at, budgets = max(now, _free(tx, chat.platform, now)), _budgets(delivery, chat, limit)
    free = max([now, *(_free(tx, name, now) for name in budgets)])
    if max(at, free) > now + PATIENCE or free > at:
        return Turn(max(at, free), granted=False)
    for name, pause in {chat.platform: limit.token, **budgets}.items():
        if pause:
            tx.paces.put(name, at + pause)
    return Turn(at, granted=True)


def hold(tx: Tx, limits: Limits, delivery: Delivery, chat: ChatRef, until: datetime) -> None:
    """Send nothing like this to a room before ``until``: the platform said so."""
    limit = limits.get(chat.platform)
    name = _edits(chat) if delivery.message and limit and limit.edit else str(chat)
    tx.paces.put(name, max(until, _free(tx, name, until)))


def _budgets(delivery: Delivery, chat: ChatRef, limit: Limit) -> dict[str, timedelta]:
    """The budgets of a room that a delivery has to wait for, and how long each is spent by it."""
    if delivery.person:
        return {}
    found = {str(chat): limit.room}
    if delivery.message and limit.edit:
        found[_edits(chat)] = timedelta()
        if delivery.what[0] == POST:
            found[f"posts/{chat}"] = limit.edit
    return found


def _edits(chat: ChatRef) -> str:
    return f"edits/{chat}"


def _free(tx: Tx, name: str, now: datetime) -> datetime:
    return tx.paces.get(name) or now
