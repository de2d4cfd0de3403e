"""What may not happen in a room, and who runs what."""

from __future__ import annotations

from bot.campaign.refs import ChatRef, parse_chat
from bot.dialog.messages import Button, Came, Incoming, Phrase, Route, Saying
from bot.features.buttons import LONG, button, started, unpack
from bot.features.feature import Answer, Ask, Tools, say
from bot.ports import Store

ROOM_COMMANDS = frozenset({"channel", "stop", "language"})
ROOM_FEATURES = ("ch", "lang")
"""What sets a room up."""


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


def is_organiser(ask: Ask) -> bool:
    """Whether this person may run campaigns here: an owner, in our own chat."""
    return ask.private and is_owner(ask)


def sees_inside(tools: Tools, incoming: Incoming) -> bool:
    """Whether what is not public yet may be shown here: to an owner alone, or in a moderators' chat."""
    return incoming.chat in tools.moderators or (incoming.private and incoming.person in tools.owners)


def may_send_files(tools: Tools, incoming: Incoming) -> bool:
    """Whether a file is fetched at all: only what an owner sends in private is."""
    return incoming.private and incoming.person in tools.owners


async def needs_administrator(store: Store, incoming: Incoming) -> ChatRef | None:
    """The room of which the platform must say, before the turn, if this person runs it now; None: of none.

    A platform's intake asks this for every event and hands on ``replace(incoming, room=room,
    administrator=said)``: what the platform says of ``incoming.person`` and this room at this moment, None
    where it could not be asked. Where the room is ``incoming.chat`` and the event itself tells, nobody need
    be asked. The room is always one of the platform of the event; it may be forged, or one we are not in: the
    answer is then None or False. Reads the store only for tokens. Raises StoreBusy.
    """
    if incoming.person is None:
        return None
    here = None if incoming.private else incoming.chat
    if incoming.came is Came.COMMAND and incoming.name in ROOM_COMMANDS:
        return here
    route = await _route(store, incoming)
    if not route or route[0] not in ROOM_FEATURES:
        return None
    room = room_of(route[1:]) or here
    return room if room and room.platform == incoming.chat.platform else None


async def _route(store: Store, incoming: Incoming) -> Route | None:
    """The route of a press, or of a link into our private chat, where it can be one about a room."""
    word = incoming.args.strip()
    if incoming.came is Came.PRESS and incoming.data.startswith((*ROOM_FEATURES, LONG)):
        return await store.read(lambda tx: unpack(incoming.data, tx))
    if incoming.came is Came.COMMAND and incoming.name == "start" and word.startswith("t_"):
        return await store.read(lambda tx: started(word, tx))
    return None


def room_of(route: Route) -> ChatRef | None:
    """The room a route is about, its first piece; None where it names none."""
    try:
        return parse_chat(route[0])
    except (IndexError, ValueError):
        return None


def runs(ask: Ask, room: ChatRef) -> bool | None:
    """Whether the platform said, for this turn, that this person runs the room; None where it did not."""
    said_of = ask.incoming.room or (None if ask.private else ask.incoming.chat)
    return ask.incoming.administrator if said_of == room else None


def refusal(ask: Ask, room: ChatRef, route: Route) -> Answer | None:
    """What is said to whoever does not run a room: who may, or to try ``route`` again; None to who does."""
    said = runs(ask, room)
    if said is not None:
        return None if said else told(ask, Phrase("guard.administrators"))
    note = Phrase("guard.ask-again")
    if not ask.private:
        return told(ask, note)
    return say(Saying((note,), ((button("b.try-again", *route), button("b.home", "home")),)), again=route)


def hidden(incoming: Incoming) -> tuple[Saying, ...]:
    """For a command of somebody whom the platform hides: what sets a room up leads into our own chat."""
    if incoming.name in ROOM_COMMANDS:
        return (in_our_chat(incoming.chat, "channel.hidden"),)
    return () if incoming.broadcast else (Saying((Phrase("guard.hidden"),)),)


def in_our_chat(chat: ChatRef, text: str) -> Saying:
    """A card in a room whose button opens our private chat, where whoever runs the room sets it up."""
    return Saying((Phrase(text),), ((Button(Phrase("b.open-chat"), opens=("ch", str(chat))),),))
