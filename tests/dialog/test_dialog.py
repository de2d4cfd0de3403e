"""Malformed dialogs are refused when they are built."""

from __future__ import annotations

import pytest

from bot.dialog.dialog import Dialog
from bot.dialog.questions import Question
from bot.dialog.session import REVIEW
from tests.dialog.examples import PERSON, SIGN, ask, one_tap, take


def question(key: str, *clears: str) -> Question[None]:
    return Question(key, ask(key), take, clears=clears)


def build(*questions: Question[None], name: str = "talk") -> Dialog[None]:
    return Dialog(name, questions, ask("review"), one_tap("talk.commit"))


@pytest.mark.parametrize(
    ("questions", "fault"),
    [
        ([], "asks nothing"),
        ([question("a"), question("b"), question("a")], "two questions have the key 'a'"),
        ([question("a", "b")], "unknown key 'b' is cleared"),
        ([question("a", "a")], "'a' clears itself"),
        ([question(REVIEW)], "name of the last card"),
        ([question("")], "not short and plain"),
        ([question("Größe")], "not short and plain"),
        ([question("a/b")], "not short and plain"),
        ([question("a" * 25)], "not short and plain"),
        ([Question("a", ask("a"), take, words=False)], "nobody could answer"),
        ([Question("a", ask("a"))], "checks none"),
    ],
)
def test_a_malformed_dialog_is_refused(questions: list[Question[None]], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        build(*questions)


def test_a_dialog_needs_a_plain_name() -> None:
    with pytest.raises(ValueError, match="name"):
        build(question("a"), name="Sign here")


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(ValueError, match=r"unknown key 'x'.*'B' is not short.*clears itself"):
        build(question("a", "x"), question("B"), question("c", "c"))


def test_what_is_void_follows_from_what_is_void() -> None:
    dialog = build(question("a", "b"), question("b", "c"), question("c"), question("d", "a"))
    assert dialog.voided_by("a") == {"b", "c"}
    assert dialog.voided_by("d") == {"a", "b", "c"}
    assert dialog.voided_by("c") == frozenset()


def test_two_questions_may_clear_each_other() -> None:
    dialog = build(question("a", "b"), question("b", "a"))
    assert dialog.voided_by("a") == {"b"}
    assert dialog.voided_by("b") == {"a"}


def test_a_question_is_found_by_its_key() -> None:
    assert SIGN.question("which") is SIGN.questions[1]
    assert PERSON.question("which") is None
