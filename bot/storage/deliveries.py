"""The outbox."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.campaign.announcement import Delivery, DeliveryState, Policy
from bot.campaign.refs import ChatRef
from bot.storage import delivery_statements as ask
from bot.storage.cursor import Cursor, Row, Statement, Value
from bot.storage.moments import micros, micros_or_none, moment, moment_or_none


@dataclass(frozen=True, slots=True)
class StoredDeliveries:
    """See ``ports.Deliveries``.

    The store owns ``wanted``, ``owner`` and ``lease``, and counts a try with each claim; everything else of
    an outcome is stored as it is given.
    """

    cursor: Cursor

    def owe(self, delivery: Delivery) -> bool:
        """Plan a delivery; False where its key exists."""
        new = {"id": delivery.id, "key": delivery.key, "what": json.dumps(delivery.what)}
        return self.cursor.run(ask.OWE, **new, **_outcome(delivery)) == 1

    def renew(self, key: str, now: datetime) -> bool:
        """The truth changed: a sent card is planned again, its tries anew; an open one shows the new truth.

        False where there is nothing to renew: no such key, or it failed or was given up.
        """
        return self.cursor.run(ask.RENEW, key=key, now=micros(now)) == 1

    def renew_posts(self, campaign: str, since: datetime, now: datetime) -> int:
        """Renew a campaign's posts: those first sent at ``since`` or later, and those still open."""
        return self.cursor.run(ask.RENEW_POSTS, campaign=campaign, since=micros(since), now=micros(now))

    def claim(self, owner: str, now: datetime, lease: datetime, limit: int = 20) -> Sequence[Delivery]:
        """Claim due deliveries, one per receiver at a time, in order of due; counts one try more for each."""
        found = [_delivery(row) for row in self.cursor.rows(ask.CLAIMABLE, now=micros(now), limit=limit)]
        held: dict[str, Value] = {"owner": owner, "lease": micros(lease)}
        return [
            replace(it, state=DeliveryState.CLAIMED, owner=owner, lease=lease, tries=it.tries + 1)
            for it in found
            if self.cursor.run(ask.CLAIM, delivery=it.id, **held)
        ]

    def sending(self, delivery: Delivery, now: datetime, lease: datetime) -> bool:
        """Mark a claimed one as being sent, and when it first was; False where the claim was lost."""
        times = {"now": micros(now), "lease": micros(lease)}
        return self.cursor.run(ask.SENDING, delivery=delivery.id, owner=delivery.owner, **times) == 1

    def settle(self, settled: Delivery, expected: DeliveryState) -> bool:
        """Store the outcome where the row is still in ``expected`` and of the owner that ``settled`` names.

        What was sent while the truth changed is planned again at once, with its tries anew.
        """
        held = {"expected": expected.value, "owner": settled.owner}
        return self.cursor.run(ask.SETTLE, delivery=settled.id, **held, **_outcome(settled)) == 1

    def stale(self, now: datetime, limit: int = 100) -> Sequence[Delivery]:
        """Claimed or being sent, with a lease that is over."""
        return self._all(ask.STALE, now=micros(now), limit=limit)

    def by_key(self, key: str) -> Delivery | None:
        """One delivery."""
        row = self.cursor.row(ask.BY_KEY, key=key)
        return _delivery(row) if row else None

    def by_chat(self, chat: ChatRef, limit: int = 20) -> Sequence[Delivery]:
        """A chat's deliveries, newest first."""
        return self._all(ask.BY_CHAT, receiver=receiver(chat), limit=limit)

    def missed(self, person: str, limit: int = 3) -> Sequence[Delivery]:
        """Notices for a person that failed, oldest first."""
        return self._all(ask.MISSED, receiver=receiver(None, person), limit=limit)

    def park(self, chat: ChatRef, reason: str) -> int:
        """Cancel all planned ones of a chat that cannot be reached."""
        return self.cursor.run(ask.PARK, receiver=receiver(chat), reason=reason)

    def next_due(self) -> datetime | None:
        """When the next planned one is due whose receiver is not being served just now."""
        row = self.cursor.row(ask.NEXT_DUE)
        return moment(row["due"]) if row else None

    def forget(self, person: str) -> int:
        """Erase what was sent or is planned for a person, but what is being sent."""
        return self.cursor.run(ask.FORGET, receiver=receiver(None, person))

    def _all(self, statement: Statement, **values: Value) -> Sequence[Delivery]:
        return [_delivery(row) for row in self.cursor.rows(statement, **values)]


def receiver(chat: ChatRef | None, person: str = "") -> str:
    """Whom a delivery goes to, as one comparable word."""
    return json.dumps([chat.platform, chat.id, chat.thread, person] if chat else [person])


def _outcome(delivery: Delivery) -> dict[str, Value]:
    return {
        "receiver": receiver(delivery.chat, delivery.person),
        "policy": delivery.policy.value,
        "due": micros(delivery.due),
        "state": delivery.state.value,
        "tries": delivery.tries,
        "message": delivery.message,
        "wanted": delivery.wanted,
        "shown": delivery.shown,
        "first_try": micros_or_none(delivery.first_try),
        "expires": micros_or_none(delivery.expires),
        "reason": delivery.reason,
    }


def _delivery(row: Row) -> Delivery:
    *chat, person = json.loads(row["receiver"])
    return Delivery(
        id=row["id"],
        key=row["key"],
        policy=Policy(row["policy"]),
        what=tuple(json.loads(row["what"])),
        due=moment(row["due"]),
        chat=ChatRef(*chat) if chat else None,
        person=person,
        state=DeliveryState(row["state"]),
        tries=row["tries"],
        message=row["message"],
        wanted=row["wanted"],
        shown=row["shown"],
        first_try=moment_or_none(row["first_try"]),
        expires=moment_or_none(row["expires"]),
        reason=row["reason"],
        owner=row["owner"],
        lease=moment_or_none(row["lease"]),
    )
