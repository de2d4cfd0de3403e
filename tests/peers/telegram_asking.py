"""The methods that ask and set up: updates, the webhook, chats and who is in them, menus, profile texts."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.peers.telegram_chats import check_readable, member_json
from tests.peers.telegram_refusal import refused
from tests.peers.telegram_updates import DEFAULT, Hook

if TYPE_CHECKING:
    from tests.peers.telegram_server import TelegramServer

Json = dict[str, Any]
Call = Callable[["TelegramServer", Json], Awaitable[Any]]

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}|")
_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
    | {"chat", "chat_administrators", "chat_member"}
)
LARGEST_FILE = 20 * 1024 * 1024
"""Bytes of a file that a bot may fetch."""
_TEXTS = {"name": 64, "description": 512, "short_description": 120}


async def get_me(server: TelegramServer, _call: Json) -> Json:
    """Who the bot is."""
    groups = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
    return server.bot.json | groups


async def get_updates(server: TelegramServer, call: Json) -> list[Json]:
    """What is waiting."""
    _allow(server, call)
    limit = call.get("limit", 100)
    if not 1 <= limit <= 100:
        raise refused("limit must be from 1 to 100")
    return await server.updates.get(call.get("offset", 0), limit, call.get("timeout", 0))


async def set_webhook(server: TelegramServer, call: Json) -> bool:
    """Push from now on."""
    url = call.get("url", "")
    if url and urlsplit(url).scheme not in {"http", "https"}:
        raise refused("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", call.get("secret_token", "")):
        raise refused("secret token contains unallowed characters")
    _allow(server, call)
    if call.get("drop_pending_updates"):
        server.updates.queue.clear()
    hook = Hook(url, call.get("secret_token", ""), call.get("max_connections", 40)) if url else None
    server.updates.set_hook(hook)
    return True


async def delete_webhook(server: TelegramServer, call: Json) -> bool:
    """Push no more."""
    return await set_webhook(server, {"drop_pending_updates": call.get("drop_pending_updates")})


async def get_webhook_info(server: TelegramServer, _call: Json) -> Json:
    """How the webhook does."""
    hook = server.updates.hook
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(server.updates.queue),
    }
    if hook and hook.last_error:
        info |= {"last_error_date": server.now(), "last_error_message": hook.last_error}
    return info


def _allow(server: TelegramServer, call: Json) -> None:
    """What is not said stays as it was."""
    if (allowed := call.get("allowed_updates")) is not None:
        server.updates.allowed = frozenset(allowed) or DEFAULT


async def get_chat(server: TelegramServer, call: Json) -> Json:
    """About a chat."""
    chat = server.chat(call.get("chat_id"))
    pinned = {"pinned_message": chat.messages[max(chat.pinned)].json} if chat.pinned else {}
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    needed = {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    return chat.json | needed | pinned


async def get_file(server: TelegramServer, call: Json) -> Json:
    """Where a file stands; its place holds for an hour, and a new question makes it good again."""
    sent = server.files.get(call.get("file_id", ""))
    if sent is None:
        raise refused("wrong file_id or the file is temporarily unavailable")
    if len(sent.content) > LARGEST_FILE:
        raise refused("file is too big")
    ids = {"file_id": call["file_id"], "file_unique_id": f"u{call['file_id']}"}
    return {**ids, "file_size": len(sent.content), "file_path": sent.path}


async def get_chat_member(server: TelegramServer, call: Json) -> Json:
    """How somebody stands in a chat."""
    chat, user = server.chat(call.get("chat_id")), call.get("user_id")
    check_readable(chat)
    if chat.kind == "channel" and chat.bot != "administrator":
        raise refused("member list is inaccessible")
    if user == server.bot.id:
        return member_json(server.bot, chat.bot, chat.bot_rights)
    if user not in server.people:
        raise refused("user not found")
    return member_json(server.people[user].user, chat.members.get(user, "left"), set())


async def get_chat_administrators(server: TelegramServer, call: Json) -> list[Json]:
    """Who runs a chat."""
    chat = server.chat(call.get("chat_id"))
    runs = {user: s for user, s in chat.members.items() if s in {"creator", "administrator"}}
    return [member_json(server.people[user].user, standing, set()) for user, standing in runs.items()]


async def set_my_commands(server: TelegramServer, call: Json) -> bool:
    """The menu of a scope and language."""
    commands = call.get("commands", [])
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]) or not 1 <= len(command["description"]) <= 256:
            raise refused("BOT_COMMAND_INVALID")
    if len(commands) > 100:
        raise refused("BOT_COMMANDS_TOO_MUCH")
    server.menus[_scope(call)] = {each["command"]: each["description"] for each in commands}
    return True


async def delete_my_commands(server: TelegramServer, call: Json) -> bool:
    """No menu for a scope and language."""
    server.menus.pop(_scope(call), None)
    return True


async def get_my_commands(server: TelegramServer, call: Json) -> list[Json]:
    """The menu as it is."""
    menu = server.menus.get(_scope(call), {})
    return [{"command": name, "description": words} for name, words in menu.items()]


def _scope(call: Json) -> tuple[str, str]:
    kind, language = (call.get("scope") or {"type": "default"})["type"], call.get("language_code") or ""
    if kind not in _SCOPES:
        raise refused("unsupported type of scope")
    if not _LANGUAGE.fullmatch(language):
        raise refused("invalid language code specified")
    return kind, language


def set_text(kind: str) -> Call:
    async def call_it(server: TelegramServer, call: Json) -> bool:
        text, language = call.get(kind, ""), call.get("language_code") or ""
        if len(text) > _TEXTS[kind] or not _LANGUAGE.fullmatch(language):
            raise refused(f"{kind} is too long or its language unknown")
        server.texts[kind, language] = text
        return True

    return call_it
