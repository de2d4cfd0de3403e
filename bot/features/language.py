"""/language: the reader's language in our own chat; a room's language, by those who run it.

The news that a room gets follows its language.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialog.messages import Phrase, Route, Saying
from bot.features import home
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.guards import is_moderator, told


def press(ask: Ask, route: Route) -> Answer:
    """Choose a language, or show the choice."""
    if not route or route[0] not in ask.tools.languages:
        return choose(ask)
    if not (ask.private or ask.incoming.administrator or is_moderator(ask)):
        return told(ask, Phrase("guard.administrators"))
    chosen = route[0]
    if ask.private:
        ask.tx.people.choose_language(ask.person.id, chosen)
    else:
        _speak(ask, chosen)
    return replace(home.card(replace(ask, language=chosen), Phrase("language.chosen")), language=chosen)


def _speak(ask: Ask, chosen: str) -> None:
    """The room speaks another language, in its news too."""
    chat = ask.incoming.chat
    ask.tx.chats.choose_language(chat, chosen)
    for wish in ask.tx.subscriptions.of(chat):
        ask.tx.subscriptions.put(replace(wish, language=chosen), ask.now)


def choose(ask: Ask) -> Answer:
    """Every language that is complete, by its own name."""
    buttons = [named(name, "lang", code) for code, name in ask.tools.languages.items()]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return say(
        Saying((Phrase("language.choose"),), (*rows, (button("b.home", "home"),)), picker=True),
        again=("lang",),
    )


FEATURE = Feature("lang", press, {"language": lambda ask, args: press(ask, (args.strip(),))}, public=True)
