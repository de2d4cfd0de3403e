"""Where a talk stands: what follows from dialog, session and context, and how a session changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Generic

from bot.dialog.dialog import Dialog
from bot.dialog.questions import C, Question, Toggle
from bot.dialog.session import REVIEW, Answer, Session


@dataclass(frozen=True, slots=True)
class Standing(Generic[C]):
    """A session seen through its dialog and the context of this turn."""

    dialog: Dialog[C]
    session: Session
    context: C
    asked: tuple[Question[C], ...] = field(init=False)
    """The questions that are asked in this talk, in order; each decides by the answers before it."""
    answers: Mapping[str, Answer] = field(init=False)
    """The answers in effect: of questions that are asked, and those given before the talk began."""

    def __post_init__(self) -> None:
        """Walk through the questions once: what a question looks at may be dear."""
        stored, given = self.session.answers, self.session.given
        asked, seen = [], dict[str, Answer]()
        for question in self.dialog.questions:
            is_asked = question.asked(seen, self.context)
            if is_asked:
                asked.append(question)
            if question.key in stored and (is_asked or question.key in given):
                seen[question.key] = stored[question.key]
        object.__setattr__(self, "asked", tuple(asked))
        object.__setattr__(self, "answers", MappingProxyType(seen))

    @property
    def toggles(self) -> tuple[Toggle, ...]:
        """The permissions offered on the review card; ValueError where one is named like a question."""
        toggles = self.dialog.toggles(self.answers, self.context)
        if any(self.dialog.question(toggle.key) for toggle in toggles):
            raise ValueError(f"dialog {self.dialog.name!r}: a toggle has the key of a question")
        return toggles

    @property
    def permissions(self) -> dict[str, bool]:
        """Each permission offered, and whether it was given."""
        return {toggle.key: self.session.answers.get(toggle.key) is True for toggle in self.toggles}

    @property
    def question(self) -> Question[C] | None:
        """The question asked now; None at the review."""
        return self.dialog.question(self.session.at)

    @property
    def following(self) -> str:
        """Where the talk goes on: the first question without an answer, else the review."""
        open_keys = (question.key for question in self.asked if question.key not in self.session.answers)
        return next(open_keys, REVIEW)

    @property
    def steps(self) -> tuple[str, ...]:
        """The keys of the questions the person is led through: those asked, without what was given before."""
        return tuple(question.key for question in self.asked if question.key not in self.session.given)

    @property
    def before(self) -> str | None:
        """Where Back leads: the step before this one, or the review from a question opened for a change."""
        if self.session.changing:
            return self.following
        steps, at = self.steps, self.session.at
        earlier = steps if at == REVIEW else steps[: steps.index(at)] if at in steps else ()
        return earlier[-1] if earlier else None

    @property
    def changeable(self) -> tuple[Question[C], ...]:
        """The questions that can be asked again from the review."""
        return tuple(question for question in self.asked if question.label)

    def placed(self) -> Standing[C]:
        """The same, at a place that exists: a newer program or other data may have moved what was asked."""
        places = {question.key for question in self.asked}
        if self.following == REVIEW:
            places.add(REVIEW)
        return self if self.session.at in places else self.moved(self.following)

    def moved(self, at: str, *, changing: bool = False) -> Standing[C]:
        """The talk at another place; its version grows."""
        version = self.session.version + 1
        return replace(self, session=replace(self.session, at=at, changing=changing, version=version))

    def answered(self, key: str, answer: Answer) -> Standing[C]:
        """The talk with this answer, gone on; an answer that changed makes void what its question clears."""
        old = self.session.answers
        changed = key in old and old[key] != answer
        void = self.dialog.voided_by(key) if changed else frozenset()
        return self.with_answers({**_without(old, void), key: answer}, asked={key})

    def flipped(self, key: str) -> Standing[C]:
        """The talk with a permission given or taken back."""
        return self.with_answers({**self.session.answers, key: not self.permissions[key]})

    def with_answers(self, answers: Mapping[str, Answer], asked: Collection[str] = ()) -> Standing[C]:
        """The talk with these answers, gone on; ``asked`` are keys that count as asked from now on.

        Answers the dialog does not know are dropped, and so is a permission that is not offered any more: it
        must be given anew where it is offered again.
        """
        given = tuple(key for key in self.session.given if key in answers and key not in asked)
        fresh = replace(self, session=replace(self.session, answers=dict(answers), given=given))
        known = {question.key for question in self.dialog.questions} | set(fresh.permissions)
        kept = {key: answer for key, answer in answers.items() if key in known}
        fresh = replace(fresh, session=replace(fresh.session, answers=kept))
        return fresh.moved(fresh.following)


def _without(answers: Mapping[str, Answer], void: Collection[str]) -> dict[str, Answer]:
    return {key: answer for key, answer in answers.items() if key not in void}
