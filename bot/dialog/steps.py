"""Steps: what each move does where a talk stands, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.campaign.refusal import Refusal
from bot.dialog.card import card, changes
from bot.dialog.messages import Phrase, Saying
from bot.dialog.moves import Back, Cancel, Change, Changes, Commit, Flip, Keep, Pick, Press, Skip
from bot.dialog.questions import USE_BUTTONS, C, Question
from bot.dialog.session import Answer, Answers, Session
from bot.dialog.standing import Standing
from bot.dialog.words import chosen, heard, stored

STALE = Phrase("dialog.stale")


class End(StrEnum):
    """How a talk ended."""

    COMMITTED = "committed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The session after a move, and either the card to show or the end.

    A committed session holds exactly what the review was made from: the answers in effect, and every
    permission that was offered, as true or false.
    """

    session: Session
    saying: Saying | None = None
    end: End | None = None


def shown(talk: Standing[C], note: Phrase | None = None) -> Outcome:
    """The card where the talk stands."""
    return Outcome(talk.session, card(talk, note))


def refused(talk: Standing[C], refusal: Refusal) -> Outcome:
    """The same card, with what to do first."""
    return shown(talk, Phrase(refusal.phrase, refusal.values))


def said(talk: Standing[C], text: str) -> Outcome:
    """What typed words do: they answer a question, and never commit."""
    question = talk.question
    if question is None:
        return shown(talk, Phrase(USE_BUTTONS))
    return _answered(talk, question, heard(question, text, talk.answers, talk.context))


def pressed(talk: Standing[C], move: Press) -> Outcome:
    """What a button of the present version does; one that does not belong to this place does nothing."""
    question = talk.question
    match move:
        case Cancel():
            return Outcome(_ended(talk.session, talk.session.answers), end=End.CANCELLED)
        case Back():
            return shown(talk.moved(talk.before)) if talk.before else shown(talk, Phrase("dialog.first"))
    return _at_review(talk, move) if question is None else _at_question(talk, question, move)


def _at_question(talk: Standing[C], question: Question[C], move: Press) -> Outcome:
    match move:
        case Pick(_, value):
            choice = chosen(question.choices(talk.answers, talk.context), value)
            if choice is not None:
                return _answered(talk, question, stored(question, choice, talk.answers, talk.context))
        case Skip() if question.optional(talk.answers, talk.context):
            return _answered(talk, question, None)
        case Keep() if question.key in talk.session.answers:
            return shown(talk.moved(talk.following))
    return shown(talk, STALE)


def _answered(talk: Standing[C], question: Question[C], answer: Answer | Refusal) -> Outcome:
    return (
        refused(talk, answer) if isinstance(answer, Refusal) else shown(talk.answered(question.key, answer))
    )


def _at_review(talk: Standing[C], move: Press) -> Outcome:
    match move:
        case Commit():
            answers = {**talk.answers, **talk.permissions}
            return Outcome(_ended(talk.session, answers), end=End.COMMITTED)
        case Changes() if talk.changeable:
            return Outcome(talk.session, changes(talk))
        case Change(_, key) if key in {question.key for question in talk.changeable}:
            return shown(talk.moved(key, changing=True))
        case Flip(_, key) if key in talk.permissions:
            return shown(talk.flipped(key))
        case Keep():
            return shown(talk)
    return shown(talk, STALE)


def _ended(session: Session, answers: Answers) -> Session:
    """A session that none of its buttons fits any more."""
    return replace(session, version=session.version + 1, answers=dict(answers))
