"""A refusal: an expected no, with the phrase that tells a person what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """``phrase`` is a key of the phrase catalogue, ``values`` fill its places.

    Refusals are values, never raised.
    """

    phrase: str
    values: Mapping[str, str | int] = field(default_factory=dict)
