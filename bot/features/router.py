"""Where a word goes: to the open talk, to a feature's command or press, or to the card that leads on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.dialog import engine
from bot.dialog.messages import Came, Phrase, Route
from bot.features import guards, home, missed, starts, talks
from bot.features.buttons import button, unpack
from bot.features.feature import Answer, Ask, Command, Feature, Talk

T = TypeVar("T")

ORGANISERS = frozenset({"rv", "unknown", "contest"})
"""Features whose cards show the organisers one thing and are kept true: no talk takes their place."""
DESK = frozenset({("ask", "see"), ("dis", "see"), ("claim", "see")})
"""Routes that show such cards of features which others use as well."""


@dataclass(frozen=True, slots=True)
class Router:
    """The features by name, their commands and their talks."""

    features: dict[str, Feature]
    commands: dict[str, tuple[Feature, Command]]
    talks: dict[str, Talk]

    def answer(self, ask: Ask) -> Answer:
        """The answer to one incoming event; a talk's question that was perhaps lost comes with it."""
        return self._and_question(ask, self._answer(ask))

    def _answer(self, ask: Ask) -> Answer:
        match ask.incoming.came:
            case Came.COMMAND:
                return self._beside_talk(ask, missed.offered(ask, self._command(ask)))
            case Came.PRESS | Came.FORM:
                return self._press(ask)
            case Came.WORDS | Came.EDITED | Came.FILE | Came.OTHER:
                return self._said(ask)
            case Came.ADDED | Came.MUTED | Came.REMOVED | Came.MOVED | Came.SILENCED | Came.RETURNED:
                return Answer()

    def again(self, ask: Ask) -> Answer:
        """What this person is still owed.

        An answer that may have been lost, else the question of their open talk.
        """
        if ask.person.owed:
            answer = self.go(ask, talks.beside(ask.person.owed) or ask.person.owed)
            return self._and_question(ask, self._beside_talk(ask, answer))
        found = talks.find(self.talks, ask)
        return talks.show(ask, *found) if found else Answer()

    def go(self, ask: Ask, route: Route) -> Answer:
        """The answer of a route, as if its button were pressed."""
        if route[0] == "s":
            return self._talk(ask, route)
        if route[0] == "news" and (waited := missed.waited(ask, route[1:])):
            return self.go(ask, waited)
        feature = self.features.get(route[0])
        if feature is None:
            return home.card(ask, Phrase("button.old"))
        return (
            feature.press(ask, route[1:]) if feature.public or ask.private else guards.in_private(ask, route)
        )

    def _command(self, ask: Ask) -> Answer:
        name = ask.incoming.name
        if name == "cancel":
            return self._cancel(ask)
        if name == "start":
            return self._start(ask)
        found = self.commands.get(name)
        if found is None:  # in a room it is meant for somebody else
            return home.card(ask, Phrase("command.unknown", {"name": name[:32]})) if ask.private else Answer()
        feature, command = found
        return (
            command(ask, ask.incoming.args)
            if feature.public or ask.private
            else guards.in_private(ask, (name,))
        )

    def _start(self, ask: Ask) -> Answer:
        word = ask.incoming.args.strip()
        route = starts.route_of(ask, word) if word else None
        return self.go(ask, route) if route else starts.alone(ask)

    def _press(self, ask: Ask) -> Answer:
        route = unpack(ask.incoming.data, ask.tx)
        answer = self._beside_talk(
            ask, self.go(ask, route) if route else home.card(ask, Phrase("button.old"))
        )
        return replace(answer, sayings=tuple(replace(saying, replaces=True) for saying in answer.sayings))

    def _said(self, ask: Ask) -> Answer:
        """What no command or button says: words, a file, or what we cannot read."""
        match ask.incoming.came:
            case Came.OTHER | Came.FILE if self._is_caption(ask):
                return self._words(ask, engine.Words(ask.incoming.text), "")
            case Came.WORDS:
                return self._words(ask, engine.Words(ask.incoming.text), "")
            case Came.FILE:
                return self._file(ask)
            case _:
                edited = ask.incoming.came is Came.EDITED
                return self._words(ask, None, "talk.edited" if edited else "talk.words-only")

    def _is_caption(self, ask: Ask) -> bool:
        """Whether the words beside a photo or a file are the answer that is waited for."""
        found = talks.find(self.talks, ask) if ask.private and ask.incoming.text.strip() else None
        return found is not None and found[0].captions

    def _file(self, ask: Ask) -> Answer:
        """A file: the answer of the open talk, or what a feature makes of it."""
        if not (ask.private and guards.may_send_files(ask.tools, ask.incoming)):
            return self._words(ask, None, "talk.words-only")
        if ask.incoming.content is None:
            return self._beside_talk(ask, home.card(ask, Phrase("file.unread")))
        found = talks.find(self.talks, ask)
        if found and found[0].file:
            return found[0].file(ask, found[1])
        return self._taken(ask) or self._words(ask, None, "talk.words-only")

    def _taken(self, ask: Ask) -> Answer | None:
        """What the first feature that can use it makes of something that came unasked for."""
        for feature in self.features.values():
            if feature.takes and (answer := feature.takes(ask)):
                return self._beside_talk(ask, answer)
        return None

    def _words(self, ask: Ask, move: engine.Move | None, note: str) -> Answer:
        if not ask.private:
            return Answer()
        link = starts.link_of(ask.incoming.text) if move else None
        if link:
            return self._beside_talk(ask, self.go(ask, link))
        found = talks.find(self.talks, ask)
        handed_on = ask.incoming.forwarded and not (found and found[0].waits)
        if (found is None or handed_on) and move and (taken := self._taken(ask)):
            return taken
        if found is None:
            return Answer() if note == "talk.edited" else home.card(ask, Phrase("home.what"))
        return talks.move(ask, *found, move) if move else talks.show(ask, *found, note)

    def _talk(self, ask: Ask, route: Route) -> Answer:
        if not ask.private:
            return guards.in_private(ask, ("sign",))
        found = talks.find(self.talks, ask)
        if found is None:
            return self.features["mine"].press(ask, ("over",))
        talk, session = found
        if route == talks.NOW:
            return talks.show(ask, talk, session)
        if route == talks.DROP:
            return talks.move(ask, talk, session, engine.Cancel(session.version))
        move = engine.move_from(route, ask.incoming.fields)
        if move is None or route[1] != session.id:
            return talks.show(ask, talk, session, "dialog.stale")
        return talks.move(ask, talk, session, move)

    def _cancel(self, ask: Ask) -> Answer:
        found = talks.find(self.talks, ask)
        if found is None:
            return home.card(ask, Phrase("talk.nothing-open"))
        talk, session = found
        return talks.move(ask, talk, session, engine.Cancel(session.version))

    def _beside_talk(self, ask: Ask, answer: Answer) -> Answer:
        """What is asked in the middle of a talk is answered, and its card leads back to the talk."""
        elsewhere = answer.again == talks.NOW or _is_desk(answer)
        if not answer.sayings or elsewhere or talks.find(self.talks, ask) is None:
            return answer
        last = answer.sayings[-1]
        rows = (*last.buttons, (button("b.go-on", *talks.NOW),))
        return replace(answer, sayings=(*answer.sayings[:-1], replace(last, buttons=rows)))

    def _and_question(self, ask: Ask, answer: Answer) -> Answer:
        """An organisers' card leads to no talk: the question still owed is asked anew below it."""
        owed = ask.person.owed[: len(talks.NOW)] == talks.NOW
        if not owed or not ask.private or not answer.sayings or not _is_desk(answer):
            return answer
        found = talks.find(self.talks, ask)
        return talks.ask_below(ask, answer, *found) if found else answer


def _is_desk(answer: Answer) -> bool:
    """Whether it is a card of the organisers' desk."""
    return answer.again[0] in ORGANISERS or answer.again[:2] in DESK


def build_router(features: Iterable[Feature]) -> Router:
    """A router over these features; ValueError where two share a name, a command or a talk."""
    router = Router({}, {}, {})
    for feature in features:
        _add(router.features, feature.name, feature)
        for name, command in feature.commands.items():
            _add(router.commands, name, (feature, command))
        for talk in feature.talks:
            _add(router.talks, talk.dialog.name, talk)
    return router


def _add(table: dict[str, T], name: str, thing: T) -> None:
    if name in table:
        raise ValueError(name)
    table[name] = thing
