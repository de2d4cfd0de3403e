"""Versions of a text: what was corrected when, and for which wording an endorsement stands (FEATURES E7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

HASH_LENGTH = 12
"""Hexadecimal digits of a hash that name a wording."""


class Weight(StrEnum):
    """What a correction does to those who signed: nothing, or they are asked again."""

    MINOR = "minor"
    SUBSTANTIAL = "substantial"


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of a published text.

    ``day`` is when, by the campaign's clock; ``replaces`` the first digits of the hash of the wording before,
    ``of`` the day of that wording, ``change`` the words that changed, "" where they are too many.
    """

    day: date
    weight: Weight
    replaces: str
    of: date
    change: str = ""


def earlier(text: str, current: str, corrected: Sequence[Correction]) -> date | None:
    """The day of the earlier wording with this hash; None where it counts as ``current``, or nobody knows it.

    A slip that was put right changes nothing for those who signed; ``corrected`` are in order of time.
    """
    if not text or text == current:
        return None
    found = [at for at, each in enumerate(corrected) if text.startswith(each.replaces)]
    if not found:
        return None
    since = corrected[found[-1] :]
    return since[0].of if any(each.weight is Weight.SUBSTANTIAL for each in since) else None


def counts_as(current: str, corrected: Sequence[Correction]) -> tuple[str, ...]:
    """The beginnings of the hashes that count as the current wording: its own, and those before a slip."""
    found = [current[:HASH_LENGTH]]
    for each in reversed(corrected):
        if each.weight is Weight.SUBSTANTIAL:
            break
        found.append(each.replaces)
    return tuple(found)
