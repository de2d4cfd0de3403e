"""The platforms of the simulation: they take messages, refuse some, and lose replies."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Incoming, Outgoing
from bot.ports import Fate, Receipt
from tests.simulation.chats import Chats, Message
from tests.simulation.doom import Doom

LONGEST_WAIT = 40
"""Seconds a platform may tell us to wait."""
DANGER = 6
"""So many times as likely as elsewhere a process dies between a delivery and its record: there it hurts."""


@dataclass(frozen=True)
class Arrival:
    """Something that really came to a chat. ``nonce`` names the delivery it came from, "" for an answer."""

    message: Message
    new: bool
    nonce: str = ""


@dataclass
class Peer:
    """See ``ports.Messenger``. ``arrived`` is told of everything that came to a chat.

    ``pressed`` knows the message whose button an event pressed.
    """

    chats: Chats
    doom: Doom
    arrived: Callable[[Arrival], None]
    pressed: dict[str, str] = field(default_factory=dict)
    moved: dict[ChatRef, ChatRef] = field(default_factory=dict)
    gone: set[ChatRef] = field(default_factory=set)
    lost: int = 0

    def private_chat(self, account: AccountRef) -> ChatRef:
        return ChatRef(account.platform, account.id)

    async def answer(self, incoming: Incoming, outgoing: Outgoing) -> Receipt:
        """An answer: in place of the pressed card where it asks for that, else below."""
        pressed = self.chats.messages.get(self.pressed.get(incoming.event, ""))
        card = pressed if outgoing.replaces and not outgoing.only else None
        only = incoming.person if outgoing.only else None
        return await self._reply(incoming.chat, lambda: self._shown(incoming.chat, outgoing, card, only), 1)

    async def send(
        self, chat: ChatRef, outgoing: Outgoing, *, replaces: str = "", nonce: str = ""
    ) -> Receipt:
        """A message to a chat, or the edit of one that is still there; edited to what it is, all is well."""
        card = self.chats.messages.get(replaces)
        lasting = card is not None and card.chat == chat and not self.doom.happens(self.doom.weather.fixed)
        if replaces and not lasting and chat not in self.moved:
            return Receipt(Fate.REFUSED, reason="cannot-be-edited")
        return await self._reply(chat, lambda: self._sent(chat, outgoing, card, nonce), DANGER)

    async def _reply(self, chat: ChatRef, effect: Callable[[], Message], danger: int) -> Receipt:
        """What comes back, with the effect on the way; the process may die on either side of it."""
        await self._travel()
        self.doom.point("before the effect")
        receipt = self._refusal(chat)
        if receipt is None:
            message = effect()
            self.doom.point("after the effect", danger)
            heard = not self.doom.happens(self.doom.weather.unheard)
            receipt = Receipt(Fate.SENT, message.id) if heard else Receipt(Fate.UNKNOWN, reason="no-reply")
        if receipt.fate is not Fate.SENT:
            self.lost += 1
            self.doom.trace.note("lost", chat, receipt.fate)
        await self._travel()
        return receipt

    async def _travel(self) -> None:
        if self.doom.weather.slow:
            await asyncio.sleep(self.doom.chance.random() * self.doom.weather.slow)

    def _refusal(self, chat: ChatRef) -> Receipt | None:
        """Why it does not arrive, if so."""
        if chat in self.moved:
            return Receipt(Fate.MOVED, moved=self.moved[chat], reason="moved")
        if chat in self.gone:
            return Receipt(Fate.GONE, reason="blocked")
        if self.doom.happens(self.doom.weather.refused):
            return Receipt(Fate.UNSENT, retry=self.doom.chance.uniform(1, LONGEST_WAIT), reason="too-many")
        if self.doom.happens(self.doom.weather.unsent):
            return Receipt(Fate.UNKNOWN, reason="no-reply")
        return None

    def _shown(
        self, chat: ChatRef, outgoing: Outgoing, card: Message | None, only: AccountRef | None
    ) -> Message:
        """An answer under the eyes of whoever asked."""
        if card is None:
            return self._came(Arrival(self.chats.put(chat, outgoing, only), new=True))
        self.chats.edit(card, outgoing, seen=True)
        return self._came(Arrival(card, new=False))

    def _sent(self, chat: ChatRef, outgoing: Outgoing, card: Message | None, nonce: str) -> Message:
        if card is None:
            return self._came(Arrival(self.chats.put(chat, outgoing), new=True, nonce=nonce))
        self.chats.edit(card, outgoing, seen=False)
        return self._came(Arrival(card, new=False, nonce=nonce))

    def _came(self, arrival: Arrival) -> Message:
        message = arrival.message
        how = "says" if arrival.new else "edits"
        self.doom.trace.note("bot", how, message.chat, message.id, *message.outgoing.phrases)
        self.arrived(arrival)
        return message
