"""Moving the open talk of a person: one place for every dialog of every feature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.dialog import engine
from bot.dialog.dialog import Dialog
from bot.dialog.messages import Phrase, Route, Saying
from bot.dialog.session import Answers, Session
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Scene, Talk, say
from bot.ports import Conflict

NOW: Route = ("s", "now")
"""Shows the question of the open talk once more."""
DROP: Route = ("s", "drop")
"""Throws the open talk away."""


def begin(ask: Ask, dialog: Dialog[Scene], subject: str, anew: Route, answers: Answers) -> Answer:
    """Begin a talk, unless another one is unfinished: then ask whether to go on with it.

    ``anew`` begins in any case.
    """
    tx = ask.tx
    unfinished = tx.sessions.open(ask.person.id)
    if unfinished is not None and unfinished.version > 1 and anew:
        rows = ((button("b.go-on", *NOW), button("b.start-again", *anew)),)
        return say(Saying((Phrase("talk.unfinished"),), rows), again=NOW)
    outcome = engine.begin(dialog, ask.tools.ids.new(), ask.person.id, subject, Scene(ask, subject), answers)
    tx.sessions.start(outcome.session, ask.now)
    return _shown(ask, outcome.saying)


def move(ask: Ask, talk: Talk, session: Session, step: engine.Move) -> Answer:
    """Move the open talk by one step and store it; ends it where the step commits or cancels."""
    instead = talk.instead(ask, session, step)
    if instead is not None:
        return instead
    outcome = engine.advance(talk.dialog, session, step, Scene(ask, session.subject))
    if outcome.end is not None:
        end(ask, session)
        if outcome.end is engine.End.COMMITTED:
            return talk.finish(ask, outcome.session)
        return talk.left(ask, session) if talk.left else _cancelled(session)
    if outcome.session != session and not ask.tx.sessions.save(outcome.session, session.version, ask.now):
        raise Conflict
    return _shown(ask, outcome.saying)


def end(ask: Ask, session: Session) -> None:
    """End a talk; raises Conflict where it was ended in between."""
    if not ask.tx.sessions.end(session.id, ask.now):
        raise Conflict


def show(ask: Ask, talk: Talk, session: Session, note: str = "") -> Answer:
    """The question of the open talk once more."""
    scene = Scene(ask, session.subject)
    return _shown(ask, engine.show(talk.dialog, session, scene, Phrase(note) if note else None))


def ask_below(ask: Ask, answer: Answer, talk: Talk, session: Session) -> Answer:
    """An answer to something else, the open talk's question below it; both are owed until both are sent."""
    question = [replace(saying, replaces=False) for saying in show(ask, talk, session).sayings]
    return replace(answer, sayings=(*answer.sayings, *question), again=(*NOW, *answer.again))


def beside(owed: Route) -> Route:
    """What is owed together with the open talk's question (see ``ask_below``), () where it is nothing."""
    return owed[len(NOW) :] if owed[: len(NOW)] == NOW else ()


def find(talks: Mapping[str, Talk], ask: Ask) -> tuple[Talk, Session] | None:
    """The open talk of the person who asks; one whose dialog or subject no longer exists is thrown away."""
    session = ask.tx.sessions.open(ask.person.id) if ask.private else None
    if session is None:
        return None
    talk = talks.get(session.dialog)
    if talk is None or not talk.stands(ask, session.subject):
        ask.tx.sessions.end(session.id, ask.now)
        return None
    return talk, session


def _shown(ask: Ask, saying: Saying | None) -> Answer:
    if saying is None:
        raise AssertionError
    pressed = ask.incoming.data != ""
    form = saying.form and replace(saying.form, again=NOW)
    return say(replace(saying, replaces=pressed, form=form), again=NOW)


def _cancelled(session: Session) -> Answer:
    rows = ((button("b.to-campaign", "c", session.subject), button("b.home", "home")),)
    return say(Saying((Phrase("talk.cancelled"),), rows, replaces=True), again=("home",))
