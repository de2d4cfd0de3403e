"""Discord as a messenger: interactions answered in their way, all else posted, every outcome a receipt."""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any

import discord

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Attachment, Incoming, Outgoing
from bot.platforms.discord import raw, reading
from bot.platforms.discord.clearing import Clearing
from bot.platforms.discord.client import Api
from bot.platforms.discord.exchange import ORIGINAL, Exchange, attached
from bot.platforms.discord.pressed import Pressed
from bot.platforms.discord.publishing import Publishing
from bot.platforms.discord.receipts import LATE, LOST, receipt_of
from bot.platforms.discord.reply import Reply, reply_of
from bot.platforms.discord.writing import write
from bot.ports import Fate, Receipt

CHANNEL = "/channels/{channel_id}/messages"
MESSAGE = CHANNEL + "/{message_id}"

_NOT_OPEN = Receipt(Fate.UNSENT, retry=5.0, reason="not-open")
_MOST_CHATS = 10_000
_NUMBER = re.compile("[1-9][0-9]*")
_NONCE = 20
_HALF = "half"
"""The reason where only the first parts of a long message were sent."""
_AND = "+"
"""Between the ids of the parts of one message, where it has several."""


class DiscordMessenger:
    """Speaks through ``api``, which is for the other files of this folder; opened by whoever listens."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self._exchanges: dict[str, Exchange] = {}
        self._rooms: dict[str, str] = {}
        self._clearing = Clearing(api, self.receipt)
        self._publishing = Publishing(api, self.receipt)
        self._pressed = Pressed()
        self._refused: Receipt | None = None

    async def try_to_open(self) -> None:
        """Log in before anything is said; where it fails, whoever listens tries on."""
        with suppress(Exception):
            await self.api.open()

    async def close(self) -> None:
        """Close every connection."""
        self._publishing.stop()
        await self.api.close()

    def private_chat(self, account: AccountRef) -> ChatRef:
        """The private chat with an account, wherever its answers are shown."""
        return reading.private_chat(account)

    def begin(self, incoming: Incoming) -> Exchange | None:
        """An interaction begins; None for an event that came as a message."""
        reply = reply_of(incoming)
        if reply is None:
            return None
        return self._exchanges.setdefault(reply.interaction, self._exchange(reply))

    def forget(self, incoming: Incoming) -> None:
        """The interaction is over: nothing answers it any more, but what it pressed may still change."""
        reply = reply_of(incoming)
        exchange = self._exchanges.pop(reply.interaction, None) if reply else None
        if reply and exchange and exchange.card:
            self._pressed.note(exchange.card, reply.token)

    async def answer(self, incoming: Incoming, outgoing: Outgoing) -> Receipt:
        """Answer an event: its interaction, else the direct chat.

        What comes too late for the interaction goes to the direct chat, or, in a room, nowhere. Where it
        clears the chat, what we said before is taken away.
        """
        receipt, reply = await self._answer(incoming, outgoing), reply_of(incoming)
        if not incoming.private or receipt.fate is not Fate.SENT:
            return receipt
        if outgoing.clears:
            return await self._clear(incoming.chat, reply, receipt)
        if reply and reply.in_guild:
            self._clearing.note(incoming.chat.id, reply, receipt.message)
        return receipt

    async def _answer(self, incoming: Incoming, outgoing: Outgoing) -> Receipt:
        reply = reply_of(incoming)
        if reply is None:
            return await self.send(incoming.chat, outgoing)
        exchange = self._exchanges.get(reply.interaction) or self._exchange(reply)
        receipt = await exchange.say(incoming, outgoing)
        late = receipt.reason == LATE and incoming.private
        return await self.send(incoming.chat, outgoing) if late else receipt

    async def send(
        self, chat: ChatRef, outgoing: Outgoing, *, replaces: str = "", nonce: str = ""
    ) -> Receipt:
        """Send to a chat; see ``ports.Messenger``.

        ``replaces`` is edited, part by part: parts that are too few are posted, parts too many taken away.
        Where the first is gone the receipt is REFUSED with the reason ``LOST``. A repeat with the same
        ``nonce`` within a few minutes posts nothing new; in an announcement channel a post is published to
        those who follow it.
        """
        opened = await self._open(chat)
        if opened.fate is not Fate.SENT:
            return opened
        there = replaces.split(_AND) if replaces else []
        receipt = await self._say(opened.message, outgoing, there, f"{nonce}/{chat}" if nonce else "")
        if nonce and not replaces and receipt.message and not chat.id.startswith("@"):
            await self._publishing.publish(opened.message, receipt.message.partition(_AND)[0], outgoing)
        return receipt

    async def _say(self, room: str, outgoing: Outgoing, there: Sequence[str], seed: str) -> Receipt:
        """Say every part, in place of what is there; the receipt names all of them."""
        payloads, said = write(outgoing), list[str]()
        for number, payload in enumerate(payloads):
            file = outgoing.attachment if number == len(payloads) - 1 else None
            part = _nonced(payload, f"{seed}/{number}" if seed else "")
            receipt = await self._put(room, part, file, there[number] if number < len(there) else "")
            if receipt.reason == LOST and said:
                receipt = await self._put(room, part, file, "")
            if receipt.fate is not Fate.SENT:
                return Receipt(Fate.UNKNOWN, reason=_HALF) if said else receipt
            said.append(receipt.message)
        if not said:
            return Receipt(Fate.REFUSED, reason="empty")
        left = await self._take_away(room, there[len(said) :])
        return left or Receipt(Fate.SENT, message=_AND.join(filter(None, said)))

    async def _take_away(self, room: str, messages: Sequence[str]) -> Receipt | None:
        """Take away parts that are too many; the receipt of what may succeed when it is tried again."""
        for number in messages:
            taken = await self.receipt("DELETE", MESSAGE, channel_id=room, message_id=number)
            if taken.fate in {Fate.UNSENT, Fate.UNKNOWN}:
                return taken
        return None

    async def is_administrator(self, chat: ChatRef, account: AccountRef) -> bool | None:
        """Whether an account runs a room; None where Discord does not say.

        Nobody runs a room by another name of it: it would be wished for twice.
        """
        if not _NUMBER.fullmatch(chat.id) or chat.thread:
            return False
        try:
            channel = self.api.client.get_channel(int(chat.id))
            if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
                return None
            member = await channel.guild.fetch_member(int(account.id))
            rights = channel.permissions_for(member)
        except Exception:  # noqa: BLE001  (whatever Discord or the network does, nobody knows)
            return None
        return rights.administrator or rights.manage_channels or rights.manage_guild

    async def receipt(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | Sequence[Any] | None = None,
        file: Attachment | None = None,
        **where: str,
    ) -> Receipt:
        """What became of a call, with the id of what it made; one whose token was refused is not repeated."""
        if self._refused or not self.api.is_open:
            return self._refused or _NOT_OPEN
        try:
            made = await self.api.call(method, path, body, file, **where)
        except Exception as error:  # noqa: BLE001  (whatever the network or Discord does is a receipt)
            receipt = receipt_of(error)
            self._refused = receipt if receipt.reason == "token" else None
            return receipt
        return Receipt(Fate.SENT, message=raw.id_of(made))

    async def _clear(self, chat: ChatRef, reply: Reply | None, receipt: Receipt) -> Receipt:
        """Take away what was said before; ids rise with time, so that an interaction's divides what was."""
        before = reply.interaction if reply else receipt.message.partition(_AND)[0]
        await self._clearing.take_cards(chat.id, before, reply.message if reply else "")
        opened = await self._open(chat)
        if opened.fate is not Fate.SENT:
            return receipt
        return await self._clearing.take_said(opened.message, before) or receipt

    def _exchange(self, reply: Reply) -> Exchange:
        return Exchange(reply, self.receipt, lambda: self.api.application)

    async def _open(self, chat: ChatRef) -> Receipt:
        """The channel of a chat, as the message of a receipt; that of a person is opened and remembered."""
        if not chat.id.startswith("@"):
            return Receipt(Fate.SENT, message=chat.thread or chat.id)
        known = self._rooms.get(chat.id)
        if known:
            return Receipt(Fate.SENT, message=known)
        opened = await self.receipt("POST", "/users/@me/channels", {"recipient_id": chat.id[1:]})
        if opened.fate is Fate.SENT:
            if len(self._rooms) >= _MOST_CHATS:
                self._rooms.clear()
            self._rooms[chat.id] = opened.message
        return opened

    async def _put(
        self, room: str, payload: Mapping[str, Any], file: Attachment | None, replaces: str
    ) -> Receipt:
        """Post a message, or edit one. A nonce whose message is gone was posted, and deleted since."""
        if replaces:
            edited = {key: value for key, value in payload.items() if key not in {"nonce", "enforce_nonce"}}
            body = {**edited, "attachments": [], **attached(file)}
            if token := self._pressed.token(replaces):
                way = {"webhook_id": self.api.application, "webhook_token": token}
                changed = await self.receipt("PATCH", ORIGINAL, body, file, **way)
                if changed.fate is Fate.SENT:
                    return changed
            return await self.receipt("PATCH", MESSAGE, body, file, channel_id=room, message_id=replaces)
        receipt = await self.receipt("POST", CHANNEL, {**payload, **attached(file)}, file, channel_id=room)
        deleted = receipt.reason == LOST and "nonce" in payload
        return Receipt(Fate.SENT) if deleted else receipt


def _nonced(payload: Mapping[str, Any], seed: str) -> Mapping[str, Any]:
    """The payload by whose nonce Discord knows a repeat; nonces are one author's, in all channels."""
    if not seed:
        return payload
    nonce = b32encode(sha256(seed.encode()).digest()).decode().lower()[:_NONCE]
    return {**payload, "nonce": nonce, "enforce_nonce": True}
