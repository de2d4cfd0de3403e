"""Which updates are confirmed: only those whose turns are stored, whatever comes between (pure)."""

from __future__ import annotations

from collections.abc import Collection


class Offsets:
    """The bookkeeping of a poller.

    An update is *running* until its turn is stored (*done*) or could not be (*failed*: it is begun anew when
    it comes again). No number is held to be the highest: after a quiet week Telegram counts from anywhere.
    """

    def __init__(self) -> None:
        self._running: set[int] = set()
        self._failed: set[int] = set()
        self._done: set[int] = set()
        self._next: int | None = None

    @property
    def offset(self) -> int | None:
        """What to ask from: the lowest that is not stored; None where there is nothing to confirm."""
        return min(self._running | self._failed, default=self._next)

    @property
    def is_running(self) -> bool:
        """Whether turns are not stored yet."""
        return bool(self._running)

    @property
    def has_failed(self) -> bool:
        """Whether turns could not be stored."""
        return bool(self._failed)

    def polled(self, offset: int | None, ids: Collection[int]) -> None:
        """Note that a poll from ``offset`` brought these, in this order."""
        if offset is not None:
            self._done = {number for number in self._done if number >= offset}
        self._failed &= set(ids)
        self._next = [*ids][-1] + 1 if ids else None

    def begin(self, number: int) -> bool:
        """Whether an update is to be begun."""
        if number in self._running or number in self._done:
            return False
        self._failed.discard(number)
        self._running.add(number)
        return True

    def commit(self, number: int) -> None:
        """Its turn is stored."""
        self._running.discard(number)
        self._failed.discard(number)
        self._done.add(number)

    def end(self, number: int) -> None:
        """Its turn is over; where it was not stored it failed."""
        if number in self._running:
            self._running.discard(number)
            self._failed.add(number)
