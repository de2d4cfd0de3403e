"""Every method of the Bot API this bot uses, and the parameters it takes."""

from __future__ import annotations

from tests.peers import telegram_asking as asking
from tests.peers import telegram_sending as sending
from tests.peers.telegram_asking import Call

_NEW = "chat_id message_thread_id reply_markup reply_parameters disable_notification"
_TEXT = "text entities link_preview_options parse_mode"

METHODS: dict[str, tuple[Call, str]] = {
    "getMe": (asking.get_me, ""),
    "getUpdates": (asking.get_updates, "offset limit timeout allowed_updates"),
    "setWebhook": (
        asking.set_webhook,
        "url secret_token max_connections allowed_updates drop_pending_updates",
    ),
    "deleteWebhook": (asking.delete_webhook, "drop_pending_updates"),
    "getWebhookInfo": (asking.get_webhook_info, ""),
    "sendMessage": (sending.send_message, f"{_NEW} {_TEXT}"),
    "sendDocument": (
        sending.send_document,
        f"{_NEW} document caption caption_entities disable_content_type_detection",
    ),
    "editMessageText": (sending.edit_message_text, f"chat_id message_id reply_markup {_TEXT}"),
    "editMessageReplyMarkup": (sending.edit_message_reply_markup, "chat_id message_id reply_markup"),
    "answerCallbackQuery": (
        sending.answer_callback_query,
        "callback_query_id text show_alert url cache_time",
    ),
    "deleteMessage": (sending.delete_message, "chat_id message_id"),
    "deleteMessages": (sending.delete_messages, "chat_id message_ids"),
    "pinChatMessage": (sending.pin_chat_message, "chat_id message_id disable_notification"),
    "sendChatAction": (sending.send_chat_action, "chat_id message_thread_id action"),
    "getFile": (asking.get_file, "file_id"),
    "getChat": (asking.get_chat, "chat_id"),
    "getChatMember": (asking.get_chat_member, "chat_id user_id"),
    "getChatAdministrators": (asking.get_chat_administrators, "chat_id"),
    "setMyCommands": (asking.set_my_commands, "commands scope language_code"),
    "deleteMyCommands": (asking.delete_my_commands, "scope language_code"),
    "getMyCommands": (asking.get_my_commands, "scope language_code"),
    "setMyName": (asking.set_text("name"), "name language_code"),
    "setMyDescription": (asking.set_text("description"), "description language_code"),
    "setMyShortDescription": (asking.set_text("short_description"), "short_description language_code"),
}
"""Anything else in a call is a mistake of the caller's."""
