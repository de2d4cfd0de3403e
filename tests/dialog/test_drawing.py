"""Drawings of dialogs."""

from __future__ import annotations

from dataclasses import replace

from bot.dialog.dialog import Dialog
from bot.dialog.drawing import draw
from bot.dialog.questions import Question
from tests.dialog.examples import SIGN, ask, one_tap, take

DRAWN = """\
stateDiagram-v2
    state "organisation (clears which)" as q1
    state "which (sometimes, buttons only)" as q2
    state "representative" as q3
    state "message (optional)" as q4
    state "review, permissions off" as review
    [*] --> q1
    q1 --> q2 : answer
    q2 --> q1 : back
    q1 --> q3 : answer
    q3 --> q1 : back
    review --> q1 : change
    q2 --> q3 : answer
    q3 --> q2 : back
    q3 --> q4 : answer
    q4 --> q3 : back
    review --> q3 : change
    q4 --> review : answer or skip
    review --> q4 : back
    review --> q4 : change
    q1 --> cancelled : cancel
    q2 --> cancelled : cancel
    q3 --> cancelled : cancel
    q4 --> cancelled : cancel
    review --> cancelled : cancel
    review --> committed : commit
    cancelled --> [*]
    committed --> [*]
"""


def test_a_dialog_is_drawn_with_every_way_through_it() -> None:
    assert draw(SIGN) == DRAWN
    assert draw(SIGN) == draw(replace(SIGN))


def test_a_dialog_whose_questions_are_all_asked_sometimes_may_begin_at_the_review() -> None:
    questions: tuple[Question[None], ...] = (Question("a", ask("a"), take, asked=lambda _a, _c: False),)
    drawn = draw(Dialog("talk", questions, ask("r"), one_tap("c")))
    assert "[*] --> q1\n    [*] --> review\n" in drawn


def test_keys_that_mermaid_knows_are_only_labels() -> None:
    questions: tuple[Question[None], ...] = (
        Question("end", ask("a"), take),
        Question("state", ask("a"), take),
    )
    assert "q1 --> q2 : answer" in draw(Dialog("note", questions, ask("r"), one_tap("c")))
