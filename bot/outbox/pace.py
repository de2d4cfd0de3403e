"""Pace: one budget for sending per token and one per room, kept in the store, spent evenly.

A limit of 30 messages a second allows one every 33 milliseconds, not 30 at once; 98.5 % of it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.campaign.refs import ChatRef
from bot.ports import Tx

_USED = 0.985
PATIENCE = timedelta(seconds=2)
"""A turn that comes within this time is waited for; a later one is planned again."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The shortest time between two messages of one token, and between two in one room."""

    token: timedelta
    room: timedelta


LIMITS = {"telegram": Limit(token=timedelta(seconds=1 / 30 / _USED), room=timedelta(seconds=60 / 20 / _USED))}
"""By platform; those not named here have no limit. Telegram: 30 a second in all, 20 a minute in one group."""


@dataclass(frozen=True, slots=True)
class Turn:
    """When a message may be sent; only where it is ``granted`` the budget was spent and the time is ours."""

    at: datetime
    granted: bool


def ask(tx: Tx, chat: ChatRef, now: datetime, *, private: bool) -> Turn:
    """Ask for the next time a message may go to ``chat``. Private chats share the token's budget only."""
    limit = LIMITS.get(chat.platform)
    if limit is None:
        return Turn(now, granted=True)
    at = max(now, _free(tx, chat.platform, now))
    free = now if private else _free(tx, str(chat), now)
    if max(at, free) > now + PATIENCE or free > at:
        return Turn(max(at, free), granted=False)
    tx.paces.put(chat.platform, at + limit.token)
    if not private:
        tx.paces.put(str(chat), at + limit.room)
    return Turn(at, granted=True)


def hold(tx: Tx, chat: ChatRef, until: datetime) -> None:
    """Send nothing to a room before ``until``: the platform said so."""
    tx.paces.put(str(chat), max(until, _free(tx, str(chat), until)))


def _free(tx: Tx, name: str, now: datetime) -> datetime:
    return tx.paces.get(name) or now
