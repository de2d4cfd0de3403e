"""Delivering: claim, mark as being sent, commit, send, settle. What follows from it is in ``outcome``.

Two commits surround each send. Before the first nothing was sent; between the two nobody can know, and the
policy of the delivery says what a crash there means.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bot.campaign.announcement import Delivery, DeliveryState
from bot.campaign.refs import ChatRef
from bot.dialog.messages import Outgoing
from bot.log import Event, event
from bot.outbox import outcome, pace, rooms
from bot.outbox.claim import Turn, postponed, turn, unsaid
from bot.ports import Clock, Conflict, Fate, Ids, Messenger, Receipt, Store, StoreBusy, StoreFull, Tx

LEASE = timedelta(seconds=60)
"""Longer than a send may take (20 s) with much to spare."""

_MOST = 20
_EVER = datetime(9999, 1, 1, tzinfo=UTC)

Composer = Callable[[Tx, Delivery, datetime], Outgoing | datetime | None]
"""What a delivery says now. A datetime: not before then. None: no longer worth sending."""

Ask = Callable[[Tx, Delivery, datetime], None]
"""Asks the moderators about a delivery of which nobody knows whether it arrived."""


class Deliverer:
    """Sends what is owed. ``compose`` goes by the first word of ``what``; ``owner`` names this process."""

    def __init__(  # noqa: PLR0917  (everything it touches is handed in)
        self,
        store: Store,
        messengers: Mapping[str, Messenger],
        compose: Mapping[str, Composer],
        clock: Clock,
        ids: Ids,
        owner: str,
        *,
        ask: Ask,
        limits: pace.Limits,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._store, self._messengers, self._compose = store, messengers, compose
        self._clock, self._ids, self._owner = clock, ids, owner
        self._ask, self._limits, self._sleep = ask, limits, sleep
        self._stopping = False

    async def tick(self) -> None:
        """Recover what was left behind, then send until nothing is due."""
        await self.recover()
        while await self.step() and not self._stopping:
            pass

    def stop(self) -> None:
        """Begin no further send: what was only claimed goes back into the plan."""
        self._stopping = True

    async def begin(self) -> int:
        """At start: settle what an earlier life of this owner left, whatever its leases; returns how many.

        A clock that was set back would otherwise keep a receiver waiting until it has caught up.
        """
        return await self._store.transaction(
            lambda tx: self._settle(
                tx, [each for each in tx.deliveries.stale(_EVER) if each.owner == self._owner]
            )
        )

    async def recover(self) -> int:
        """Settle what a vanished sender left claimed or being sent; returns how many."""
        return await self._store.transaction(
            lambda tx: self._settle(tx, tx.deliveries.stale(self._clock.now()))
        )

    async def step(self) -> int:
        """Claim what is due and send it, one delivery per receiver; returns how many were claimed."""
        claimed, turns = await self._store.transaction(self._claim)
        done = await asyncio.gather(*map(self._deliver, turns), return_exceptions=True)
        for problem in done:
            if isinstance(problem, BaseException):
                raise problem
        return claimed

    def _settle(self, tx: Tx, left: Sequence[Delivery]) -> int:
        now = self._clock.now()
        for delivery in left:
            self._store_outcome(tx, outcome.recovered(delivery, now), delivery.state, now)
        return len(left)

    def _claim(self, tx: Tx) -> tuple[int, list[Turn]]:
        now = self._clock.now()
        claimed = tx.deliveries.claim(self._owner, now, now + LEASE, _MOST)
        turns = []
        for delivery in claimed:
            found = turn(tx, self._messengers, self._limits, delivery, now)
            if isinstance(found, Turn):
                turns.append(found)
            else:
                tx.deliveries.settle(found, DeliveryState.CLAIMED)
        return len(claimed), turns

    async def _deliver(self, its: Turn) -> None:
        await self._wait(its.at)
        try:
            begun = await self._store.transaction(lambda tx: self._begin(tx, its.delivery))
        except (Conflict, StoreFull, StoreBusy):
            raise
        except Exception as error:  # noqa: BLE001  (a composer's bug must not stop the others)
            await self._not_composed(its.delivery, error)
            return
        if begun:
            sending, outgoing = begun
            receipt = await self._send(its.chat, sending, outgoing)
            await self._store.transaction(lambda tx: self._end(tx, sending, receipt))
            _log(its.chat.platform, sending, receipt)

    async def _wait(self, at: datetime) -> None:
        seconds = (at - self._clock.now()).total_seconds()
        if seconds > 0:
            await self._sleep(seconds)

    def _begin(self, tx: Tx, claimed: Delivery) -> tuple[Delivery, Outgoing] | None:
        """The last point at which nothing was sent: mark it as being sent and say what it says now."""
        now = self._clock.now()
        if self._stopping:
            tx.deliveries.settle(postponed(claimed, claimed.due), DeliveryState.CLAIMED)
            return None
        marked = tx.deliveries.sending(claimed, now, now + LEASE)
        sending = tx.deliveries.by_key(claimed.key) if marked else None
        if sending is None:
            return None
        said = self._compose[sending.what[0]](tx, sending, now)
        if isinstance(said, Outgoing):
            return sending, said
        tx.deliveries.settle(unsaid(sending, claimed, said, now), DeliveryState.SENDING)
        return None

    async def _not_composed(self, claimed: Delivery, error: Exception) -> None:
        event(Event.DELIVERY_FAILED, delivery=claimed.id, error=error)
        later = outcome.again(claimed, self._clock.now(), type(error).__name__)
        await self._store.transaction(lambda tx: tx.deliveries.settle(later, DeliveryState.CLAIMED))

    async def _send(self, chat: ChatRef, sending: Delivery, outgoing: Outgoing) -> Receipt:
        messenger = self._messengers[chat.platform]
        try:
            return await messenger.send(chat, outgoing, replaces=sending.message, nonce=sending.id)
        except Exception as error:  # noqa: BLE001  (against its promise it raised: nobody knows what was sent)
            event(Event.DELIVERY_FAILED, delivery=sending.id, platform=chat.platform, error=error)
            return Receipt(Fate.UNKNOWN, reason=type(error).__name__)

    def _end(self, tx: Tx, sending: Delivery, receipt: Receipt) -> None:
        """Store what became of it, unless another took it over meanwhile, and what follows for its room."""
        now = self._clock.now()
        settled = outcome.outcome(sending, receipt, now)
        if receipt.moved and rooms.is_owed_twice(tx, sending, receipt.moved):
            settled = outcome.ended(settled, DeliveryState.SKIPPED, outcome.MOVED)
        if not self._store_outcome(tx, settled, DeliveryState.SENDING, now):
            return
        if sending.chat is None:
            if receipt.fate is Fate.GONE:
                rooms.unheard(self._ids, tx, sending, now)
            return
        if settled.chat and settled.chat != sending.chat:
            rooms.follow(tx, sending.chat, settled.chat, now)
        if receipt.fate is Fate.GONE:
            rooms.lose(tx, self._ids, sending.chat, (settled.reason, settled.id), now)
        if receipt.retry:
            pace.hold(tx, self._limits, sending, sending.chat, settled.due)

    def _store_outcome(self, tx: Tx, settled: Delivery, expected: DeliveryState, now: datetime) -> bool:
        stored = tx.deliveries.settle(settled, expected)
        if stored and settled.state is DeliveryState.UNKNOWN:
            self._ask(tx, settled, now)
        return stored


def _log(platform: str, sending: Delivery, receipt: Receipt) -> None:
    told = {
        Fate.SENT: Event.DELIVERY_SENT,
        Fate.UNKNOWN: Event.DELIVERY_UNKNOWN,
        Fate.GONE: Event.CHAT_PARKED,
    }
    what = told.get(receipt.fate, Event.DELIVERY_FAILED)
    reason = receipt.reason or receipt.fate.value
    event(what, delivery=sending.id, platform=platform, reason=reason, tries=sending.tries)
