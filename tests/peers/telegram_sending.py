"""The methods that speak: messages, files, edits, answers to presses; at least as strict as the real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.peers.telegram_chats import Chat, Message, check_reachable, check_topic
from tests.peers.telegram_refusal import refused
from tests.peers.telegram_text import LONGEST_CAPTION, Formatted, formatted

if TYPE_CHECKING:
    from tests.peers.telegram_server import TelegramServer

Json = dict[str, Any]

LONGEST_DATA, MOST_BUTTONS, MOST_IN_A_ROW, LONGEST_ALERT = 64, 100, 8, 200
DELETABLE = 48 * 3600
"""Seconds for which a bot may take messages away."""
LARGEST_FILE = 50 * 1024 * 1024


async def send_message(server: TelegramServer, call: Json) -> Json:
    """A new message."""
    chat, thread = _open(server, call)
    _no_preview(call)
    shown = formatted(call.get("text"), call.get("entities"))
    if not shown.text:
        raise refused("message text is empty")
    keyboard = _keyboard(call)
    server.weather.check_pace(chat.id)
    return _said(
        server, call, Message(chat.new_id(), chat, server.bot, shown, server.now(), keyboard), thread
    )


async def send_document(server: TelegramServer, call: Json) -> Json:
    """A file."""
    chat, thread = _open(server, call)
    shown = formatted(call.get("caption", ""), call.get("caption_entities"), LONGEST_CAPTION)
    file = call.get("document")
    if not isinstance(file, tuple):
        raise refused("wrong file identifier/HTTP URL specified")
    if not file[1]:
        raise refused("file must be non-empty")
    if len(file[1]) > LARGEST_FILE:
        raise refused("file is too big")
    message = Message(chat.new_id(), chat, server.bot, shown, server.now(), _keyboard(call), file)
    server.weather.check_pace(chat.id)
    return _said(server, call, message, thread)


def _open(server: TelegramServer, call: Json) -> tuple[Chat, int | None]:
    chat = server.chat(call.get("chat_id"))
    check_reachable(chat)
    return chat, check_topic(chat, call.get("message_thread_id"))


def _said(server: TelegramServer, call: Json, message: Message, thread: int | None) -> Json:
    reply = call.get("reply_parameters") or {}
    if (to := reply.get("message_id")) is not None:
        if to in message.chat.messages:
            message.reply_to = to
        elif not reply.get("allow_sending_without_reply"):
            raise refused("message to be replied not found")
    message.thread, message.by_bot = thread, True
    if message.chat.kind == "channel":
        message.sender = None
    server.changed()
    return message.chat.add(message).json


def _no_preview(call: Json) -> None:
    """Stricter than the real one: this bot shows no previews."""
    if not (call.get("link_preview_options") or {}).get("is_disabled"):
        raise refused("a message of this bot without link_preview_options.is_disabled")
    if call.get("parse_mode"):
        raise refused("a message of this bot with a parse mode")


def _keyboard(call: Json) -> list[list[Json]]:
    markup = call.get("reply_markup")
    if markup is None:
        return []
    if set(markup) != {"inline_keyboard"}:
        raise refused("only inline keyboards can be edited")
    rows: list[list[Json]] = markup["inline_keyboard"]
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_IN_A_ROW for row in rows):
        raise refused("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button)
    return [row for row in rows if row]


def _check_button(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise refused("button text is empty")
    ways = set(button) - {"text"}
    if len(ways) != 1 or not ways <= {"callback_data", "url"}:
        raise refused("text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= LONGEST_DATA:
        raise refused("BUTTON_DATA_INVALID")
    if "url" in button and urlsplit(button["url"]).scheme not in {"http", "https", "tg"}:
        raise refused("BUTTON_URL_INVALID")


async def edit_message_text(server: TelegramServer, call: Json) -> Json:
    """Another text in place of an own one."""
    message = _own(server, call)
    if message.document:
        raise refused("there is no text in the message to edit")
    _no_preview(call)
    shown = formatted(call.get("text"), call.get("entities"))
    if not shown.text:
        raise refused("message text is empty")
    return _change(server, message, shown, _keyboard(call))


async def edit_message_reply_markup(server: TelegramServer, call: Json) -> Json:
    """Other buttons under an own message."""
    message = _own(server, call)
    return _change(server, message, message.shown, _keyboard(call))


def _own(server: TelegramServer, call: Json) -> Message:
    chat = server.chat(call.get("chat_id"))
    check_reachable(chat)
    message = chat.messages.get(call.get("message_id", 0))
    if message is None:
        raise refused("message to edit not found")
    if message not in chat.from_bot:
        raise refused("message can't be edited")
    return message


def _change(server: TelegramServer, message: Message, shown: Formatted, keyboard: list[list[Json]]) -> Json:
    if (shown, keyboard) == (message.shown, message.keyboard):
        raise refused(
            "message is not modified: specified new message content and reply markup are exactly the same as"
            " a current content and reply markup of the message"
        )
    server.weather.check_pace(message.chat.id)
    message.edits.append(message.shown)
    message.shown, message.keyboard = shown, keyboard
    server.changed()
    return message.json


async def answer_callback_query(server: TelegramServer, call: Json) -> bool:
    """Stop a pressed button's spinning, with words over the chat or a way into the private one."""
    press = server.presses.get(str(call.get("callback_query_id")))
    if press is None or press.answer is not None:
        raise refused("query is too old and response timeout expired or query ID is invalid")
    if len(call.get("text", "").encode("utf-16-le")) // 2 > LONGEST_ALERT:
        raise refused("MESSAGE_TOO_LONG")
    link = call.get("url", "")
    if link and not link.startswith(f"https://t.me/{server.bot.username}?start="):
        raise refused("URL_INVALID")
    press.answer = {name: call[name] for name in ("text", "show_alert", "url") if call.get(name)}
    server.changed()
    return True


async def delete_message(server: TelegramServer, call: Json) -> bool:
    """Take a message away."""
    chat = server.chat(call.get("chat_id"))
    if chat.messages.pop(call.get("message_id", 0), None) is None:
        raise refused("message to delete not found")
    server.changed()
    return True


async def delete_messages(server: TelegramServer, call: Json) -> bool:
    """Take up to a hundred away; those not found are skipped, one that is too old has all refused."""
    chat, ids = server.chat(call.get("chat_id")), call.get("message_ids", [])
    if not 1 <= len(ids) <= 100 or any(not isinstance(each, int) or each < 1 for each in ids):
        raise refused("too many or no message identifiers")
    there = [chat.messages[each] for each in ids if each in chat.messages]
    if any(message.date < server.now() - DELETABLE for message in there):
        raise refused("message can't be deleted for everyone")
    if not chat.user and not all(message.by_bot for message in there):
        raise refused("message can't be deleted")
    for message in ids:
        chat.messages.pop(message, None)
    server.changed()
    return True


async def pin_chat_message(server: TelegramServer, call: Json) -> bool:
    """Pin a message."""
    chat = server.chat(call.get("chat_id"))
    check_reachable(chat)
    right = "can_edit_messages" if chat.kind == "channel" else "can_pin_messages"
    if not chat.user and right not in chat.bot_rights:
        raise refused("not enough rights to manage pinned messages in the chat")
    if call.get("message_id") not in chat.messages:
        raise refused("message to pin not found")
    chat.pinned.append(call["message_id"])
    return True


async def send_chat_action(server: TelegramServer, call: Json) -> bool:
    """Show that something is being done."""
    chat, _ = _open(server, call)
    chat.actions.append(call.get("action", ""))
    server.changed()
    return True
