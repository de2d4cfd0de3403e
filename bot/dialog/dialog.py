"""A dialog: questions in order, a review, and the one tap that commits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from bot.dialog.questions import NAME, C, Parts, Question, Toggle, faults, none
from bot.dialog.session import Answers

MOST_FIELDS = 5
"""Fields of a form (PLATFORMS 2.1)."""


@dataclass(frozen=True, slots=True)
class Dialog(Generic[C]):
    """The definition of one talk; raises ValueError, with every fault, when it is malformed.

    ``review`` makes the parts of the last card from the answers in effect and the permissions given so far;
    ``commit`` gives the phrase key of the one button that commits; ``toggles`` are the permissions below it.
    ``title`` is the phrase key above its forms, ``forms`` the keys of questions that stand in one form, in
    the order in which they stand there.
    """

    name: str
    questions: tuple[Question[C], ...]
    review: Callable[[Answers, C], Parts]
    commit: Callable[[Answers, C], str]
    toggles: Callable[[Answers, C], tuple[Toggle, ...]] = none
    title: str = "dialog.form"
    forms: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        """Refuse a malformed dialog when it is built, not when somebody is in the middle of it."""
        found = [*_own_faults(self), *(fault for question in self.questions for fault in faults(question))]
        if found:
            raise ValueError(f"dialog {self.name!r}: " + "; ".join(found))

    def question(self, key: str) -> Question[C] | None:
        """The question with this key."""
        return next((question for question in self.questions if question.key == key), None)

    def voided_by(self, key: str) -> frozenset[str]:
        """The keys whose answers are void once that of ``key`` changed, with all that follows from those."""
        clears = {question.key: question.clears for question in self.questions}
        found: set[str] = set()
        ahead = [key]
        while ahead:
            new = set(clears[ahead.pop()]) - found
            found |= new
            ahead.extend(new)
        return frozenset(found - {key})


def _own_faults(dialog: Dialog[C]) -> list[str]:
    keys = Counter(question.key for question in dialog.questions)
    cleared = {key for question in dialog.questions for key in question.clears}
    found = [f"two questions have the key {key!r}" for key, times in keys.items() if times > 1]
    found += [f"an unknown key {key!r} is cleared" for key in sorted(cleared - set(keys))]
    if not NAME.fullmatch(dialog.name):
        found.append("its name is not short and plain")
    if not dialog.questions:
        found.append("it asks nothing")
    labelled = {question.key for question in dialog.questions if question.label}
    for form in dialog.forms:
        found += [
            f"the form field {key!r} is no question with a label" for key in form if key not in labelled
        ]
        if len(form) > MOST_FIELDS:
            found.append(f"a form has more than {MOST_FIELDS} fields")
    return found
