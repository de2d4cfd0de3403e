"""Events on their way to the bot: delivered at least once, again and again until they are confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Came, Incoming, Key
from tests.simulation.chats import Message
from tests.simulation.peer import Peer
from tests.simulation.process import Process

SHOWN = 30
"""Characters of what was typed that a trace shows."""


@dataclass
class Event:
    """One event, and whether the bot said that it needs it no more."""

    incoming: Incoming
    confirmed: bool = False


@dataclass
class Seat:
    """Who acts where: in private when ``room`` is None. ``wishes``: the room they run gets news.

    ``organises``: an owner, who does what owners may do.
    """

    account: AccountRef
    room: ChatRef | None = None
    runs: bool = False
    wishes: bool = False
    organises: bool = False
    locale: str = "en"


@dataclass
class Intake:
    """What a platform keeps of events. ``confirmed`` is told of each one the bot confirms, once."""

    peer: Peer
    confirmed: Callable[[Event], None]
    events: list[Event] = field(default_factory=list)

    def chat(self, seat: Seat) -> ChatRef:
        """Where somebody sits."""
        return seat.room or self.peer.private_chat(seat.account)

    def happen(self, seat: Seat, came: Came, **what: str) -> Event:
        """Somebody did something."""
        incoming = Incoming(
            event=f"{seat.account.id}.{len(self.events)}",
            came=came,
            chat=self.chat(seat),
            person=seat.account,
            private=seat.room is None,
            administrator=seat.runs if seat.room else None,
            locale=seat.locale,
            called=seat.account.id.capitalize(),
            fields={},
            room=None,
            broadcast=False,
            file=None,
            content=None,
            forwarded=False,
            around=None,
            **what,
        )
        self.events.append(Event(incoming))
        said = " ".join(repr(value[:SHOWN]) for value in what.values())
        self.peer.doom.trace.note(seat.account.id, "in", incoming.chat, came, said)
        return self.events[-1]

    def press(self, seat: Seat, message: Message, key: Key) -> Event:
        """Somebody pressed a button; one that opens our private chat starts it there."""
        if key.start:
            private = Seat(seat.account, locale=seat.locale)
            return self.happen(private, Came.COMMAND, name="start", args=key.start)
        event = self.happen(seat, Came.PRESS, data=key.data)
        self.peer.pressed[event.incoming.event] = message.id
        return event

    def deliver(self, event: Event, process: Process, copies: int = 1) -> None:
        """The platform hands the event to the bot."""
        for _ in range(copies):
            process.begin(process.bot.turns.take(event.incoming, partial(self._confirm, event)))

    def deliver_again(self, process: Process) -> None:
        """Everything that was never confirmed, in order."""
        for event in self.events:
            if not event.confirmed:
                self.deliver(event, process)

    def _confirm(self, event: Event) -> None:
        if not event.confirmed:
            event.confirmed = True
            self.confirmed(event)
