"""Which messages of a chat are remembered, and how many."""

from __future__ import annotations

from itertools import chain

from bot.platforms.telegram.traces import AT_ONCE, BELOW, MOST, MOST_CHATS, Traces


def before(traces: Traces, chat: str, last: int) -> list[int]:
    portions = traces.before(chat, last)
    assert all(0 < len(portion) <= AT_ONCE for portion in portions)
    return [*chain.from_iterable(portions)]


def test_newest_first_and_each_once_with_what_stands_just_below() -> None:
    traces = Traces()
    for message in ("7", "9000", "9999", "", "x", "10000"):
        traces.note("5", message)
    assert before(traces, "5", 10_000) == [*range(9999, 9999 - BELOW, -1), 9000, 7]


def test_a_chat_that_just_began_has_nothing_above_it() -> None:
    assert before(Traces(), "5", 1) == []
    assert before(Traces(), "5", 3) == [2, 1]


def test_rooms_leave_no_traces() -> None:
    traces = Traces()
    traces.note("-1007", "9")
    assert before(traces, "-1007", 10_000)[-1] > 9


def test_what_was_taken_away_is_forgotten_and_what_came_later_is_not() -> None:
    traces = Traces()
    for message in ("1000", "2000", "3000"):
        traces.note("5", message)
    traces.forget("5", 2000)
    assert [each for each in before(traces, "5", 9000) if each < 9000 - BELOW] == [3000, 2000]


def test_memory_has_bounds() -> None:
    traces = Traces()
    for message in range(1, 3 * MOST):
        traces.note("5", str(message * 1000))
    assert len(before(traces, "5", 10_000_000)) == MOST + BELOW
    for chat in range(MOST_CHATS + 1):
        traces.note(str(chat + 10), "1")
    assert len(before(traces, "5", 10_000_000)) == BELOW
