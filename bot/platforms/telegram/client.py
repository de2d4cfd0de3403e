"""Telegram as a messenger: cards edited in place, presses answered, every outcome as a receipt."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from telegram.error import InvalidToken, TelegramError

from bot.campaign.refs import AccountRef, ChatRef
from bot.dialog.messages import Attachment, Came, Incoming, Outgoing
from bot.platforms.telegram import reading
from bot.platforms.telegram.reading import Me, message_of, press_of
from bot.platforms.telegram.receipts import LOST, receipt_of
from bot.platforms.telegram.request import API, PATIENCE, Api
from bot.platforms.telegram.traces import Traces
from bot.platforms.telegram.writing import Part, start_link, write, write_alert
from bot.ports import Fate, Receipt

_QUIET = {"is_disabled": True}
_NOT_OPEN = Receipt(Fate.UNSENT, retry=5.0, reason="not-open")
_MOST_CHATS = 10_000
_NUMBER = re.compile("-?[1-9][0-9]*")
_HALF = "half"
"""The reason where only the first parts of a long message were sent."""


class TelegramMessenger:
    """Speaks through the Bot API at ``address``; nothing is sent before ``open`` has learnt the bot's name.

    ``api`` is for the other files of this folder.
    """

    def __init__(self, token: str, address: str = API, patience: float = PATIENCE) -> None:
        self.api = Api(token, address, patience)
        self.me: Me | None = None
        self._refused: Receipt | None = None
        self._answered: set[str] = set()
        self._newest: dict[str, int] = {}
        self._traces = Traces()

    async def open(self) -> Me:
        """Learn who the bot is; may be called again where it failed. Raises TelegramError."""
        await self.api.bot.initialize()
        self.me = Me(self.api.bot.id, self.api.bot.username)
        return self.me

    def link(self, word: str) -> str:
        """The link that opens our private chat with a start word; "" while we do not know who we are."""
        return start_link(self.me.name, word) if self.me else ""

    async def try_to_open(self) -> None:
        """Open before anything is said, so that what is owed from before a stop is said at once.

        Where it fails, whoever listens tries on.
        """
        with suppress(TelegramError, LookupError, TypeError):
            await self.open()

    async def close(self) -> None:
        """Close every connection."""
        await self.api.close()

    def private_chat(self, account: AccountRef) -> ChatRef:
        """The private chat with an account."""
        return reading.private_chat(account)

    async def send(
        self,
        chat: ChatRef,
        outgoing: Outgoing,
        *,
        replaces: str = "",
        nonce: str = "",  # noqa: ARG002  (a socket's signature)
    ) -> Receipt:
        """Send to a chat; Telegram knows no nonce.

        ``replaces`` is edited; where it is gone the receipt is REFUSED with the reason ``LOST``.
        """
        return await self._say(chat, outgoing, replaces)

    async def answer(self, incoming: Incoming, outgoing: Outgoing) -> Receipt:
        """Answer an event: in place of the pressed card where the card says so, else below.

        In private only the newest card gives way: an answer above it would not be seen.

        In a room what is for the one who pressed alone stands in a window over it, and a way into the private
        chat opens at once; a command is answered as a reply. One that clears the chat has both sides'
        messages of the last two days taken away.
        """
        if incoming.private:
            self._traces.note(incoming.chat.id, message_of(incoming))
        if not self._spins(incoming):
            return await self._answer(incoming, outgoing)
        if aside := self._aside(incoming, outgoing):
            await self._stop_spinning(incoming, aside)
            return Receipt(Fate.SENT)
        _, receipt = await asyncio.gather(self.release(incoming), self._answer(incoming, outgoing))
        return receipt

    async def release(self, incoming: Incoming) -> None:
        """Stop the spinning of a pressed button that nothing has answered yet."""
        if self._spins(incoming):
            await self._stop_spinning(incoming, {})

    def forget(self, incoming: Incoming) -> None:
        """The event is over: nothing answers it any more."""
        self._answered.discard(press_of(incoming))

    async def show_work(self, incoming: Incoming) -> None:
        """Show that an answer takes long: release a press, in private show that we are typing."""
        await self.release(incoming)
        if incoming.private and incoming.came is not Came.PRESS:
            await self._call("sendChatAction", {**_place(incoming.chat), "action": "typing"})

    async def is_administrator(self, chat: ChatRef, account: AccountRef) -> bool | None:
        """Whether an account runs a room; None where Telegram does not say.

        Nobody runs a room by another name of it: it would be wished for twice.
        """
        if not _NUMBER.fullmatch(chat.id) or (chat.thread and not _NUMBER.fullmatch(chat.thread)):
            return False
        try:
            member = await self.api.call(
                "getChatMember", {"chat_id": _id(chat.id), "user_id": _id(account.id)}
            )
        except (TelegramError, LookupError, TypeError):
            return None
        return isinstance(member, dict) and member.get("status") in {"creator", "administrator"}

    def _spins(self, incoming: Incoming) -> bool:
        """Whether the event is a press nobody has answered yet."""
        press = press_of(incoming)
        return bool(press) and press not in self._answered

    def _aside(self, incoming: Incoming, outgoing: Outgoing) -> dict[str, object]:
        """How a press in a room is answered without changing the room; empty where it is not."""
        if incoming.private or self.me is None:
            return {}
        starts, words = [key.start for row in outgoing.keys for key in row], write_alert(outgoing)
        if len(starts) == 1 and starts[0] and not words.endswith("…"):
            return {"url": start_link(self.me.name, starts[0])}
        return {"text": words, "show_alert": True} if outgoing.only else {}

    async def _stop_spinning(self, incoming: Incoming, more: dict[str, object]) -> None:
        """Answer a press; that it came too late to be answered matters to nobody."""
        press = press_of(incoming)
        self._answered.add(press)
        await self._call("answerCallbackQuery", {"callback_query_id": press, **more})

    async def _answer(self, incoming: Incoming, outgoing: Outgoing) -> Receipt:
        if outgoing.clears and incoming.private:
            return await self._say_alone(incoming.chat, outgoing)
        message = message_of(incoming)
        is_press = incoming.came is Came.PRESS
        in_place = is_press and outgoing.replaces and self._is_newest(incoming, message)
        pressed = message if in_place else ""
        asked = message if incoming.came is Came.COMMAND and not incoming.private else ""
        receipt = await self._say(incoming.chat, outgoing, pressed, asked)
        if receipt.reason == LOST:
            return await self._say(incoming.chat, outgoing)
        return await self._say(receipt.moved, outgoing) if receipt.moved else receipt

    async def _say_alone(self, chat: ChatRef, outgoing: Outgoing) -> Receipt:
        """Say it, then take away what stands above; what Telegram does not give up stays."""
        receipt = await self._say(chat, outgoing)
        if receipt.fate is not Fate.SENT or not receipt.message.isdecimal():
            return receipt
        for portion in self._traces.before(chat.id, int(receipt.message)):
            taken = await self._take_away(chat, portion)
            if taken.fate in {Fate.UNSENT, Fate.UNKNOWN}:
                return taken
            if taken.fate is not Fate.SENT:
                break
        self._traces.forget(chat.id, int(receipt.message))
        return receipt

    async def _take_away(self, chat: ChatRef, messages: list[int]) -> Receipt:
        """Delete messages, newest first, up to the first that Telegram refuses: all below it are older still.

        One that is too old has the whole call refused, so the rest is found by halves.
        """
        receipt = await self._call("deleteMessages", {"chat_id": _id(chat.id), "message_ids": messages})
        if receipt.fate is not Fate.REFUSED or len(messages) == 1:
            return receipt
        newer, older = messages[: len(messages) // 2], messages[len(messages) // 2 :]
        receipt = await self._take_away(chat, newer)
        return await self._take_away(chat, older) if receipt.fate is Fate.SENT else receipt

    def _is_newest(self, incoming: Incoming, message: str) -> bool:
        """Whether the pressed card is what we said last in a private chat; after a start nobody knows."""
        newest = self._newest.get(incoming.chat.id)
        return not incoming.private or (newest is not None and message == str(newest))

    def _note(self, chat: ChatRef, message: str) -> None:
        """Remember what we said last in a chat, for as long as this process lives."""
        self._traces.note(chat.id, message)
        if message.isdecimal():
            if len(self._newest) >= _MOST_CHATS:
                self._newest.clear()
            self._newest[chat.id] = max(int(message), self._newest.get(chat.id, 0))

    async def _say(self, chat: ChatRef, outgoing: Outgoing, replaces: str = "", asked: str = "") -> Receipt:
        """Say every part, then the file."""
        if self.me is None:
            return _NOT_OPEN
        receipt = Receipt(Fate.REFUSED, reason="empty")
        for number, part in enumerate(write(outgoing, self.me.name)):
            place = ("", "") if number else (replaces, asked)
            before, receipt = receipt, await self._part(chat, part, *place)
            self._note(chat, receipt.message)
            if receipt.fate is not Fate.SENT:
                return receipt if before.fate is not Fate.SENT else Receipt(Fate.UNKNOWN, reason=_HALF)
        if outgoing.attachment is None:
            return receipt
        sent = await self._file(chat, outgoing.attachment)
        self._traces.note(chat.id, sent.message)
        return replace(sent, message=receipt.message or sent.message)

    async def _part(self, chat: ChatRef, part: Part, replaces: str, asked: str) -> Receipt:
        said: dict[str, object] = {"text": part.text, "link_preview_options": _QUIET}
        if part.entities:
            said["entities"] = part.entities
        if part.keyboard:
            said["reply_markup"] = {"inline_keyboard": part.keyboard}
        if replaces.isdecimal():
            place = {"chat_id": _id(chat.id), "message_id": int(replaces)}
            receipt = await self._call("editMessageText", {**place, **said})
            return replace(receipt, message=replaces) if receipt.fate is Fate.SENT else receipt
        if asked:
            said["reply_parameters"] = {"message_id": _id(asked), "allow_sending_without_reply": True}
        return await self._call("sendMessage", {**_place(chat), **said})

    async def _file(self, chat: ChatRef, file: Attachment) -> Receipt:
        sending = self.api.bot.send_document(**_place(chat), document=file.content, filename=file.name)
        return await self._receipt(sending)

    async def _call(self, method: str, parameters: Mapping[str, object]) -> Receipt:
        return await self._receipt(self.api.call(method, parameters))

    async def _receipt(self, calling: Coroutine[Any, Any, object]) -> Receipt:
        """What became of a call; one whose token was refused once is not made again."""
        if self._refused:
            calling.close()
            return self._refused
        try:
            result = await calling
        except InvalidToken as error:
            self._refused = receipt_of(error)
            return self._refused
        except Exception as error:  # noqa: BLE001  (whatever the network or the platform does is a receipt)
            return receipt_of(error)
        return Receipt(Fate.SENT, message=_message_id(result))


def _place(chat: ChatRef) -> dict[str, Any]:
    """Where to say something new."""
    topic = {"message_thread_id": _id(chat.thread)} if chat.thread else {}
    return {"chat_id": _id(chat.id), **topic}


def _id(written: str) -> int | str:
    """A number as Telegram wants it; a channel may also be known by its "@name"."""
    return int(written) if written.removeprefix("-").isdecimal() else written


def _message_id(result: object) -> str:
    found = result.get("message_id") if isinstance(result, dict) else getattr(result, "message_id", None)
    return str(found) if isinstance(found, int) else ""
