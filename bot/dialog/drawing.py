"""Drawing: a dialog as a Mermaid state diagram, for those who build and review dialogs."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialog.dialog import Dialog
from bot.dialog.questions import C, Question, always, never, none


def draw(dialog: Dialog[C]) -> str:
    """The diagram as text; around a question that is only sometimes asked there are ways."""
    lines = [*_states(dialog), *_ways(dialog), *_endings(dialog)]
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in lines)]) + "\n"


def _states(dialog: Dialog[C]) -> Iterator[str]:
    for number, question in enumerate(dialog.questions):
        yield f'state "{_title(question)}" as {_place(dialog, number)}'
    toggles = "" if dialog.toggles is none else ", permissions off"
    yield f'state "review{toggles}" as review'


def _title(question: Question[C]) -> str:
    """The key and what is special about it. Keys are plain by rule: nothing in them is Mermaid."""
    marks = [
        "sometimes" if question.asked is not always else "",
        "optional" if question.optional is not never else "",
        "buttons only" if not question.words else "",
        f"clears {', '.join(question.clears)}" if question.clears else "",
    ]
    return f"{question.key} ({', '.join(filter(None, marks))})" if any(marks) else question.key


def _ways(dialog: Dialog[C]) -> Iterator[str]:
    for place in _reached(dialog, -1):
        yield f"[*] --> {place}"
    for number, question in enumerate(dialog.questions):
        here = _place(dialog, number)
        answer = "answer or skip" if question.optional is not never else "answer"
        for place in _reached(dialog, number):
            yield f"{here} --> {place} : {answer}"
            yield f"{place} --> {here} : back"
        if question.label:
            yield f"review --> {here} : change"


def _reached(dialog: Dialog[C], number: int) -> Iterator[str]:
    """The places that may follow a question: up to the first one that is asked in every case."""
    for following in range(number + 1, len(dialog.questions)):
        yield _place(dialog, following)
        if dialog.questions[following].asked is always:
            return
    yield _place(dialog, len(dialog.questions))


def _endings(dialog: Dialog[C]) -> Iterator[str]:
    places = [_place(dialog, number) for number in range(len(dialog.questions) + 1)]
    yield from (f"{place} --> cancelled : cancel" for place in places)
    yield "review --> committed : commit"
    yield from (f"{end} --> [*]" for end in ("cancelled", "committed"))


def _place(dialog: Dialog[C], number: int) -> str:
    """A name Mermaid does not know as a word of its own (a key may be "end" or "state")."""
    return f"q{number + 1}" if number < len(dialog.questions) else "review"
