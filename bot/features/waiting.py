"""A talk that waits for one thing: some words, or a file. It has no review; what came is used at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.campaign.refusal import Refusal
from bot.dialog.dialog import Dialog
from bot.dialog.engine import Fill, Move, Words
from bot.dialog.messages import Route
from bot.dialog.questions import Parts, Question
from bot.dialog.session import Answers, Session
from bot.features import talks
from bot.features.feature import Answer, Ask, Scene, Talk

WORDS = "words"
LONGEST = 10_000
"""Characters of words: no platform lets more be written at once."""


def nothing_wrong(_ask: Ask, _subject: str, _words: str) -> None:
    """Whatever is written is taken."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is waited for. ``prompt`` asks for it, ``take`` uses the words, ``file`` what a file holds.

    All see the subject of the talk. ``check`` may refuse words, and the talk goes on waiting; ``stands`` says
    whether the subject still exists; ``left`` is where [Cancel] leads. ``label`` names the field of a form;
    ``captions`` says that words beside a photo or a file are taken.
    """

    name: str
    prompt: Callable[[Ask, str], Parts]
    take: Callable[[Ask, str, str], Answer]
    stands: Callable[[Ask, str], bool]
    left: Callable[[Ask, str], Answer]
    check: Callable[[Ask, str, str], Refusal | None] = nothing_wrong
    file: Callable[[Ask, str], Answer] | None = None
    label: str = "waiting.label"
    captions: bool = False


def talk_of(waiting: Waiting) -> Talk:
    """The talk that waits, for ``Feature.talks``; ``wait`` begins it."""

    def check(words: str, _answers: Answers, scene: Scene) -> str | Refusal:
        return waiting.check(scene.ask, scene.subject, words) or words

    def instead(ask: Ask, session: Session, move: Move) -> Answer | None:
        words = _words(move, session)
        if words is None or waiting.check(ask, session.subject, words):
            return None
        talks.end(ask, session)
        return waiting.take(ask, session.subject, words)

    def take_file(ask: Ask, session: Session) -> Answer:
        talks.end(ask, session)
        return waiting.file(ask, session.subject) if waiting.file else Answer()

    dialog: Dialog[Scene] = Dialog(
        waiting.name,
        (
            Question(
                WORDS,
                prompt=lambda _answers, scene: waiting.prompt(scene.ask, scene.subject),
                check=check,
                label=waiting.label,
            ),
        ),
        review=lambda _answers, scene: waiting.prompt(scene.ask, scene.subject),
        commit=lambda _answers, _scene: "b.go-on",
        forms=((WORDS,),),
    )
    return Talk(
        dialog,
        finish=lambda ask, session: waiting.take(ask, session.subject, str(session.answers.get(WORDS) or "")),
        instead=instead,
        stands=waiting.stands,
        file=take_file if waiting.file else None,
        left=lambda ask, session: waiting.left(ask, session.subject),
        captions=waiting.captions,
        waits=True,
    )


def wait(ask: Ask, talk: Talk, subject: str, again: Route) -> Answer:
    """Begin to wait for it, about this subject; ``again`` begins anew where another talk is unfinished."""
    return talks.begin(ask, talk.dialog, subject, again, {})


def _words(move: Move, session: Session) -> str | None:
    """What was written, where it answers this talk as it stands now."""
    match move:
        case Words(text):
            words = text.strip()
        case Fill(version=version, values=values) if version == session.version:
            words = values.get(WORDS, "").strip()
        case _:
            return None
    return words if words and len(words) <= LONGEST else None
