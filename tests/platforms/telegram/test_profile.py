"""Menus and texts: set in each language, and only when they changed."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.profile import Scope, Words, put_profile
from bot.ports import Store
from bot.storage.direct import open_direct
from tests.peers.telegram_server import TelegramServer
from tests.peers.telegram_weather import Fault
from tests.stage import KEY

ENGLISH = Words(
    "",
    {Scope.PRIVATE: {"sign": "Sign a text", "list": "Who signed"}, Scope.ADMINISTRATORS: {"channel": "News"}},
    "I collect sign-ons.",
    "Sign-ons",
)
MALAY = replace(ENGLISH, language="ms", menus={Scope.PRIVATE: {"sign": "Tandatangan"}}, short="Sokongan")
FILIPINO = replace(MALAY, language="fil", short="Suporta")
UNKNOWN = replace(MALAY, language="haw")
ALL = (ENGLISH, MALAY, FILIPINO, UNKNOWN)


@pytest.fixture
def store() -> Store:
    return open_direct(sqlite3.connect(":memory:", isolation_level=None), KEY)


def settings(server: TelegramServer) -> list[str]:
    """The names of the calls that set something."""
    return [name for name, _ in server.calls if name.startswith(("setMy", "deleteMy"))]


async def test_everything_is_set_once(
    server: TelegramServer, messenger: TelegramMessenger, store: Store
) -> None:
    assert await put_profile(messenger, store, ALL)
    assert server.menus == {
        ("all_private_chats", ""): {"sign": "Sign a text", "list": "Who signed"},
        ("all_chat_administrators", ""): {"channel": "News"},
        ("all_private_chats", "ms"): {"sign": "Tandatangan"},
        ("all_private_chats", "tl"): {"sign": "Tandatangan"},
    }
    assert server.texts["description", ""] == "I collect sign-ons."
    assert server.texts["short_description", "tl"] == "Suporta"
    said = len(settings(server))
    assert await put_profile(messenger, store, ALL)
    assert len(settings(server)) == said, "nothing changed"


async def test_what_changed_is_set_and_what_is_gone_is_emptied(
    server: TelegramServer, messenger: TelegramMessenger, store: Store
) -> None:
    await put_profile(messenger, store, ALL)
    said = len(settings(server))
    assert await put_profile(messenger, store, (ENGLISH, replace(MALAY, short="Baru")))
    assert sorted(settings(server)[said:]) == [
        "deleteMyCommands",
        "setMyDescription",
        "setMyShortDescription",
        "setMyShortDescription",
    ]
    assert server.texts["short_description", "ms"] == "Baru"
    assert server.texts["short_description", "tl"] == ""
    assert ("all_private_chats", "tl") not in server.menus
    said = len(settings(server))
    await put_profile(messenger, store, (ENGLISH, replace(MALAY, short="Baru")))
    assert len(settings(server)) == said


async def test_what_could_not_be_set_waits(
    server: TelegramServer, messenger: TelegramMessenger, store: Store
) -> None:
    server.weather.expect(Fault.FLOOD, "setMyDescription")
    assert not await put_profile(messenger, store, ALL)
    tried = settings(server)
    assert tried[-1] == "setMyDescription"
    server.weather.bans.clear()
    assert await put_profile(messenger, store, ALL)
    assert len(settings(server)) == 10 + 1, "ten settings, and the one that failed"
    assert server.texts["short_description", "tl"] == "Suporta"


async def test_another_bot_is_set_anew(
    server: TelegramServer, messenger: TelegramMessenger, store: Store
) -> None:
    await put_profile(messenger, store, ALL)
    other = await TelegramServer("701:AAanothertokenanothertokenanothert").start()
    second = TelegramMessenger(other.token, other.api)
    assert await put_profile(second, store, ALL) is False, "it does not know its name yet"
    await second.open()
    assert await put_profile(second, store, ALL)
    assert other.menus == server.menus
    await second.close()
    await other.stop()


async def test_long_words_are_cut(server: TelegramServer, messenger: TelegramMessenger, store: Store) -> None:
    long = Words("", {Scope.ROOMS: {"list": "x" * 300}}, "y" * 600, "z" * 200)
    assert await put_profile(messenger, store, (long,))
    assert len(server.texts["description", ""]) == 512
