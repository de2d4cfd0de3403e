"""People played by methods: what they type and press becomes updates for the bot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.peers.telegram_chats import ANONYMOUS, Chat, Message, User, member_json
from tests.peers.telegram_files import Sent, keep
from tests.peers.telegram_text import Formatted

if TYPE_CHECKING:
    from tests.peers.telegram_server import TelegramServer

Json = dict[str, Any]
PHOTO = [{"file_id": "p", "file_unique_id": "u", "width": 90, "height": 90}]


@dataclass(eq=False)
class Press:
    """A pressed button, and how the bot answered: None while it still spins."""

    id: str
    user: User
    message: Message
    data: str
    answer: Json | None = None

    @property
    def alert(self) -> str:
        """What the bot said in a window over the chat, without word joiners."""
        return str((self.answer or {}).get("text", "")).replace("\u2060", "")


@dataclass(eq=False, repr=False)
class Person:
    """Somebody with a Telegram account; ``chat`` is their private chat with the bot."""

    server: TelegramServer
    user: User
    chat: Chat
    presses: list[Press] = field(default_factory=list)

    def say(
        self, text: str, chat: Chat | None = None, *, thread: int | None = None, anonymous: bool = False
    ) -> Message:
        """Type something, in the private chat by default."""
        where = chat or self.chat
        if where is self.chat:
            self.user.started = True
        message = self._write(where, Formatted(text), thread)
        if anonymous:
            message.sender = User(ANONYMOUS, "Group", username="GroupAnonymousBot", is_bot=True)
            message.extra["sender_chat"] = where.json
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            message.extra["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        self.server.deliver(message)
        return message

    def start(self, word: str = "") -> Message:
        """Open the bot's chat through a link."""
        self.user.lost = ""
        return self.say(f"/start {word}".strip())

    def photo(self, chat: Chat | None = None, **extra: object) -> Message:
        """Send a photo, or whatever else ``extra`` says a message is made of."""
        message = self._write(chat or self.chat, Formatted(""), None)
        message.extra |= extra or {"photo": PHOTO}
        self.server.deliver(message)
        return message

    def send(self, name: str, content: bytes, caption: str = "", **extra: object) -> Sent:
        """Send a file in private, with words beside it; ``extra`` is what else stands in the message."""
        assert len(caption) <= 1024
        message = self._write(self.chat, Formatted(caption), None)
        message.document = name, content
        message.extra |= extra
        sent = keep(self.server, f"file{message.id}", name, content)
        self.server.deliver(message)
        return sent

    def hand_on(self, text: str) -> Message:
        """Forward in private what somebody hidden wrote."""
        message = self._write(self.chat, Formatted(text), None)
        origin = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1}
        message.extra["forward_origin"] = origin
        self.server.deliver(message)
        return message

    def edit(self, message: Message, text: str) -> None:
        """Change an own message."""
        message.shown = Formatted(text)
        message.extra["edit_date"] = self.server.now()
        self.server.deliver(message, "edited_message")

    def press(self, message: Message, label: str, *, forged: str | None = None) -> Press:
        """Press a button; a bad client may send any data (``forged``)."""
        data = forged if forged is not None else message.button(label)["callback_data"]
        press = Press(str(self.server.new_id()), self.user, message, data)
        self.presses.append(press)
        self.server.presses[press.id] = press
        gone = message.id not in message.chat.messages
        thin = {"chat": message.chat.json, "message_id": message.id, "date": 0}
        self.server.updates.add(
            "callback_query",
            {
                "id": press.id,
                "from": self.user.json,
                "message": thin if gone else message.json,
                "chat_instance": str(message.chat.id),
                "data": data,
            },
            lane=f"user{self.user.id}",
        )
        return press

    def tap(self, message: Message, label: str) -> Press | Message:
        """Press a button, or follow its link into the private chat."""
        button = message.button(label)
        if "callback_data" in button:
            return self.press(message, label)
        return self.follow(button["url"])

    def follow(self, url: str) -> Message:
        """Open a link that leads into the private chat."""
        link = urlsplit(url)
        assert (link.scheme, link.netloc, link.path) == ("https", "t.me", f"/{self.server.bot.username}"), url
        return self.start(parse_qs(link.query)["start"][0])

    def block(self) -> None:
        """Block the bot."""
        self.user.lost = "blocked"
        self.add_bot(self.chat, "kicked")

    def add_bot(self, chat: Chat, standing: str = "member", *rights: str) -> None:
        """Bring the bot into a chat or change its standing there ("left" and "kicked" take it out)."""
        before = member_json(self.server.bot, chat.bot, chat.bot_rights)
        chat.bot, chat.bot_rights = standing, set(rights)
        self.server.tell_standing(chat, self.user, before)

    def _write(self, chat: Chat, shown: Formatted, thread: int | None) -> Message:
        sender = None if chat.kind == "channel" else self.user
        return chat.add(Message(chat.new_id(), chat, sender, shown, self.server.now(), thread=thread))
