"""Looks on while a bot speaks on Discord: every word, button, file and form must stand before a person."""

from __future__ import annotations

import re
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Incoming, Key, Outgoing
from bot.dialog.text import Code, Instant
from bot.platforms.discord.reply import reply_of
from bot.ports import Fate, Messenger, Receipt
from tests.peers.discord.interactions import Interaction
from tests.peers.discord.message import Message
from tests.peers.discord.things import Channel
from tests.peers.discord_server import DiscordServer
from tests.stage import Shown
from tests.transcripts.theatre import bare, inlines, missing

Json = dict[str, Any]
ESCAPED = re.compile(r"\\([^\w\s]|_)")
"""A sign that would be Markdown, with the stroke before it that nobody sees."""


@dataclass
class Arrived:
    """What a card was when it came: its message, and what its buttons were, by what is behind them.

    Where a form opened there are no buttons; the message is the one from which it was opened.
    """

    message: Message | None = None
    behind: dict[str, Json] = field(default_factory=dict)


class Witness:
    """A messenger that lets the real one send, and looks whether everything arrived."""

    def __init__(self, server: DiscordServer) -> None:
        self.server = server
        self.shown: list[Shown] = []
        self.arrived: list[Arrived] = []
        """Beside ``shown``."""
        self.faults: list[AssertionError] = []
        """What did not arrive. Kept for ``since``: a bot that meets an exception here goes on."""
        self.forms = 0
        """How many forms opened."""
        self._real: Messenger | None = None

    def before(self, real: Messenger) -> Messenger:
        """Stand before another life's messenger."""
        self._real = real
        return self

    @property
    def real(self) -> Messenger:
        """The messenger of this life."""
        assert self._real
        return self._real

    def since(self, before: int) -> list[Shown]:
        """What was said after so many messages; raises where something did not arrive as it was said."""
        for fault in self.faults:
            raise fault
        return self.shown[before:]

    async def answer(self, incoming: Incoming, outgoing: Outgoing) -> Receipt:
        """Whosever talk it belongs to: in a room it is read where it was asked."""
        reply, chat = reply_of(incoming), incoming.chat
        asked = self.server.interactions[reply.token] if reply else None
        if asked and asked.channel.guild:
            chat = ChatRef("discord", str(asked.channel.id))
        sending = self.real.answer(incoming, outgoing)
        return await self._look(Shown(chat, outgoing, awaited=True), sending, asked)

    async def send(
        self, chat: ChatRef, outgoing: Outgoing, *, replaces: str = "", nonce: str = ""
    ) -> Receipt:
        sending = self.real.send(chat, outgoing, replaces=replaces, nonce=nonce)
        return await self._look(Shown(chat, outgoing), sending)

    def private_chat(self, account: AccountRef) -> ChatRef:
        return self.real.private_chat(account)

    def behind(self, card: Shown, key: Key) -> tuple[Message | None, Json]:
        """Where this button of a card stood, and what it was; {} where a form is in its place."""
        arrived = next(self.arrived[n] for n, each in enumerate(self.shown) if each is card)
        return arrived.message, arrived.behind.get(key.data or key.start, {})

    def _channel(self, chat: ChatRef) -> Channel:
        if chat.id.startswith("@"):
            return self.server.people[int(chat.id[1:])].dm
        return self.server.channels[int(chat.id)]

    async def _look(
        self, shown: Shown, sending: Awaitable[Receipt], asked: Interaction | None = None
    ) -> Receipt:
        number, messages = len(self.shown), self._channel(shown.chat).messages
        before = {key: message.edits for key, message in messages.items()}
        answered = asked is not None and asked.response is not None
        self.shown.append(shown)
        self.arrived.append(Arrived())
        receipt = await sending
        new = [message for key, message in sorted(messages.items()) if before.get(key) != message.edits]
        if asked and answered and not new:
            new = asked.messages  # it had its answer already, before the bot died
        try:
            assert receipt.fate is Fate.SENT, (shown.phrases, receipt)
            self.arrived[number] = self._arrived(shown.outgoing, new, asked)
        except AssertionError as fault:
            self.faults.append(fault)
        return receipt

    def _arrived(self, outgoing: Outgoing, new: list[Message], asked: Interaction | None) -> Arrived:
        if not asked or not asked.modal:
            return _card(outgoing, new)
        self.forms += 1
        assert outgoing.sheet, outgoing.phrases
        fields = [row["component"]["custom_id"] for row in asked.modal["components"]]
        assert fields == [blank.key for blank in outgoing.sheet.blanks][: max(1, len(fields))]
        return Arrived(asked.message)


def _card(outgoing: Outgoing, parts: list[Message]) -> Arrived:
    """Every word, button and file is there; a label that is too long is cut."""
    lost = missing(outgoing, _read(outgoing, "\n".join(message.text for message in parts)))
    assert not lost, f"{lost!r} did not arrive: {[each.text for each in parts]}"
    behind = {mark: part for each in parts for part in each.parts for mark in _labels(part)}
    opener = [outgoing.sheet.opener] if outgoing.sheet else []
    keys = [*opener, *(key for row in outgoing.keys for key in row)]
    wanted = {key.data or key.start or key.url: bare(key.label) for key in keys}
    there = {mark: bare(text) for part in behind.values() for mark, text in _labels(part).items()}
    assert there.keys() == wanted.keys(), (wanted, there)
    assert all(wanted[mark].startswith(text.removesuffix("…")) for mark, text in there.items()), there
    file = outgoing.attachment
    files = [each for message in parts for each in message.files]
    assert files == ([(file.name, file.content)] if file else []), parts
    where = next((message for message in parts if message.parts), parts[-1])
    return Arrived(where, behind)


def _labels(part: Json) -> dict[str, str]:
    """What stands on a button, or on each option of a list, by what is behind it."""
    if "options" in part:
        return {each["value"]: each["label"] for each in part["options"]}
    return {part["custom_id"].partition(":")[2] if "custom_id" in part else part["url"]: part["label"]}


def _read(outgoing: Outgoing, text: str) -> str:
    """The text as it is read: a moment by its reader’s clock, code without marks, no stroke before a sign."""
    for each in inlines(outgoing):
        if isinstance(each, Instant):
            text = text.replace(f"<t:{int(each.at.timestamp())}:F>", each.text)
        if isinstance(each, Code):
            text = text.replace(f"`{each.text}`", each.text)
    return ESCAPED.sub(r"\1", text)
