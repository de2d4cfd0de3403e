"""What Telegram shows of the bot before anybody writes: menus of commands and two texts, in each language.

Telegram limits how often they may be set, so only what changed is: a note in the store keeps what is there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from telegram import Bot, BotCommandScope
from telegram.error import TelegramError

from bot import log
from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.reading import PLATFORM
from bot.ports import Store

LONGEST_DESCRIPTION, LONGEST_SHORT, LONGEST_COMMAND = 512, 120, 256

_TWO_LETTERS = {"fil": "tl"}
"""Telegram knows languages by two letters alone."""
_CODE = 2


class Scope(StrEnum):
    """Where a menu is shown."""

    PRIVATE = "all_private_chats"
    ROOMS = "all_group_chats"
    ADMINISTRATORS = "all_chat_administrators"


@dataclass(frozen=True, slots=True)
class Words:
    """What the profile says in one language; ``language`` "" is for everybody whose language has none.

    ``menus`` have a command's name without "/" and what it does. ``description`` stands in an empty chat,
    ``short`` on the profile and beside shared links.
    """

    language: str = ""
    menus: Mapping[Scope, Mapping[str, str]] = field(default_factory=dict)
    description: str = ""
    short: str = ""


Setter = Callable[[Bot], Awaitable[object]]


async def put_profile(messenger: TelegramMessenger, store: Store, words: Iterable[Words]) -> bool:
    """Set what changed since it was set last; returns whether all is as it should be now.

    What no longer has words is emptied. Nothing can be set before the messenger is open. Raises StoreFull,
    StoreBusy.
    """
    if messenger.me is None:
        return False
    note = f"{PLATFORM}.profile.{messenger.me.id}"
    kept = await store.read(lambda tx: tx.notes.get(note))
    there: dict[str, str] = json.loads(kept) if kept else {}
    wanted = {key: setting for each in words for key, setting in _settings(each)}
    gone = {key: _setting(key, {} if key.startswith("menu/") else "") for key in there.keys() - wanted.keys()}
    waiting = [(key, *setting) for key, setting in (wanted | gone).items() if setting[0] != there.get(key)]
    done = await _set(messenger.api.bot, waiting)
    now = {key: digest for key, digest in (there | done).items() if key in wanted or key not in done}
    if now != there:
        await store.transaction(lambda tx: tx.notes.put(note, json.dumps(now)))
    return len(done) == len(waiting)


async def _set(bot: Bot, waiting: Iterable[tuple[str, str, Setter]]) -> dict[str, str]:
    """What could be set, and its digest; at the first trouble the rest waits."""
    done: dict[str, str] = {}
    for key, digest, setter in waiting:
        try:
            await setter(bot)
        except TelegramError as error:
            log.event(log.Event.PLATFORM_FAILED, platform=PLATFORM, error=error, reason="profile")
            break
        done[key] = digest
    return done


def _settings(words: Words) -> Iterable[tuple[str, tuple[str, Setter]]]:
    """Every setting of a language by its key; none for a language Telegram has no two letters for."""
    code = _TWO_LETTERS.get(words.language, words.language.partition("-")[0])
    if code and len(code) != _CODE:
        return
    for scope, menu in words.menus.items():
        key = f"menu/{scope}/{code}"
        yield key, _setting(key, menu)
    for kind, text in (("description", words.description), ("short", words.short)):
        key = f"{kind}/{code}"
        yield key, _setting(key, text)


def _setting(key: str, value: Mapping[str, str] | str) -> tuple[str, Setter]:
    """The digest of a setting and how it is set; an empty value takes it away."""
    kind, *where, code = key.split("/")
    digest = hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]
    language = code or None
    if isinstance(value, str):
        if kind == "short":
            return digest, lambda bot: bot.set_my_short_description(value[:LONGEST_SHORT], language)
        return digest, lambda bot: bot.set_my_description(value[:LONGEST_DESCRIPTION], language)
    scope = BotCommandScope(where[0])
    menu = [(name, what[:LONGEST_COMMAND]) for name, what in value.items()]
    if not menu:
        return digest, lambda bot: bot.delete_my_commands(scope, language)
    return digest, lambda bot: bot.set_my_commands(menu, scope, language)
