"""Example dialogs and a driver whose session goes through JSON at every step, as it does in a store."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Generic

from bot.campaign.refusal import Refusal
from bot.dialog import engine
from bot.dialog.dialog import Dialog
from bot.dialog.messages import Button, Phrase, Saying
from bot.dialog.questions import C, Choice, Question, Toggle, always
from bot.dialog.session import Answer, Answers, Session

ID = "abcdefghijklmnop"
Known = tuple[str, ...]
"""The example context: the names of organisations we know."""


def one_tap(key: str) -> Callable[[Answers, object], str]:
    """The phrase key of the button that commits, whatever was answered."""
    return lambda _answers, _context: key


def ask(key: str) -> Callable[[Answers, object], tuple[Phrase, ...]]:
    return lambda _answers, _context: (Phrase(key),)


def take(words: str, _answers: Answers, _context: object) -> Answer | Refusal:
    """Any name up to 120 characters."""
    return words.strip() if len(words) <= 120 else Refusal("sign.name-long", {"limit": 120})


def _alike(answers: Answers, known: Known) -> tuple[Choice, ...]:
    typed = str(answers.get("organisation"))
    alike = [name for name in known if name[:3].casefold() == typed[:3].casefold()]
    return (*(Choice(name, name) for name in alike), Choice("", Phrase("sign.other", {"name": typed})))


def _in_doubt(answers: Answers, known: Known) -> bool:
    return "organisation" in answers and answers["organisation"] not in known


def _permissions(answers: Answers, _known: Known) -> tuple[Toggle, ...]:
    message = (Toggle("quote", "sign.may-quote"),) if answers.get("message") else ()
    return (Toggle("write", "sign.may-write"), *message)


def _review(answers: Answers, _known: Known) -> tuple[Phrase, ...]:
    return (Phrase("sign.review", {key: str(value) for key, value in sorted(answers.items())}),)


SIGN: Dialog[Known] = Dialog(
    name="sign",
    questions=(
        Question("organisation", ask("sign.which"), take, label="sign.l-organisation", clears=("which",)),
        Question("which", ask("sign.mean"), choices=_alike, words=False, asked=_in_doubt),
        Question("representative", ask("sign.who"), take, label="sign.l-representative"),
        Question("message", ask("sign.message"), take, optional=always, label="sign.l-message"),
    ),
    review=_review,
    commit=one_tap("sign.commit"),
    toggles=_permissions,
)

LANDS = ("Australia", "Indonesia", "Malaysia", "México", "Philippines", "ประเทศไทย", "မြန်မာ")


def _lands(_answers: Answers, _context: object) -> tuple[Choice, ...]:
    return tuple(Choice(land, land) for land in LANDS)


def _yes_or_no(_answers: Answers, _context: object) -> tuple[Choice, ...]:
    return (Choice("no", Phrase("person.no")), Choice("yes", Phrase("person.yes")))


def _is_yes(value: str, _answers: Answers, _context: object) -> Answer | Refusal:
    return value == "yes"


PERSON: Dialog[None] = Dialog(
    name="person",
    questions=(
        Question("land", ask("person.land"), choices=_lands, words=False, label="person.l-land"),
        Question("named", ask("person.named"), choices=_yes_or_no, pick=_is_yes, words=False),
    ),
    review=ask("person.review"),
    commit=one_tap("person.commit"),
)


def stored(session: Session) -> Session:
    """The session as it comes back from a store."""
    fields = json.loads(json.dumps(asdict(session)))
    return Session(**{**fields, "given": tuple(fields["given"])})


class Driver(Generic[C]):
    """A person in a talk, who presses by label, types, fills in forms; each session comes from a store."""

    def __init__(self, dialog: Dialog[C], context: C, answers: Answers | None = None) -> None:
        self.dialog, self.context = dialog, context
        self.take(engine.begin(dialog, ID, "person", "palestine", context, answers or {}))

    def take(self, outcome: engine.Outcome) -> Driver[C]:
        assert (outcome.saying is None) == (outcome.end is not None)
        self.outcome, self.session = outcome, stored(outcome.session)
        return self

    def do(self, move: engine.Move) -> Driver[C]:
        return self.take(engine.advance(self.dialog, self.session, move, self.context))

    def say(self, *words: str) -> Driver[C]:
        for each in words:
            self.do(engine.Words(each))
        return self

    def press(self, *labels: str) -> Driver[C]:
        for label in labels:
            route = next(
                button.route for row in self.saying.buttons for button in row if name(button) == label
            )
            move = engine.move_from(route)
            assert move is not None
            self.do(move)
        return self

    def form(self, **values: str) -> Mapping[str, Refusal]:
        outcome, refused = engine.advance_many(self.dialog, self.session, values, self.context)
        self.take(outcome)
        return refused

    @property
    def saying(self) -> Saying:
        assert self.outcome.saying is not None
        return self.outcome.saying

    @property
    def keys(self) -> list[str]:
        """The phrase keys of the card."""
        return [part.key for part in self.saying.parts if isinstance(part, Phrase)]

    @property
    def rows(self) -> list[list[str]]:
        """The labels of the card's buttons."""
        return [[name(button) for button in row] for row in self.saying.buttons]


def name(button: Button) -> str:
    """A button's inert label, or its phrase key without the room; a toggle's with its own phrase key."""
    if isinstance(button.label, str):
        return button.label
    inner = button.label.values.get("label")
    return button.label.key.removeprefix("dialog.") + (f" {inner.key}" if isinstance(inner, Phrase) else "")
