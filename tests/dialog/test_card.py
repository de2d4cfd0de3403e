"""The order and number of buttons on cards."""

from __future__ import annotations

import pytest

from bot.dialog.dialog import Dialog
from bot.dialog.messages import Phrase
from bot.dialog.questions import Choice, Question
from bot.dialog.session import REVIEW
from tests.dialog.examples import Driver, ask, one_tap, take


def asking(*labels: str | Phrase, optional: bool = False) -> Driver[None]:
    choices = tuple(Choice(str(number), label) for number, label in enumerate(labels))
    question: Question[None] = Question(
        "a", ask("a"), take, lambda _a, _c: choices, optional=lambda _a, _c: optional
    )
    return Driver(Dialog("talk", (question,), ask("review"), one_tap("commit")), None)


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["x" * 24, "y"], [["x" * 24, "y"]]),
        (["x" * 25, "y"], [["x" * 25], ["y"]]),
        (["e\u0301" * 24, "y"], [["e\u0301" * 24, "y"]]),
        (["👩🏾‍🌾" * 24, "y"], [["👩🏾‍🌾" * 24, "y"]]),
        (["a", "b", "c"], [["a", "b"], ["c"]]),
        ([Phrase("yes"), Phrase("no")], [["yes", "no"]]),
        ([Phrase("other", {"name": "x"}), "y"], [["other"], ["y"]]),
    ],
)
def test_labels_stand_beside_each_other_while_they_are_short(
    labels: list[str | Phrase], rows: list[list[str]]
) -> None:
    assert asking(*labels).rows == [*rows, ["cancel"]]


@pytest.mark.parametrize(
    ("count", "optional", "picker"), [(5, False, False), (6, False, True), (4, True, False), (5, True, True)]
)
def test_more_than_five_buttons_make_a_picker(count: int, optional: bool, picker: bool) -> None:  # noqa: FBT001
    assert asking(*"abcdef"[:count], optional=optional).saying.picker is picker


def test_one_question_alone_shows_no_steps() -> None:
    assert asking("x").keys == ["a"]


def test_nothing_to_change_and_one_thing_to_change_need_no_choice_of_it() -> None:
    def build(*labels: str) -> Driver[None]:
        questions: tuple[Question[None], ...] = tuple(
            Question(f"q{number}", ask("q"), take, label=label) for number, label in enumerate(labels)
        )
        return Driver(Dialog("talk", questions, ask("review"), one_tap("commit")), None).say(
            *("x" for _ in labels)
        )

    assert build("").rows == [["commit"], ["back", "cancel"]]
    one = build("l-one", "")
    assert one.press("change").session.at == "q0"
    assert one.say("y").session.at == REVIEW
    assert build("l-one", "l-two").press("change").rows == [["l-one", "l-two"], ["back", "cancel"]]
