"""Questions: what one step of a talk asks, which answers it takes, and when it is asked at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.campaign.refusal import Refusal
from bot.dialog.messages import Phrase
from bot.dialog.session import REVIEW, Answer, Answers
from bot.dialog.text import Text

C = TypeVar("C")
"""What a feature hands to its own questions (names it knows, counts, the campaign): opaque here."""

Parts = tuple[Phrase | Text, ...]

NAME = re.compile(r"[a-z][a-z0-9_-]{0,23}")
"""Names of dialogs, questions and toggles: short and plain, because they travel in buttons."""

USE_BUTTONS = "dialog.use-buttons"


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of a question: what is stored, and its label (a phrase, or inert text for names)."""

    value: str
    label: Phrase | str


@dataclass(frozen=True, slots=True)
class Toggle:
    """A permission on the review card, off until its button is pressed. ``label`` is a phrase key.

    At most three fit on a card of five buttons.
    """

    key: str
    label: str


def none(_answers: Answers, _context: object) -> tuple[()]:
    """No choices, no toggles."""
    return ()


def always(_answers: Answers, _context: object) -> bool:
    """A question that is asked in every case."""
    return True


def never(_answers: Answers, _context: object) -> bool:
    """A question that has to be answered."""
    return False


def only_buttons(_words: str, _answers: Answers, _context: object) -> Refusal:
    """The check of a question that takes no typed words."""
    return Refusal(USE_BUTTONS)


@dataclass(frozen=True, slots=True)
class Question(Generic[C]):
    """One question. Its functions see the answers in effect (of questions that are asked) and the context.

    ``prompt`` makes the card's parts. ``check`` turns typed words (something to be seen, at most 4,000
    characters) into the answer to store, or refuses with what to do instead. ``choices`` are buttons;
    pressing one, or typing its name, stores its value, or what ``pick`` makes of it. ``words`` false: other
    words are not taken. ``optional`` adds [Skip], which stores None. ``asked`` sees the answers of earlier
    questions only, so that a dialog never runs in a circle. ``label`` is the phrase key that names the
    question among what can be changed from the review; without it, it cannot, and it only settles the answer
    before it, so that it is no step of its own. ``clears`` are the keys whose
    answers become void when this answer changes. In a form ``hint`` is a phrase key below the label, and
    ``listed`` are the choices where more of them fit than on a card; ``check`` takes their values.
    """

    key: str
    prompt: Callable[[Answers, C], Parts]
    check: Callable[[str, Answers, C], Answer | Refusal] = only_buttons
    choices: Callable[[Answers, C], tuple[Choice, ...]] = none
    pick: Callable[[str, Answers, C], Answer | Refusal] | None = None
    words: bool = True
    optional: Callable[[Answers, C], bool] = never
    asked: Callable[[Answers, C], bool] = always
    label: str = ""
    clears: tuple[str, ...] = ()
    hint: str = ""
    listed: Callable[[Answers, C], tuple[Choice, ...]] | None = None


def faults(question: Question[C]) -> list[str]:
    """What is wrong with a question by itself, as sentences for its author."""
    found = []
    if not NAME.fullmatch(question.key):
        found.append(f"the key {question.key!r} is not short and plain")
    if question.key == REVIEW:
        found.append(f"the key {REVIEW!r} is the name of the last card")
    if question.words and question.check is only_buttons:
        found.append(f"{question.key!r} takes words but checks none: give it a check, or words=False")
    if not question.words and question.choices is none:
        found.append(f"{question.key!r} has neither words nor choices: nobody could answer it")
    if question.key in question.clears:
        found.append(f"{question.key!r} clears itself")
    return found
