"""Words: how something typed, or a pressed choice, becomes an answer or a refusal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from bot.campaign.refusal import Refusal
from bot.dialog.moves import token
from bot.dialog.questions import USE_BUTTONS, C, Choice, Question
from bot.dialog.session import Answer, Answers

LONGEST = 4000
"""Characters of an answer; more than any form or message of the platforms needs."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me"})
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and a symbol that show nothing."""


def heard(question: Question[C], words: str, answers: Answers, context: C) -> Answer | Refusal:
    """The answer these words give to the question, or the refusal that says what to do instead."""
    if len(words) > LONGEST:
        return Refusal("dialog.too-long", {"limit": LONGEST})
    if is_blank(words):
        return Refusal("dialog.empty")
    named = _named(question.choices(answers, context), words)
    if named is not None:
        return stored(question, named, answers, context)
    return question.check(words, answers, context) if question.words else Refusal(USE_BUTTONS)


def stored(question: Question[C], choice: Choice, answers: Answers, context: C) -> Answer | Refusal:
    """What choosing this stores."""
    return question.pick(choice.value, answers, context) if question.pick else choice.value


def chosen(choices: Iterable[Choice], value: str) -> Choice | None:
    """The choice a pressed button means: ``value`` is its value, or the token that stood for it there."""
    return next((choice for choice in choices if value in (choice.value, token(choice.value))), None)


def is_blank(words: str) -> bool:
    """Whether nothing of these words can be seen (spaces, zero-width characters, lone marks)."""
    return all(unicodedata.category(character) in _UNSEEN or character in _FILLERS for character in words)


def _named(choices: Iterable[Choice], words: str) -> Choice | None:
    """The one choice whose value or name was typed; None where two could be meant."""
    said = _folded(words)
    found = [choice for choice in choices if said in {_folded(name) for name in _names(choice)}]
    return found[0] if len(found) == 1 else None


def _names(choice: Choice) -> list[str]:
    return [choice.value, *([choice.label] if isinstance(choice.label, str) else [])]


def _folded(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())
