"""What may not happen in a room, and who runs what."""

from __future__ import annotations

from bot.dialog.messages import Button, Came, Incoming, Phrase, Route, Saying
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, say

ROOM_COMMANDS = frozenset({"channel", "stop", "language"})
ROOM_ROUTES = ("ch", "lang", "~")
"""What sets a room up begins so; "~" is a token whose route nobody has looked up yet."""


def in_private(_ask: Ask, route: Route) -> Answer:
    """Signing and one's own things are private: the card leads to our own chat."""
    return say(Saying((Phrase("guard.private"),), ((Button(Phrase("b.open-chat"), opens=route),),)))


def told(ask: Ask, note: Phrase) -> Answer:
    """A note for the one who asked alone; in our own chat it leads on."""
    rows = ((button("b.home", "home"),),) if ask.private else ()
    return say(Saying((note,), rows, only=True))


def is_moderator(ask: Ask) -> bool:
    """Whether this person may decide: whoever is in a moderators' chat, and the owners anywhere."""
    return ask.incoming.chat in ask.tools.moderators or is_owner(ask)


def is_owner(ask: Ask) -> bool:
    """Whether this account is one of the owners in the settings."""
    return ask.incoming.person in ask.tools.owners


def needs_administrator(incoming: Incoming) -> bool:
    """Whether the platform must say, before the turn, if this person runs the room: what sets it up asks."""
    if incoming.came is Came.COMMAND:
        return incoming.name in ROOM_COMMANDS
    return incoming.came is Came.PRESS and incoming.data.startswith(ROOM_ROUTES)
