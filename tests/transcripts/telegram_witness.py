"""Looks on while a bot speaks on Telegram: every word, button and file must stand at the strict Bot API."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass, field

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Incoming, Key, Outgoing
from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.reading import press_of
from bot.ports import Fate, Messenger, Receipt
from tests.peers.telegram_chats import Message
from tests.peers.telegram_people import Press
from tests.peers.telegram_server import TelegramServer
from tests.stage import Shown
from tests.transcripts.theatre import bare, missing


@dataclass
class Arrived:
    """What a message was when it came, and what stood behind its buttons; ``press`` for one in a window."""

    message: Message | None = None
    buttons: list[dict[str, str]] = field(default_factory=list)
    press: Press | None = None


class Witness:
    """A messenger that lets the real one send, and looks whether everything arrived."""

    def __init__(self, server: TelegramServer) -> None:
        self.server = server
        self.shown: list[Shown] = []
        self.arrived: dict[int, Arrived] = {}
        """By the place in ``shown``."""
        self.faults: list[AssertionError] = []
        """What did not arrive. Kept for ``since``: a bot that meets an exception here goes on."""
        self._real: Messenger | None = None

    def before(self, real: TelegramMessenger) -> Messenger:
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
        press = self.server.presses.get(press_of(incoming))
        shown = Shown(incoming.chat, outgoing, awaited=True)
        return await self._look(shown, self.real.answer(incoming, outgoing), press)

    async def send(
        self, chat: ChatRef, outgoing: Outgoing, *, replaces: str = "", nonce: str = ""
    ) -> Receipt:
        sending = self.real.send(chat, outgoing, replaces=replaces, nonce=nonce)
        return await self._look(Shown(chat, outgoing), sending)

    def private_chat(self, account: AccountRef) -> ChatRef:
        return self.real.private_chat(account)

    def behind(self, card: Shown, key: Key) -> tuple[Message | None, str, str]:
        """Where this button of a card is pressed, and the link or the data behind it, as they arrived.

        A window over a room has no buttons on Telegram. Who wants one of them sends it from the card below,
        as any client could; no link of a window is lost, since it opens at once.
        """
        arrived = next(self.arrived[n] for n, each in enumerate(self.shown) if each is card)
        if arrived.press:
            opened = (arrived.press.answer or {}).get("url", "")
            return arrived.press.message, opened, key.data
        place = [each for row in card.outgoing.keys for each in row].index(key)
        button = arrived.buttons[place]
        return arrived.message, button.get("url", ""), button.get("callback_data", "")

    async def _look(self, shown: Shown, sending: Awaitable[Receipt], press: Press | None = None) -> Receipt:
        number, chat = len(self.shown), self.server.chats[int(shown.chat.id)]
        self.shown.append(shown)
        before = {message.id for message in chat.from_bot}
        receipt = await sending
        new = [message for message in chat.from_bot if message.id not in before]
        try:
            assert receipt.fate is Fate.SENT, (shown.phrases, receipt)
            last = chat.messages[int(receipt.message)] if receipt.message else None
            self.arrived[number] = (
                self._message(shown.outgoing, new, last) if last else _aside(shown.outgoing, press)
            )
        except AssertionError as fault:
            self.faults.append(fault)
        return receipt

    def _message(self, outgoing: Outgoing, new: list[Message], last: Message) -> Arrived:
        """Every word, button and file is there."""
        parts = new if last in new else [last, *new]
        lost = missing(outgoing, "\n".join(message.text for message in parts))
        assert not lost, f"{lost!r} did not arrive: {parts}"
        card = next(message for message in reversed(parts) if not message.document)
        buttons = [button for row in card.keyboard for button in row]
        keys = [key for row in outgoing.keys for key in row]
        assert list(map(self._behind, keys)) == [_behind(button) for button in buttons], parts
        files = [message.document for message in parts if message.document]
        file = outgoing.attachment
        assert files == ([(file.name, file.content)] if file else []), parts
        return Arrived(card, buttons)

    def _behind(self, key: Key) -> tuple[str, str]:
        link = f"https://t.me/{self.server.bot.username}?start={key.start}" if key.start else key.url
        return bare(key.label), key.data or link


def _behind(button: dict[str, str]) -> tuple[str, str]:
    """What stands on a button, and what is behind it."""
    return bare(button["text"]), button.get("callback_data") or button["url"]


def _aside(outgoing: Outgoing, press: Press | None) -> Arrived:
    """A press that was answered by a window or a link: the link is one of the card's, the words are its."""
    assert press, outgoing.phrases
    assert press.answer, outgoing.phrases
    starts = [key.start for row in outgoing.keys for key in row]
    if "url" in press.answer:
        assert starts == [press.answer["url"].partition("?start=")[2]]
    else:
        assert not missing(outgoing, press.alert), press.alert
    return Arrived(press=press)
