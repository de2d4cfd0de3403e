"""A session: one person's unfinished talk, small enough to be stored after every answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Answer = str | bool | list[str] | None
"""What may be stored as an answer; None means skipped. It goes through JSON unchanged."""

Answers = Mapping[str, Answer]

REVIEW = "review"
"""The place of a session after its last question: everything is shown once more and one tap commits."""


@dataclass(frozen=True, slots=True)
class Session:
    """An unfinished talk of one person.

    ``at`` is the key of the question asked now, or ``REVIEW``; ``version`` grows with every change, so an
    old button is known by its version; ``subject`` is what the talk is about (a campaign's slug);
    ``changing`` says that ``at`` was opened from the review and the talk goes back there; ``given`` are the
    keys answered before the talk began (an invitation, the last talk), which were never asked and so are no
    step of it.
    """

    id: str
    person: str
    dialog: str
    subject: str
    at: str
    version: int = 1
    answers: Answers = field(default_factory=dict)
    changing: bool = False
    given: tuple[str, ...] = ()
