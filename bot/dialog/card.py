"""Cards: what a talk shows at each place, and the order of its buttons (GOLDEN-DIALOGS, chapter 0)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from bot.dialog.form import form
from bot.dialog.messages import Button, Phrase, Saying
from bot.dialog.moves import Back, Cancel, Change, Changes, Commit, Flip, Keep, Pick, Press, Skip, route_of
from bot.dialog.questions import C, Parts, Question
from bot.dialog.session import Session
from bot.dialog.standing import Standing

Row = tuple[Button, ...]

BUTTONS = 5
"""More buttons than these, the last row not counted, make a card a picker."""

BESIDE = 24
"""Graphemes of a label that may stand beside another."""


def card(talk: Standing[C], note: Phrase | None = None) -> Saying:
    """The card of the place where the talk stands; ``note`` comes first."""
    question = talk.question
    notes = () if note is None else (note,)
    return _review(talk, notes) if question is None else _question(talk, question, notes)


def changes(talk: Standing[C]) -> Saying:
    """The choice of which answer to change."""
    session = talk.session
    buttons = [_press(session, q.label, Change(session.version, q.key)) for q in talk.changeable]
    last = (_press(session, "dialog.back", Keep(session.version)), _cancel(session))
    return _saying((Phrase("dialog.change-what"),), [*_two_by_two(buttons), last])


def _question(talk: Standing[C], question: Question[C], notes: Parts) -> Saying:
    answers, context, session = talk.answers, talk.context, talk.session
    picks = [
        Button(choice.label, route_of(session, Pick(session.version, choice.value)))
        for choice in question.choices(answers, context)
    ]
    parts = (*notes, *_progress(talk), *question.prompt(answers, context))
    rows = [*_two_by_two(picks), *_way_on(talk, question), _last_row(talk)]
    return replace(_saying(parts, rows), form=form(talk))


def _progress(talk: Standing[C]) -> tuple[Phrase, ...]:
    """How far the talk is; a question that only settles the answer before it is no step of its own."""
    steps, at = talk.steps, talk.session.at
    if at not in steps or talk.session.changing:
        return ()
    known = {question.key for question in talk.changeable}
    own = [key for key in steps if key in known]
    step = len([key for key in own if steps.index(key) <= steps.index(at)])
    return (Phrase("dialog.progress", {"step": max(step, 1), "steps": len(own)}),) if len(own) > 1 else ()


def _way_on(talk: Standing[C], question: Question[C]) -> list[Row]:
    session = talk.session
    row = []
    if question.key in session.answers and not session.changing:
        row.append(_press(session, "dialog.keep", Keep(session.version)))
    if question.optional(talk.answers, talk.context):
        row.append(_press(session, "dialog.skip", Skip(session.version)))
    return [tuple(row)] if row else []


def _review(talk: Standing[C], notes: Parts) -> Saying:
    session, permissions = talk.session, talk.permissions
    parts = (*notes, *talk.dialog.review({**talk.answers, **permissions}, talk.context))
    toggles = [
        (
            _press(
                session,
                _box(permissions[each.key]),
                Flip(session.version, each.key),
                label=Phrase(each.label),
            ),
        )
        for each in talk.toggles
    ]
    commit = _press(session, talk.dialog.commit(talk.answers, talk.context), Commit(session.version))
    rows = [(commit, *_change(talk)), *toggles, _last_row(talk)]
    return Saying(parts, tuple(rows))


def _box(given: bool) -> str:  # noqa: FBT001  (it is the whole question)
    return "dialog.toggle-on" if given else "dialog.toggle-off"


def _change(talk: Standing[C]) -> Row:
    session, questions = talk.session, talk.changeable
    if not questions:
        return ()
    only = len(questions) == 1
    move = Change(session.version, questions[0].key) if only else Changes(session.version)
    return (_press(session, "dialog.change", move),)


def _last_row(talk: Standing[C]) -> Row:
    session = talk.session
    back = (_press(session, "dialog.back", Back(session.version)),) if talk.before else ()
    return (*back, _cancel(session))


def _cancel(session: Session) -> Button:
    return _press(session, "dialog.cancel", Cancel(session.version))


def _press(session: Session, key: str, move: Press, **values: Phrase) -> Button:
    return Button(Phrase(key, values), route_of(session, move))


def _two_by_two(buttons: Sequence[Button]) -> list[Row]:
    width = 1 if any(_is_wide(button.label) for button in buttons) else 2
    return [tuple(buttons[i : i + width]) for i in range(0, len(buttons), width)]


def _is_wide(label: Phrase | str) -> bool:
    """Phrases alone are short by rule; with values nobody knows here how long they become."""
    if isinstance(label, Phrase):
        return bool(label.values)
    return len(regex.findall(r"\X", label)) > BESIDE


def _saying(parts: Parts, rows: Sequence[Row]) -> Saying:
    count = sum(len(row) for row in rows[:-1])
    return Saying(parts, tuple(rows), picker=count > BUTTONS)
