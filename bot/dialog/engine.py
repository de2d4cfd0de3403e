"""The engine: how a talk moves from question to question, to the review, to its end.

The one entrance to this room. It decides by the dialog, the stored session, the context and one move. A
button of an older version changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.campaign.refusal import Refusal
from bot.dialog.card import card
from bot.dialog.dialog import Dialog
from bot.dialog.messages import Phrase, Saying
from bot.dialog.moves import (
    Again,
    Back,
    Cancel,
    Change,
    Changes,
    Commit,
    Fill,
    Flip,
    Keep,
    Move,
    Pick,
    Press,
    Skip,
    Words,
    move_from,
    route_of,
)
from bot.dialog.questions import C, Question
from bot.dialog.session import REVIEW, Answer, Answers, Session
from bot.dialog.standing import Standing
from bot.dialog.steps import STALE, End, Outcome, pressed, refused, said, shown
from bot.dialog.words import chosen, heard, is_blank

__all__ = [
    "STALE",
    "Again",
    "Back",
    "Cancel",
    "Change",
    "Changes",
    "Commit",
    "End",
    "Fill",
    "Flip",
    "Keep",
    "Move",
    "Outcome",
    "Pick",
    "Press",
    "Skip",
    "Words",
    "advance",
    "advance_many",
    "begin",
    "chosen",
    "move_from",
    "route_of",
    "show",
]

NO_ANSWERS: Answers = MappingProxyType({})


def begin(  # noqa: PLR0917  (a session is made of these)
    dialog: Dialog[C], session_id: str, person: str, subject: str, context: C, answers: Answers = NO_ANSWERS
) -> Outcome:
    """Begin a talk. What ``answers`` hold is not asked; permissions in them are dropped: they start off."""
    known = {question.key: answers[question.key] for question in dialog.questions if question.key in answers}
    session = Session(session_id, person, dialog.name, subject, REVIEW, answers=known, given=tuple(known))
    session = replace(session, at=Standing(dialog, session, context).following)
    return shown(Standing(dialog, session, context))


def show(dialog: Dialog[C], session: Session, context: C, note: Phrase | None = None) -> Saying:
    """The card where the talk stands; ``note`` comes first. Its buttons fit the session as it is stored."""
    return card(Standing(dialog, session, context).placed(), note)


def advance(dialog: Dialog[C], session: Session, move: Move, context: C) -> Outcome:
    """Move a talk by one step. The card after a press replaces the one pressed; after words it does not."""
    talk = Standing(dialog, session, context).placed()
    match move:
        case Again():
            return shown(talk)
        case Words(text):
            return said(talk, text) if talk.session == session else shown(talk, STALE)
    fits = move.version == talk.session.version
    if isinstance(move, Cancel):  # it means the same where a newer program has just moved the talk
        fits |= move.version == session.version
    outcome = _moved(talk, move, context) if fits else shown(talk, STALE)
    return replace(outcome, saying=outcome.saying and _in_place(outcome.saying, move))


def _moved(talk: Standing[C], move: Press | Fill, context: C) -> Outcome:
    if isinstance(move, Fill):
        return advance_many(talk.dialog, talk.session, move.values, context)[0]
    return pressed(talk, move)


def _in_place(saying: Saying, move: Press | Fill) -> Saying:
    """The card in place of the one that was pressed; who goes back wants to see it, not to fill in."""
    looks = isinstance(move, Back) and saying.form is not None
    return replace(
        saying,
        replaces=True,
        form=replace(saying.form, at_once=False) if looks and saying.form else saying.form,
    )


def advance_many(
    dialog: Dialog[C], session: Session, values: Mapping[str, str], context: C
) -> tuple[Outcome, Mapping[str, Refusal]]:
    """Take a form, several answers by question key; returns also what was refused, by question key.

    Good fields are kept, the first wrong one is asked again; an empty one is left out where that is allowed.
    Fields of questions that are not asked are passed over.
    """
    talk = Standing(dialog, session, context).placed()
    good: dict[str, Answer] = {}
    wrong: dict[str, Refusal] = {}
    for question in dialog.questions:
        if question.key not in values or question not in talk.asked:
            continue
        answer = _field(talk, question, values[question.key])
        if isinstance(answer, Refusal):
            wrong[question.key] = answer
        else:
            good[question.key] = answer
            talk = talk.answered(question.key, answer)
    # A later field may have cleared an earlier one, but what stands in one form was meant together.
    talk = talk.with_answers({**talk.session.answers, **good}, asked=good) if good else talk
    return _after_form(talk, wrong), wrong


def _field(talk: Standing[C], question: Question[C], value: str) -> Answer | Refusal:
    if question.optional(talk.answers, talk.context) and is_blank(value):
        return None
    return heard(question, value, talk.answers, talk.context)


def _after_form(talk: Standing[C], wrong: Mapping[str, Refusal]) -> Outcome:
    first = next((question.key for question in talk.asked if question.key in wrong), None)
    if first is None:
        return shown(talk)
    if talk.session.at != first:
        talk = talk.moved(first, changing=talk.following == REVIEW)
    return refused(talk, wrong[first])
