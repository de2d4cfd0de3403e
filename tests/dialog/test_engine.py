"""How talks move, on two example dialogs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialog import engine
from bot.dialog.dialog import Dialog
from bot.dialog.messages import Phrase
from bot.dialog.questions import Choice, Question, Toggle
from bot.dialog.session import REVIEW
from tests.dialog.examples import PERSON, SIGN, Driver, Known, ask, one_tap, take

KNOWN: Known = ("DinDeng", "Dinosaur", "Socialist Alliance")


def signing(**answers: str) -> Driver[Known]:
    return Driver(SIGN, KNOWN, answers)


def at_review() -> Driver[Known]:
    return signing().say("DinDeng", "Ana, secretary", "Hello")


def test_from_the_first_question_to_the_one_tap_that_commits() -> None:
    talk = signing()
    assert talk.keys == ["dialog.progress", "sign.which"]
    assert talk.rows == [["cancel"]]
    talk.say("dindaeng")
    assert talk.rows == [["DinDeng"], ["Dinosaur"], ["sign.other"], ["back", "cancel"]]
    talk.press("DinDeng").say("Ana, secretary")
    assert talk.rows == [["skip"], ["back", "cancel"]]
    talk.press("skip")
    assert talk.session.at == REVIEW
    assert talk.keys == ["sign.review"]
    assert talk.rows == [["sign.commit", "change"], ["toggle-off sign.may-write"], ["back", "cancel"]]
    talk.press("sign.commit")
    assert talk.outcome.end is engine.End.COMMITTED
    assert talk.session.answers == {
        "organisation": "dindaeng",
        "which": "DinDeng",
        "representative": "Ana, secretary",
        "message": None,
        "write": False,
    }


def test_steps_are_counted_as_they_are_asked_but_not_what_only_settles_the_one_before() -> None:
    talk = signing()
    first = Phrase("dialog.progress", {"step": 1, "steps": 3})
    assert talk.saying.parts[0] == first
    talk.say("dindaeng")
    assert talk.keys[-1] == "sign.mean"
    assert talk.saying.parts[0] == first
    talk.press("DinDeng")
    assert talk.saying.parts[0] == Phrase("dialog.progress", {"step": 2, "steps": 3})


def test_what_was_given_before_is_not_asked_and_is_no_step() -> None:
    talk = signing(organisation="DinDeng", message="Hi", unknown="x", write="yes")
    assert talk.session.answers == {"organisation": "DinDeng", "message": "Hi"}
    assert talk.keys == ["sign.who"]
    assert talk.rows == [["cancel"]]
    talk.do(engine.Back(talk.session.version))
    assert talk.keys == ["dialog.first", "sign.who"]
    assert talk.say("Ana").session.at == REVIEW


def test_everything_given_leads_to_the_review_and_each_answer_can_be_changed_there() -> None:
    talk = signing(organisation="DinDeng", representative="Ana", message="Hi")
    assert talk.rows[-1] == ["cancel"]
    talk.press("change", "sign.l-representative").say("Ben")
    assert talk.session.at == REVIEW
    assert talk.session.answers["representative"] == "Ben"
    assert talk.session.given == ("organisation", "message")


def test_a_given_answer_stands_though_its_question_is_not_asked() -> None:
    talk = signing(organisation="DinDeng", which="DinDeng", representative="Ana", message="Hi")
    assert talk.press("sign.commit").session.answers["which"] == "DinDeng"


def test_back_leads_over_questions_that_are_not_asked_and_keeps_every_answer() -> None:
    talk = signing().say("DinDeng", "Ana").press("back")
    assert talk.session.at == "representative"
    assert talk.rows == [["keep"], ["back", "cancel"]]
    talk.press("back")
    assert talk.keys == ["dialog.progress", "sign.which"]
    assert talk.press("keep").session.at == "message"
    assert talk.session.answers == {"organisation": "DinDeng", "representative": "Ana"}


def test_back_from_the_review_is_the_last_question() -> None:
    talk = at_review().press("back")
    assert talk.session.at == "message"
    assert talk.rows == [["keep", "skip"], ["back", "cancel"]]
    assert talk.press("keep").session.at == REVIEW


def test_a_change_asks_one_question_and_returns_to_the_review() -> None:
    talk = at_review().press("change")
    assert talk.keys == ["dialog.change-what"]
    assert talk.rows == [
        ["sign.l-organisation", "sign.l-representative"],
        ["sign.l-message"],
        ["back", "cancel"],
    ]
    talk.press("sign.l-message")
    assert talk.keys == ["sign.message"]
    assert talk.rows == [["skip"], ["back", "cancel"]]
    assert talk.press("skip").session.at == REVIEW
    assert talk.session.answers["message"] is None


def test_back_out_of_a_change_keeps_the_answer() -> None:
    talk = at_review()
    assert talk.press("change", "back").keys == ["sign.review"]
    assert talk.press("change", "sign.l-message", "back").keys == ["sign.review"]
    assert talk.session.answers["message"] == "Hello"
    assert not talk.session.changing


def test_a_change_asks_again_what_it_clears_and_what_it_opens() -> None:
    talk = signing().say("dindaeng", "DinDeng", "Ana", "Hello").press("change", "sign.l-organisation")
    talk.say("dinosauria")
    assert talk.session.at == "which"
    assert "which" not in talk.session.answers
    assert talk.session.answers["representative"] == "Ana"
    assert talk.press("Dinosaur").session.at == REVIEW


def test_an_unchanged_answer_clears_nothing() -> None:
    talk = signing().say("dindaeng", "DinDeng", "Ana", "Hello")
    talk.press("change", "sign.l-organisation").say("dindaeng")
    assert talk.session.at == REVIEW
    assert talk.session.answers["which"] == "DinDeng"


def test_an_answer_whose_question_is_no_longer_asked_is_kept_but_not_committed() -> None:
    alone = replace(SIGN.questions[0], clears=())
    dialog = replace(SIGN, questions=(alone, *SIGN.questions[1:]))
    talk = Driver(dialog, KNOWN).say("dindaeng", "DinDeng", "Ana", "Hi")
    talk.press("change", "sign.l-organisation").say("Socialist Alliance")
    assert talk.session.answers["which"] == "DinDeng"
    assert talk.session.at == REVIEW
    assert "which" not in talk.press("sign.commit").session.answers


@pytest.mark.parametrize("words", ["yes", "ok", "sign.commit", "Sign and publish", "g", "/s"])
def test_words_never_commit(words: str) -> None:
    talk = at_review()
    before = talk.session
    assert talk.say(words).keys == ["dialog.use-buttons", "sign.review"]
    assert talk.session == before


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("", "dialog.empty"),
        (" \n\t", "dialog.empty"),
        ("\u200b\u2060\u00ad\u3164\u2800", "dialog.empty"),
        ("\u0301\u0301", "dialog.empty"),
        ("\ud800", "dialog.empty"),
        ("n" * 4001, "dialog.too-long"),
        ("n" * 121, "sign.name-long"),
    ],
)
def test_a_refusal_says_what_to_do_and_loses_nothing(words: str, note: str) -> None:
    talk = signing().say("DinDeng")
    before = talk.session
    assert talk.say(words).keys == [note, "dialog.progress", "sign.who"]
    assert talk.session == before


@pytest.mark.parametrize("words", ["DinDeng", " dindeng ", "ＤＩＮＤＥＮＧ"])
def test_typing_the_name_of_a_choice_picks_it(words: str) -> None:
    assert signing().say("dindaeng", words).session.answers["which"] == "DinDeng"


def test_other_words_than_choices_are_not_taken_where_only_buttons_count() -> None:
    talk = signing().say("dindaeng", "something else")
    assert talk.keys == ["dialog.use-buttons", "dialog.progress", "sign.mean"]


def test_a_check_is_not_asked_where_only_buttons_count() -> None:
    question: Question[None] = Question("a", ask("a"), take, lambda _a, _c: (Choice("x", "X"),), words=False)
    talk = Driver(Dialog("talk", (question,), ask("r"), lambda _a, _c: "commit"), None)
    assert talk.say("y").keys == ["dialog.use-buttons", "a"]
    assert talk.say("x").session.at == REVIEW


def test_a_field_of_a_question_that_is_not_asked_is_passed_over() -> None:
    talk = signing().say("DinDeng")
    assert talk.form(which="Dinosaur", representative="").keys() == {"representative"}
    assert "which" not in talk.session.answers


def test_a_wrong_field_before_the_review_does_not_count_as_a_change() -> None:
    talk = signing().say("DinDeng")
    talk.form(organisation="n" * 121)
    assert talk.session.at == "organisation"
    assert talk.rows == [["keep"], ["cancel"]]


def test_words_that_two_choices_share_pick_neither() -> None:
    talk = Driver(SIGN, ("DinA", "dina"), {}).say("Dino", "DINA")
    assert talk.session.at == "which"


def test_a_choice_may_be_stored_as_something_else() -> None:
    talk = Driver(PERSON, None).say("MÉXICO").say("YES")
    assert talk.session.answers == {"land": "México", "named": True}


def test_many_choices_are_a_picker_and_long_values_fit_into_buttons() -> None:
    talk = Driver(PERSON, None)
    assert talk.saying.picker
    assert talk.press("ประเทศไทย").session.answers == {"land": "ประเทศไทย"}


def test_a_double_click_changes_nothing() -> None:
    talk = signing().say("dindaeng")
    button = talk.saying.buttons[0][0]
    move = engine.move_from(button.route)
    assert move is not None
    once = talk.do(move).session
    assert talk.do(move).keys == ["dialog.stale", "dialog.progress", "sign.who"]
    assert talk.session == once


@pytest.mark.parametrize(
    "make", [engine.Commit, engine.Cancel, engine.Back, engine.Skip, engine.Changes, engine.Keep]
)
@pytest.mark.parametrize("version", [1, 3, 5, 999])
def test_a_button_of_another_version_changes_nothing(make: type[engine.Commit], version: int) -> None:
    talk = at_review()
    before = talk.session
    assert before.version == 4
    assert talk.do(make(version)).keys == ["dialog.stale", "sign.review"]
    assert talk.session == before


@pytest.mark.parametrize(
    "move",
    [engine.Commit(2), engine.Changes(2), engine.Change(2, "organisation"), engine.Skip(2), engine.Keep(2)],
)
def test_a_button_that_does_not_belong_here_changes_nothing(move: engine.Move) -> None:
    talk = signing().say("DinDeng")
    before = talk.session
    assert talk.do(move).keys == ["dialog.stale", "dialog.progress", "sign.who"]
    assert talk.session == before


@pytest.mark.parametrize(
    "move", [engine.Pick(4, "x"), engine.Flip(4, "nothing"), engine.Change(4, "which"), engine.Skip(4)]
)
def test_a_made_up_button_on_the_review_changes_nothing(move: engine.Move) -> None:
    talk = at_review()
    before = talk.session
    assert talk.do(move).keys == ["dialog.stale", "sign.review"]
    assert talk.session == before


def test_the_card_after_a_press_replaces_and_after_words_does_not() -> None:
    talk = signing()
    assert not talk.say("dindaeng").saying.replaces
    assert talk.press("DinDeng").saying.replaces
    assert not talk.do(engine.Again()).saying.replaces


def test_a_permission_is_off_until_pressed_and_goes_when_it_is_not_offered() -> None:
    talk = at_review()
    talk.press("toggle-off sign.may-quote", "toggle-off sign.may-write", "toggle-on sign.may-write")
    assert talk.session.answers["quote"] is True
    talk.press("change", "sign.l-message", "skip")
    assert "quote" not in talk.session.answers
    talk.press("change", "sign.l-message").say("Hello again")
    assert "toggle-off sign.may-quote" in [label for row in talk.rows for label in row]
    committed = talk.press("sign.commit").session.answers
    assert (committed["quote"], committed["write"]) == (False, False)


def test_a_permission_named_like_a_question_is_a_fault_of_the_dialog() -> None:
    dialog = Dialog(
        "d", (Question("a", ask("a"), take),), ask("r"), one_tap("c"), lambda _a, _c: (Toggle("a", "t"),)
    )
    with pytest.raises(ValueError, match="toggle"):
        Driver(dialog, None).say("x")


def test_cancel_ends_at_every_place() -> None:
    for talk in (signing(), signing().say("dindaeng"), at_review(), at_review().press("change")):
        assert talk.press("cancel").outcome.end is engine.End.CANCELLED


def test_nothing_of_an_ended_talk_commits_again() -> None:
    talk = at_review()
    commit = engine.Commit(talk.session.version)
    assert talk.do(commit).outcome.end is engine.End.COMMITTED
    assert talk.do(commit).outcome.end is None


def test_a_talk_survives_a_new_program_that_asks_other_things() -> None:
    old = signing().say("DinDeng", "Ana").session
    fewer = replace(SIGN, questions=SIGN.questions[:3])
    talk = Driver(fewer, KNOWN)
    talk.session = old
    assert engine.show(fewer, old, KNOWN).parts == (
        Phrase("sign.review", {"organisation": "DinDeng", "representative": "Ana", "write": "False"}),
    )
    assert talk.say("words meant for the question that is gone").keys == ["dialog.stale", "sign.review"]
    assert talk.press("sign.commit").outcome.end is engine.End.COMMITTED


def test_a_talk_that_a_new_program_moved_can_be_cancelled_from_its_old_card() -> None:
    talk = signing().say("DinDeng", "Ana")
    talk.dialog = replace(SIGN, questions=SIGN.questions[:3])
    before = talk.session
    assert talk.do(engine.Cancel(1)).keys == ["dialog.stale", "sign.review"]
    assert talk.press("cancel").outcome.end is engine.End.CANCELLED
    talk.session = before
    assert talk.do(engine.Cancel(before.version)).outcome.end is engine.End.CANCELLED


def test_a_review_with_a_new_question_asks_it_before_it_commits() -> None:
    talk = at_review()
    old_commit = engine.Commit(talk.session.version)
    talk.dialog = replace(SIGN, questions=(*SIGN.questions, Question("city", ask("sign.city"), take)))
    assert talk.do(old_commit).keys == ["dialog.stale", "dialog.progress", "sign.city"]
    assert talk.say("Dili").session.at == REVIEW


def test_the_buttons_of_a_shown_card_fit_the_session_as_stored() -> None:
    talk = at_review()
    talk.dialog = replace(SIGN, questions=SIGN.questions[:3])
    saying = engine.show(talk.dialog, replace(talk.session, at="message"), KNOWN)
    move = engine.move_from(saying.buttons[0][0].route)
    assert move is not None
    outcome = engine.advance(talk.dialog, replace(talk.session, at="message"), move, KNOWN)
    assert outcome.end is engine.End.COMMITTED


def test_a_choice_is_found_again_when_the_choices_changed_in_between() -> None:
    talk = signing().say("dindaeng")
    move = engine.move_from(talk.saying.buttons[1][0].route)
    assert move is not None
    talk.context = ("Din Nova", *KNOWN)
    assert talk.do(move).session.answers["which"] == "Dinosaur"
    talk = signing().say("dindaeng")
    talk.context = ("DinDeng",)
    assert talk.do(move).keys == ["dialog.stale", "dialog.progress", "sign.mean"]


def test_a_form_answers_several_questions_at_once() -> None:
    talk = signing()
    assert talk.form(organisation="DinDeng", representative="Ana", message="  ", nothing="x") == {}
    assert talk.session.at == REVIEW
    assert talk.session.answers == {"organisation": "DinDeng", "representative": "Ana", "message": None}
    assert not talk.saying.replaces


def test_a_wrong_field_keeps_the_good_ones_and_is_asked_again() -> None:
    talk = signing()
    refused = talk.form(organisation="n" * 121, representative="", message="Hi")
    assert {key: refusal.phrase for key, refusal in refused.items()} == {
        "organisation": "sign.name-long",
        "representative": "dialog.empty",
    }
    assert talk.keys == ["sign.name-long", "dialog.progress", "sign.which"]
    assert talk.session.answers == {"message": "Hi"}
    assert talk.form(organisation="DinDeng", representative="Ana") == {}
    assert talk.session.at == REVIEW


def test_a_wrong_field_at_the_review_asks_one_question_and_returns() -> None:
    talk = at_review()
    talk.form(representative="n" * 121)
    assert talk.keys == ["sign.name-long", "sign.who"]
    assert talk.session.answers["representative"] == "Ana, secretary"
    assert talk.press("back").session.at == REVIEW


def test_a_form_may_answer_what_another_field_opens_and_clears() -> None:
    talk = signing()
    assert talk.form(organisation="dindaeng", which="Dinosaur", representative="Ana") == {}
    assert talk.form(organisation="dino", which="DinDeng", message="Hi") == {}
    assert talk.session.answers["which"] == "DinDeng"
    backwards = replace(
        SIGN,
        questions=(
            *SIGN.questions[:2],
            replace(SIGN.questions[2], clears=("organisation",)),
            SIGN.questions[3],
        ),
    )
    talk = Driver(backwards, KNOWN).say("DinDeng", "Ana")
    assert talk.form(organisation="Dinosaur", representative="Ben") == {}
    assert talk.session.answers["organisation"] == "Dinosaur"


def test_a_form_with_nothing_in_it_changes_nothing() -> None:
    talk = signing().say("DinDeng")
    before = talk.session
    assert talk.form() == {}
    assert talk.session == before
    assert talk.keys == ["dialog.progress", "sign.who"]
