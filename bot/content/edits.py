"""The shortest way from one sequence to another (Myers 1986), with bounds on how long it is looked for."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

MOST_STEPS = 2_000_000
"""Comparisons; beyond, sequences are told to be too different."""
MOST_EDITS = 800

Span = tuple[int, int, int, int]
"""Where two sequences differ: from and to in the old one, from and to in the new one."""


def spans(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Span] | None:
    """Where the two differ, in order and apart from each other; None where that is too much to find out."""
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    first, second = old[start : len(old) - end], new[start : len(new) - end]
    if not first or not second:
        return [(start, len(old) - end, start, len(new) - end)] if first or second else []
    most = min(MOST_EDITS, MOST_STEPS // (len(first) + len(second)))
    path = _path(first, second, most)
    return None if path is None else [(i + start, j + start, k + start, m + start) for i, j, k, m in path]


def _alike(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    """How many items both begin with."""
    shorter = min(len(old), len(new))
    return next((at for at in range(shorter) if old[at] != new[at]), shorter)


def _path(old: Sequence[Hashable], new: Sequence[Hashable], most: int) -> list[Span] | None:
    reached = {1: 0}
    trail: list[dict[int, int]] = []
    for edits in range(min(most, len(old) + len(new)) + 1):
        trail.append(dict(reached))
        for line in range(-edits, edits + 1, 2):
            x = _next(reached, line, edits)
            while x < len(old) and x - line < len(new) and old[x] == new[x - line]:
                x += 1
            reached[line] = x
            if x >= len(old) and x - line >= len(new):
                return list(_joined(_steps(trail, len(old), len(new))))
    return None


def _next(reached: dict[int, int], line: int, edits: int) -> int:
    """Where one more edit leads on a diagonal: down from the one above, or right from the one below."""
    down = line == -edits or (line != edits and reached[line - 1] < reached[line + 1])
    return reached[line + 1] if down else reached[line - 1] + 1


def _steps(trail: list[dict[int, int]], x: int, y: int) -> Iterator[Span]:
    """The single edits of the way found, the last first."""
    for edits in range(len(trail) - 1, 0, -1):
        before, line = trail[edits], x - y
        down = line == -edits or (line != edits and before[line - 1] < before[line + 1])
        above = line + 1 if down else line - 1
        x, y = before[above], before[above] - above
        yield (x, x, y, y + 1) if down else (x, x + 1, y, y)


def _joined(steps: Iterator[Span]) -> Iterator[Span]:
    """Single edits that touch each other as one, in the order of the text."""
    whole: Span | None = None
    for i, j, k, m in reversed(list(steps)):
        if whole and whole[1] == i and whole[3] == k:
            whole = (whole[0], j, whole[2], m)
        else:
            if whole:
                yield whole
            whole = (i, j, k, m)
    if whole:
        yield whole
