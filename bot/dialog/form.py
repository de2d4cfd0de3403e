"""Forms: the questions that a platform with forms asks at once, from where a talk stands."""

from __future__ import annotations

from bot.dialog.messages import Field, Form, Phrase
from bot.dialog.moves import Fill, route_of
from bot.dialog.questions import C, Choice, Question
from bot.dialog.standing import Standing

MOST_OPTIONS = 24
"""What can be chosen in one field, with room for one more: "none of these" (PLATFORMS 2.1)."""


def form(talk: Standing[C]) -> Form | None:
    """The form of the question asked now; None where only its buttons answer it."""
    question = talk.question
    if question is None or not question.label:
        return None
    keys = next((keys for keys in talk.dialog.forms if question.key in keys), (question.key,))
    keys = (question.key,) if talk.session.changing else keys
    asked = [each for key in keys if (each := talk.dialog.question(key)) and _belongs(talk, each, keys)]
    fields = tuple(_field(talk, each) for each in asked)
    session = talk.session
    return Form(Phrase(talk.dialog.title), fields, route_of(session, Fill(session.version)))


def _belongs(talk: Standing[C], question: Question[C], keys: tuple[str, ...]) -> bool:
    """Whether a question stands in the form: the one asked now, and those that have no answer yet.

    One that is asked only where another field of the same form is chosen so stands there too.
    """
    if question.key == talk.session.at:
        return True
    return question.key not in talk.answers and (question in talk.asked or _may_be(talk, question, keys))


def _may_be(talk: Standing[C], question: Question[C], keys: tuple[str, ...]) -> bool:
    others = [each for each in talk.asked if each.key in keys and each.key not in talk.answers]
    return any(
        question.asked({**talk.answers, other.key: choice.value}, talk.context)
        for other in others
        for choice in other.choices(talk.answers, talk.context)
    )


def _field(talk: Standing[C], question: Question[C]) -> Field:
    stored = talk.session.answers.get(question.key)
    return Field(
        question.key,
        Phrase(question.label),
        Phrase(question.hint) if question.hint else None,
        stored if isinstance(stored, str) else "",
        tuple((choice.value, choice.label) for choice in _choices(talk, question)),
        words=question.words,
        required=question in talk.asked and not question.optional(talk.answers, talk.context),
    )


def _choices(talk: Standing[C], question: Question[C]) -> tuple[Choice, ...]:
    return (question.listed or question.choices)(talk.answers, talk.context)[:MOST_OPTIONS]
