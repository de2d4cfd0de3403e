"""/language: the reader's language in our own chat; a room's language, by those who run it."""

from __future__ import annotations

from dataclasses import replace

from bot.dialog.messages import Phrase, Route, Saying
from bot.features import home
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, Feature, say


def press(ask: Ask, route: Route) -> Answer:
    """Choose a language, or show the choice."""
    if not route or route[0] not in ask.tools.languages:
        return choose(ask)
    if not ask.private and not ask.incoming.administrator:
        return say(Saying((Phrase("guard.administrators"),), only=True))
    chosen = route[0]
    if ask.private:
        ask.tx.people.choose_language(ask.person.id, chosen)
    else:
        ask.tx.chats.choose_language(ask.incoming.chat, chosen)
    return replace(home.card(replace(ask, language=chosen), Phrase("language.chosen")), language=chosen)


def choose(ask: Ask) -> Answer:
    """Every language that is complete, by its own name."""
    buttons = [named(name, "lang", code) for code, name in ask.tools.languages.items()]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return say(
        Saying((Phrase("language.choose"),), (*rows, (button("b.home", "home"),)), picker=True),
        again=("lang",),
    )


FEATURE = Feature("lang", press, {"language": lambda ask, args: press(ask, (args.strip(),))}, public=True)
