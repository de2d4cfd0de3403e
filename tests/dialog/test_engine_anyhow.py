"""Talks driven anyhow: back, skip, stale, double, huge, empty, forms, restarts; beside a small model."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.campaign.refusal import Refusal
from bot.dialog import engine
from bot.dialog.dialog import Dialog
from bot.dialog.messages import DATA_LIMIT, Button, Phrase
from bot.dialog.moves import token
from bot.dialog.questions import Choice, Question, Toggle, always
from bot.dialog.session import REVIEW, Answer, Answers
from bot.dialog.words import is_blank
from tests.dialog.examples import ID, ask, one_tap, stored

B = ("x", "y", "a value too long to be a button by itself", "ไทย", "")
D = tuple("mnopqr")
WORDS = ("no", "x", " Y ", "m", "hello", "", "  ", "\u200b", "w" * 4001, "\ud800", "</b>=1+1", "sign")


def _check(words: str, _answers: Answers, _context: None) -> Answer | Refusal:
    return Refusal("no", {}) if words == "no" else words


def _permissions(answers: Answers, _context: None) -> tuple[Toggle, ...]:
    return (Toggle("t1", "t1"), *((Toggle("t2", "t2"),) if answers.get("c") else ()))


def _choices(*values: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, Phrase(f"label.{number}")) for number, value in enumerate(values))


ANYHOW: Dialog[None] = Dialog(
    "anyhow",
    (
        Question("a", ask("a"), _check, label="l-a", clears=("b",)),
        Question("b", ask("b"), choices=lambda _a, _c: _choices(*B), words=False, label="l-b", clears=("d",)),
        Question("c", ask("c"), _check, optional=always, asked=lambda a, _c: a.get("b") == "y", label="l-c"),
        Question("d", ask("d"), _check, lambda _a, _c: _choices(*D), optional=always, label="l-d"),
        Question("e", ask("e"), _check, clears=("c",)),
    ),
    ask("review"),
    one_tap("commit"),
    _permissions,
)
CLEARS = {"a": {"b", "d"}, "b": {"d"}, "c": set[str](), "d": set[str](), "e": {"c"}}
CHOICES = {"b": B, "d": D}
OPTIONAL = {"c", "d"}
FULL = {"a": "word", "b": "y", "c": "word", "d": "m", "e": "word"}


@dataclass
class Model:
    """What must be true, in the plainest way."""

    answers: dict[str, Answer]
    given: set[str]
    on: set[str] = field(default_factory=set)
    at: str = ""
    changing: bool = False

    def asked(self) -> list[str]:
        return ["a", "b", *(["c"] if self.answers.get("b") == "y" else []), "d", "e"]

    def following(self) -> str:
        return next((key for key in self.asked() if key not in self.answers), REVIEW)

    def offered(self) -> set[str]:
        counts = "c" in self.asked() or "c" in self.given
        return {"t1", "t2"} if counts and self.answers.get("c") else {"t1"}

    def go_on(self) -> None:
        self.at, self.changing = self.following(), False
        self.on &= self.offered()

    def answer(self, key: str, answer: Answer) -> None:
        if key in self.answers and self.answers[key] != answer:
            self.answers = {k: v for k, v in self.answers.items() if k not in CLEARS[key]}
        self.answers[key] = answer
        self.given = (self.given & set(self.answers)) - {key}
        self.go_on()

    def back(self) -> None:
        steps = [key for key in self.asked() if key not in self.given] + [REVIEW]
        if self.changing:
            self.go_on()
        elif self.at in steps[1:]:
            self.at = steps[steps.index(self.at) - 1]

    def form(self, values: dict[str, str]) -> set[str]:
        good: dict[str, Answer] = {}
        wrong: set[str] = set()
        for key in "abcde":
            if key not in values or key not in self.asked():
                continue
            answer, counts = (
                (None, True) if key in OPTIONAL and is_blank(values[key]) else understood(key, values[key])
            )
            if counts:
                good[key] = answer
                self.answer(key, answer)
            else:
                wrong.add(key)
        if good:
            self.answers |= good
            self.given -= set(good)
            self.go_on()
        again = [key for key in self.asked() if key in wrong]
        if again and self.at != again[0]:
            self.at, self.changing = again[0], self.following() == REVIEW
        return wrong

    def press(self, move: engine.Press) -> None:
        """What a button of the present version does, cancel and commit excepted."""
        match move:
            case engine.Back():
                self.back()
            case engine.Skip() if self.at in OPTIONAL:
                self.answer(self.at, None)
            case engine.Keep() if self.at in self.answers:
                self.go_on()
            case engine.Pick(_, value):
                found = [each for each in CHOICES.get(self.at, ()) if token(each) == value]
                for each in found:
                    self.answer(self.at, each)
            case engine.Change(_, key) if self.at == REVIEW and key in set(self.asked()) - {"e"}:
                self.at, self.changing = key, True
            case engine.Flip(_, key) if self.at == REVIEW and key in self.offered():
                self.on ^= {key}


def understood(key: str, words: str) -> tuple[Answer, bool]:
    """The answer that words give to a question, and whether they give one."""
    if is_blank(words) or len(words) > 4000:
        return None, False
    said = unicodedata.normalize("NFKC", words).casefold().strip()
    named = [value for value in CHOICES.get(key, ()) if value.casefold() == said]
    return (named[0], True) if named else (words, key != "b" and words != "no")


def live(machine: Anyhow) -> bool:
    return not machine.over


class Anyhow(RuleBasedStateMachine):
    """One person in one talk; every button ever shown stays within reach, also after the end."""

    @initialize(
        given=st.one_of(
            st.just(FULL), st.dictionaries(st.sampled_from("abcde"), st.sampled_from([*B, "word"]))
        )
    )
    def begin(self, given: dict[str, Answer]) -> None:
        self.model = Model(dict(given), set(given))
        self.model.go_on()
        self.old: list[Button] = []
        self.commits = 0
        self.over = False
        begun = engine.begin(ANYHOW, ID, "person", "subject", None, {**given, "t1": True, "zz": "?"})
        self.session = begun.session
        self.take(begun)

    def take(self, outcome: engine.Outcome) -> None:
        assert outcome.session == self.session or outcome.session.version > self.session.version
        self.outcome, self.session = outcome, stored(outcome.session)
        self.commits += outcome.end is engine.End.COMMITTED
        self.over |= outcome.end is not None
        self.old += self.buttons()

    def buttons(self) -> list[Button]:
        saying = self.outcome.saying
        return [button for row in saying.buttons for button in row] if saying else []

    def press(self, move: engine.Move | None) -> None:
        assert move is not None
        assert not isinstance(move, engine.Words | engine.Fill | engine.Again)
        before, at, fits = self.session, self.model.at, move.version == self.session.version
        self.take(engine.advance(ANYHOW, before, move, None))
        ends = isinstance(move, engine.Cancel) or (isinstance(move, engine.Commit) and at == REVIEW)
        assert (self.outcome.end is not None) == (fits and ends)
        if fits:
            self.model.press(move)
            return
        assert self.session == before
        assert self.outcome.saying is not None
        assert self.outcome.saying.parts[0] == Phrase("dialog.stale")

    @precondition(live)
    @rule(words=st.one_of(st.sampled_from(WORDS), st.text(st.characters(exclude_categories=()), max_size=30)))
    def type_something(self, words: str) -> None:
        before, at = self.session, self.model.at
        self.take(engine.advance(ANYHOW, before, engine.Words(words), None))
        answer, counts = (None, False) if at == REVIEW else understood(at, words)
        if counts:
            self.model.answer(at, answer)
        else:
            assert self.session == before

    @precondition(live)
    @rule(number=st.integers(0, 99), twice=st.booleans())
    def press_a_button(self, number: int, twice: bool) -> None:  # noqa: FBT001
        """Mostly not the last one, which cancels, so that talks come far."""
        buttons = self.buttons()
        move = engine.move_from(
            buttons[min(number, number % max(1, len(buttons) - 1) + (number == 99))].route
        )
        self.press(move)
        if twice and live(self):
            self.press(move)

    @rule(number=st.integers(0, 9999))
    def press_an_old_button(self, number: int) -> None:
        move = engine.move_from(self.old[number % len(self.old)].route)
        if getattr(move, "version", 0) != self.session.version:
            self.press(move)

    @precondition(live)
    @rule(
        make=st.sampled_from([engine.Commit, engine.Skip, engine.Keep, engine.Back, engine.Changes]),
        ahead=st.integers(-1, 1),
    )
    def press_a_made_up_button(self, make: type[engine.Commit], ahead: int) -> None:
        self.press(make(self.session.version + ahead))

    @precondition(live)
    @rule(
        make=st.sampled_from([engine.Pick, engine.Change, engine.Flip]),
        arg=st.sampled_from([*"abcdexym", "t1", "t2"]),
    )
    def press_a_made_up_name(self, make: type[engine.Pick], arg: str) -> None:
        self.press(make(self.session.version, arg))

    @precondition(live)
    @rule(values=st.dictionaries(st.sampled_from([*"abcde", "other"]), st.sampled_from(WORDS)))
    def send_a_form(self, values: dict[str, str]) -> None:
        outcome, refused = engine.advance_many(ANYHOW, self.session, values, None)
        self.take(outcome)
        assert set(refused) == self.model.form(values)

    @precondition(live)
    @rule()
    def restart(self) -> None:
        shown = engine.show(ANYHOW, self.session, None)
        before = self.session
        self.take(engine.advance(ANYHOW, before, engine.Again(), None))
        assert self.outcome.saying == shown
        assert self.session == before

    @invariant()
    def nobody_is_left_without_a_card(self) -> None:
        assert (self.outcome.saying is None) == (self.outcome.end is not None)
        if self.outcome.saying is not None:
            shown = [part.key for part in self.outcome.saying.parts if isinstance(part, Phrase)]
            assert shown[-1] in {self.model.at, "dialog.change-what"}

    @invariant()
    def nothing_is_lost_and_nothing_is_made_up(self) -> None:
        model, end = self.model, self.outcome.end
        on = dict.fromkeys(model.on, True)
        if end is engine.End.COMMITTED:
            counting = {k: v for k, v in model.answers.items() if k in model.asked() or k in model.given}
            assert self.session.answers == {**counting, **dict.fromkeys(model.offered(), False), **on}
        elif end is None and self.commits == 0:
            told = {key: value for key, value in self.session.answers.items() if value is not False}
            assert told == {**model.answers, **on}
            assert (self.session.at, self.session.changing) == (model.at, model.changing)
            assert set(self.session.given) == model.given

    @invariant()
    def a_talk_commits_at_most_once(self) -> None:
        assert self.commits <= 1

    @invariant()
    def buttons_keep_the_rules(self) -> None:
        saying = self.outcome.saying
        if saying is None:
            return
        *rows, last = saying.buttons
        assert [button.label for button in last][-1] == Phrase("dialog.cancel")
        assert saying.picker == (sum(map(len, rows)) > 5)
        for button in self.buttons():
            packed = "/".join(button.route)
            assert len(packed.encode()) <= DATA_LIMIT
            assert engine.move_from(tuple(packed.split("/"))) is not None


TestAnyhow = Anyhow.TestCase
TestAnyhow.settings = settings(max_examples=300, stateful_step_count=40, deadline=None)
