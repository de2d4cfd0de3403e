"""/language: the reader's language in our own chat; a room's language, by those who run it.

The news that a room gets follows its language.
"""

from __future__ import annotations

from dataclasses import replace

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Button, Phrase, Route, Saying
from bot.features import home
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.guards import is_moderator, refusal


def press(ask: Ask, route: Route) -> Answer:
    """Choose a language, or show the choice."""
    if not route or route[0] not in ask.tools.languages:
        return choose(ask)
    free = ask.private or is_moderator(ask)
    if not free and (refused := refusal(ask, ask.incoming.chat, ("lang", *route))):
        return refused
    chosen = route[0]
    if ask.private:
        ask.tx.people.choose_language(ask.person.id, chosen)
    else:
        speak(ask, ask.incoming.chat, chosen)
    return replace(home.card(replace(ask, language=chosen), Phrase("language.chosen")), language=chosen)


def speak(ask: Ask, room: ChatRef, chosen: str) -> None:
    """A room speaks another language from now on, in its news too."""
    ask.tx.chats.choose_language(room, chosen)
    for wish in ask.tx.subscriptions.of(room):
        ask.tx.subscriptions.put(replace(wish, language=chosen), ask.now)


def choose(ask: Ask) -> Answer:
    """Every language that is complete, by its own name."""
    return say(choice(ask, ("lang",), button("b.home", "home")), again=("lang",))


def choice(ask: Ask, route: Route, last: Button) -> Saying:
    """A button for each language, which follows ``route`` with its code; ``last`` stands below."""
    buttons = [named(name, *route, code) for code, name in ask.tools.languages.items()]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    return Saying((Phrase("language.choose"),), (*rows, (last,)), picker=True)


FEATURE = Feature("lang", press, {"language": lambda ask, args: press(ask, (args.strip(),))}, public=True)
