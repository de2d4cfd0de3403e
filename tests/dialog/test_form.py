"""Forms: which questions stand in one, and what a sent form does to a talk."""

from __future__ import annotations

import pytest

from bot.dialog import engine
from bot.dialog.dialog import Dialog
from bot.dialog.messages import Form
from bot.dialog.questions import Choice, Question, always
from tests.dialog.examples import SIGN, ask, one_tap, take

NAMED: Question[None] = Question(
    "showing",
    ask("p.showing"),
    choices=lambda _answers, _context: (Choice("no", "No"), Choice("yes", "Yes")),
    words=False,
    label="p.l-showing",
)
PERSON: Dialog[None] = Dialog(
    "person",
    (
        NAMED,
        Question(
            "name", ask("p.name"), take, asked=lambda a, _c: a.get("showing") == "yes", label="p.l-name"
        ),
        Question("land", ask("p.land"), take, optional=always, label="p.l-land"),
    ),
    ask("p.review"),
    one_tap("p.commit"),
    title="p.form",
    forms=(("name", "land", "showing"),),
)


def _form(outcome: engine.Outcome) -> Form:
    assert outcome.saying is not None
    assert outcome.saying.form is not None
    return outcome.saying.form


def _begun() -> engine.Outcome:
    return engine.begin(PERSON, "abcdefghijklmnop", "p1", "x", None)


def test_a_form_holds_the_questions_of_its_dialog_and_one_that_a_choice_in_it_may_ask() -> None:
    form = _form(_begun())
    assert [(field.key, field.required, field.words) for field in form.fields] == [
        ("name", False, True),
        ("land", False, True),
        ("showing", True, False),
    ]
    assert form.fields[2].options == (("no", "No"), ("yes", "Yes"))
    assert engine.move_from(form.route, {"name": "A"}) == engine.Fill(1, {"name": "A"})


def test_what_is_not_asked_is_not_kept() -> None:
    begun = _begun()
    sent = engine.Fill(begun.session.version, {"name": "A", "land": "", "showing": "no"})
    after = engine.advance(PERSON, begun.session, sent, None)
    assert after.session.at == "review"
    assert after.session.answers == {"land": None, "showing": "no"}


def test_a_wrong_field_is_asked_again_and_the_good_ones_stay() -> None:
    begun = _begun()
    sent = engine.Fill(begun.session.version, {"name": "x" * 200, "land": "Ghana", "showing": "yes"})
    after = engine.advance(PERSON, begun.session, sent, None)
    assert after.session.at == "name"
    assert after.session.answers == {"land": "Ghana", "showing": "yes"}
    form = _form(after)
    assert [(field.key, field.required) for field in form.fields] == [("name", True)]


def test_a_form_sent_twice_changes_nothing_the_second_time() -> None:
    begun = _begun()
    sent = engine.Fill(begun.session.version, {"land": "Ghana", "showing": "no"})
    after = engine.advance(PERSON, begun.session, sent, None)
    again = engine.advance(PERSON, after.session, sent, None)
    assert again.session == after.session
    assert again.saying is not None
    assert again.saying.parts[0] == engine.STALE


def test_a_question_outside_every_form_has_one_of_its_own_and_one_without_label_none() -> None:
    begun = engine.begin(SIGN, "abcdefghijklmnop", "p1", "x", ("Alpha",))
    assert [field.key for field in _form(begun).fields] == ["organisation"]
    doubt = engine.advance(SIGN, begun.session, engine.Words("Alp"), ("Alpha",))
    assert doubt.session.at == "which"
    assert doubt.saying is not None
    assert doubt.saying.form is None


def test_a_change_asks_one_field_with_what_stands_there_and_going_back_opens_nothing() -> None:
    begun = _begun()
    sent = engine.Fill(begun.session.version, {"land": "Ghana", "showing": "no"})
    review = engine.advance(PERSON, begun.session, sent, None)
    change = engine.advance(PERSON, review.session, engine.Change(review.session.version, "land"), None)
    assert [(field.key, field.value) for field in _form(change).fields] == [("land", "Ghana")]
    assert _form(change).at_once
    back = engine.advance(PERSON, review.session, engine.Back(review.session.version), None)
    assert not _form(back).at_once


def test_a_form_of_unknown_or_too_many_questions_is_refused_when_the_dialog_is_built() -> None:
    with pytest.raises(ValueError, match="'nothing' is no question with a label"):
        Dialog("d", (NAMED,), ask("r"), one_tap("c"), forms=(("nothing",),))
    with pytest.raises(ValueError, match="more than 5 fields"):
        Dialog("d", (NAMED,), ask("r"), one_tap("c"), forms=(("showing",) * 6,))
