"""Files that people sent are fetched whole or not at all, whatever the server says and does."""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator

import pytest

from bot.dialog.messages import FileRef
from bot.platforms.telegram.fetching import fetch, path_of
from bot.platforms.telegram.request import Api
from bot.ports import LARGEST_FILE
from tests.peers.telegram_asking import LARGEST_FILE as LARGEST
from tests.peers.telegram_files import Sent, keep
from tests.peers.telegram_server import TOKEN, TelegramServer
from tests.peers.telegram_weather import Fault

SECRET = TOKEN.partition(":")[2]
SOON = (0.01, 0.01)
CONTENT = b"Nama;Negara\n" * 9000
SEEN = FileRef("f1", "responses.csv", len(CONTENT))


@pytest.fixture
async def api(server: TelegramServer) -> AsyncIterator[Api]:
    made = Api(TOKEN, server.api, patience=2)
    await made.bot.initialize()
    yield made
    await made.close()


@pytest.fixture
def sent(server: TelegramServer) -> Sent:
    return keep(server, "f1", "responses.csv", CONTENT)


async def test_a_file_arrives_whole(server: TelegramServer, api: Api, sent: Sent) -> None:
    assert await fetch(api, SEEN, SOON) == CONTENT
    assert server.called("download") == [{"path": sent.path}]


@pytest.mark.parametrize(
    ("fault", "method"),
    [
        *((fault, "download") for fault in (Fault.CUT, Fault.LOST, Fault.HTML, Fault.ERROR)),
        *((fault, "getFile") for fault in (Fault.CUT, Fault.HTML, Fault.ERROR, Fault.NONSENSE)),
    ],
)
async def test_a_loss_on_the_way_is_tried_again(
    server: TelegramServer, api: Api, sent: Sent, fault: Fault, method: str
) -> None:
    server.weather.expect(fault, method, times=2)
    assert await fetch(api, SEEN, SOON) == CONTENT, sent
    server.weather.expect(fault, method, times=9)
    assert await fetch(api, SEEN, SOON) is None


async def test_a_server_that_is_busy_is_waited_for(server: TelegramServer, api: Api, sent: Sent) -> None:
    server.weather.expect(Fault.FLOOD, "download", seconds=1)
    assert await fetch(api, SEEN, SOON) == CONTENT, sent
    server.weather.expect(Fault.FLOOD, "download", seconds=3600)
    assert await fetch(api, SEEN, SOON) is None


async def test_a_place_that_expired_is_asked_for_anew(server: TelegramServer, api: Api, sent: Sent) -> None:
    sent.expired = True
    assert await fetch(api, SEEN, SOON) is None
    assert len(server.called("getFile")) == 3


async def test_the_size_that_was_told_is_not_believed(api: Api, sent: Sent) -> None:
    sent.content = bytes(LARGEST_FILE * 10)
    assert await fetch(api, FileRef("f1", "a.csv", 5), SOON) is None
    assert sent.served < len(sent.content)
    sent.content = bytes(LARGEST_FILE)
    assert await fetch(api, FileRef("f1", "a.csv", 0), SOON) == sent.content


async def test_what_is_told_to_be_too_large_is_not_asked_for(server: TelegramServer, api: Api) -> None:
    assert await fetch(api, FileRef("f1", "a.csv", LARGEST_FILE + 1), SOON) is None
    assert server.called("getFile") == []


async def test_what_the_server_refuses_is_asked_for_once(
    server: TelegramServer, api: Api, sent: Sent
) -> None:
    assert await fetch(api, FileRef("unknown", "a.csv", 5), SOON) is None
    sent.content = bytes(LARGEST + 1)
    assert await fetch(api, FileRef("f1", "a.csv", 5), SOON) is None
    assert len(server.called("getFile")) == 2
    assert server.called("download") == []


@pytest.mark.parametrize(
    "place",
    [
        *("", "/etc/passwd", "/var/lib/700/documents/a.csv", "../a", "a/../../b", "a//b", "a/.", "./a"),
        *("..\\a", "a/", "x" * 1001, None, 7, ["a"], {}),
    ],
)
def test_a_place_outside_the_tree(place: object) -> None:
    assert path_of(place) is None


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ("documents/file_0.html", "documents/file_0.html"),
        ("documents/a b?c#d%2e", "documents/a%20b%3Fc%23d%252e"),
        ("documents/\ud800", "documents/%3F"),
        ("..a/b..", "..a/b.."),
    ],
)
def test_a_place_in_the_tree(place: str, path: str) -> None:
    assert path_of(place) == path


async def test_a_place_outside_the_tree_is_never_read(server: TelegramServer, api: Api, sent: Sent) -> None:
    sent.path = "../../getMe"
    assert await fetch(api, SEEN, SOON) is None
    assert server.called("download") == []
    assert len(server.called("getFile")) == 1


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.LOST, Fault.HTML, Fault.ERROR])
async def test_no_loss_tells_the_token(server: TelegramServer, api: Api, sent: Sent, fault: Fault) -> None:
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        server.weather.expect(fault, "download", times=9)
        assert await fetch(api, SEEN, SOON) is None, sent
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    assert SECRET not in stream.getvalue()


async def test_a_token_that_is_refused_ends_it(server: TelegramServer, sent: Sent) -> None:
    server.token = "700:AAanothertoken"
    api = Api(TOKEN, server.api, patience=2)
    assert await fetch(api, SEEN, SOON) is None, sent
    await api.close()
