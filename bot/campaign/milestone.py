"""Milestones: counts worth a post, each once."""

from __future__ import annotations

from collections.abc import Iterable


def reached(before: int, after: int, milestones: Iterable[int], *, filled: bool = False) -> int | None:
    """The greatest milestone newly reached on the way from ``before`` to ``after``.

    None where there is none, and for a jump that was back-filled (``filled``: imported names).
    """
    return None if filled else max((m for m in milestones if before < m <= after), default=None)
