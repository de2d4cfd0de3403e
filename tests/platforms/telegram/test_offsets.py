"""The bookkeeping of confirmed updates: nothing is confirmed before it is stored, nothing is begun twice."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.telegram.offsets import Offsets


def test_at_the_start_everything_is_asked_for() -> None:
    assert Offsets().offset is None


def test_the_offset_waits_for_the_lowest() -> None:
    offsets = Offsets()
    offsets.polled(None, [5, 6, 7])
    assert all(map(offsets.begin, (5, 6, 7)))
    offsets.commit(6)
    offsets.commit(7)
    assert (offsets.offset, offsets.is_running) == (5, True)
    offsets.polled(5, [5, 6, 7, 8])
    assert [offsets.begin(number) for number in (5, 6, 7, 8)] == [False, False, False, True]
    offsets.commit(5)
    assert offsets.offset == 8
    offsets.commit(8)
    assert offsets.offset == 9
    offsets.polled(9, [])
    assert offsets.offset is None, "there is nothing to confirm"


def test_what_failed_is_begun_again() -> None:
    offsets = Offsets()
    offsets.polled(None, [5])
    offsets.begin(5)
    offsets.end(5)
    assert (offsets.offset, offsets.has_failed, offsets.is_running) == (5, True, False)
    assert offsets.begin(5)
    assert not offsets.has_failed
    offsets.commit(5)
    offsets.end(5)
    assert (offsets.offset, offsets.has_failed) == (6, False)


def test_what_failed_and_does_not_come_again_is_let_go() -> None:
    offsets = Offsets()
    offsets.polled(None, [5])
    offsets.begin(5)
    offsets.end(5)
    offsets.polled(5, [9])
    assert not offsets.has_failed


def test_numbers_may_begin_anywhere_anew() -> None:
    offsets = Offsets()
    offsets.polled(None, [5000])
    offsets.begin(5000)
    offsets.commit(5000)
    offsets.polled(5001, [70])
    assert offsets.begin(70)
    assert offsets.offset == 70
    offsets.commit(70)
    assert offsets.offset == 71


class Model:
    """A server that forgets what is confirmed, and turns that end in any order, stored or not."""

    def __init__(self) -> None:
        self.offsets = Offsets()
        self.queue: list[int] = []
        self.running: list[int] = []
        self.stored: set[int] = set()
        self.last = 100

    def come(self, _chance: int) -> None:
        self.last += 1
        self.queue.append(self.last)

    def jump(self, _chance: int) -> None:
        """A quiet week is over."""
        if not self.queue and not self.running:
            self.last -= 50

    def poll(self, chance: int) -> None:
        self.lost_poll(chance)
        found = self.queue[:5]
        self.offsets.polled(self.offsets.offset, found)
        for number in filter(self.offsets.begin, found):
            assert number not in self.running
            assert number not in self.stored
            self.running.append(number)

    def lost_poll(self, _chance: int) -> None:
        """It reaches the server, which forgets what stands before the offset: all of that must be stored."""
        offset = self.offsets.offset
        if offset is not None and self.queue and offset <= self.queue[-1] + 10:
            assert {number for number in self.queue if number < offset} <= self.stored
            self.queue = [number for number in self.queue if number >= offset]

    def commit(self, chance: int) -> None:
        if self.running:
            number = self.running.pop(chance % len(self.running))
            self.stored.add(number)
            self.offsets.commit(number)
            self.offsets.end(number)

    def fail(self, chance: int) -> None:
        if self.running:
            self.offsets.end(self.running.pop(chance % len(self.running)))


ACTS = st.sampled_from([Model.come, Model.poll, Model.lost_poll, Model.commit, Model.fail, Model.jump])


@given(st.lists(st.tuples(ACTS, st.integers(0, 9)), max_size=60))
def test_whatever_comes_between_nothing_is_lost_or_begun_twice(
    acts: list[tuple[Callable[[Model, int], None], int]],
) -> None:
    model = Model()
    for act, chance in acts:
        act(model, chance)
    for _ in range(len(model.queue) + 2):
        model.poll(0)
        while model.running:
            model.commit(0)
    assert set(model.queue) <= model.stored
