"""What the run remembers of what people were told and did, to hold the bot to it later."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Incoming
from bot.features.buttons import LONG, unpack
from bot.publication.shelf import Shelf
from tests.simulation.chats import Chats
from tests.simulation.intake import Intake
from tests.simulation.peer import Peer
from tests.simulation.truth import Truth
from tests.simulation.virtual import Time


@dataclass
class Ledger:
    """What was acknowledged; "when" is after how many transactions of the run it was decided.

    ``thanked``: endorsements somebody was thanked for. ``withdrawn``: by endorsement, when, and its row then.
    ``stopped``: by room, when, and its wishes then. ``posted``: real posts by key; ``slots``: by room,
    campaign, kind and slot. ``talks``: version, owner and last touch (µs) of each open talk;
    ``seen``: the events that had been applied by then. ``declined``: by invitation, when. ``public``: telling
    words of texts that everybody may see. ``closed``: by campaign and closing, when and what was on the list.

    ``inside`` are the chats that may see what is hidden, ``deciders`` the accounts of moderators and owners;
    ``steady``: the clock is never wrong.
    """

    truth: Truth
    chats: Chats
    peer: Peer
    intake: Intake
    time: Time
    campaigns: tuple[str, ...]
    desks: frozenset[ChatRef]
    inside: frozenset[ChatRef]
    deciders: frozenset[str]
    shelf: Shelf
    steady: bool
    thanked: set[str] = field(default_factory=set)
    withdrawn: dict[str, tuple[int, int]] = field(default_factory=dict)
    stopped: dict[ChatRef, tuple[int, str]] = field(default_factory=dict)
    posted: Counter[str] = field(default_factory=Counter)
    slots: Counter[tuple[str, ...]] = field(default_factory=Counter)
    talks: dict[str, tuple[int, str, int]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    declined: dict[str, int] = field(default_factory=dict)
    public: set[str] = field(default_factory=set)
    closed: dict[tuple[str, int], tuple[int, frozenset[str]]] = field(default_factory=dict)

    def room(self, chat: ChatRef) -> ChatRef:
        """A room under the id it has now."""
        while chat in self.peer.moved:
            chat = self.peer.moved[chat]
        return chat

    def pressed(self, data: str, *, begins: bool = False) -> set[str]:
        """The accounts that pressed a button with this data, or one whose data begins so."""
        found = (event.incoming for event in self.intake.events)
        return {
            each.person.id
            for each in found
            if each.person and (each.data == data or (begins and each.data.startswith(data)))
        }

    def take_new_events(self) -> dict[str, list[Incoming]]:
        """What was applied since the last call, by account."""
        applied = {row["event"] for row in self.truth.rows("SELECT event FROM events")}
        fresh, new = applied - self.seen, dict[str, list[Incoming]]()
        for event in self.intake.events:
            if event.incoming.event in fresh:
                new.setdefault(event.incoming.event.partition(".")[0], []).append(event.incoming)
        self.seen = applied
        return new

    def told_again(self, key: str) -> int:
        """How often a moderator said that a post is to be sent again."""
        pressed = [
            event.incoming.data for event in self.intake.events if event.incoming.data.startswith(LONG)
        ]
        routes = self.truth.ask(lambda tx: [unpack(data, tx) for data in pressed])
        return routes.count(("unknown", "again", key))
