"""The shortest way from one sequence to another."""

from __future__ import annotations

from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from bot.content.edits import MOST_EDITS, spans

ITEMS = st.lists(st.sampled_from("abc"), max_size=12)


@given(ITEMS, ITEMS)
def test_the_spans_turn_the_old_into_the_new_and_the_rest_is_the_same(old: list[str], new: list[str]) -> None:
    found = spans(old, new)
    assert found is not None
    made, at, there = list[str](), 0, 0
    for i, j, k, m in found:
        assert old[at:i] == new[there:k]
        assert i < j or k < m
        made += [*old[at:i], *new[k:m]]
        at, there = j, m
    assert [*made, *old[at:]] == new


@given(ITEMS, ITEMS)
def test_no_shorter_way_is_known(old: list[str], new: list[str]) -> None:
    found = spans(old, new) or []
    ours = sum(j - i + m - k for i, j, k, m in found)
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    assert ours <= len(old) + len(new) - 2 * sum(block.size for block in blocks)


def test_spans_never_touch() -> None:
    assert spans("axbyc", "aXbYc") == [(1, 2, 1, 2), (3, 4, 3, 4)]
    assert spans("abc", "aXYc") == [(1, 2, 1, 3)]
    assert spans("", "ab") == [(0, 0, 0, 2)]
    assert spans("ab", "ab") == []


def test_too_different_is_said() -> None:
    assert spans(range(MOST_EDITS), range(9000, 9000 + MOST_EDITS)) is None
    assert spans("ab" * 400_000, "ba" * 400_000 + "c") is None
