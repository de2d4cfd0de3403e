"""The library's way out: no token in anything that is raised, printed or logged."""

from __future__ import annotations

import io
import logging
import traceback
from collections.abc import Iterator

import pytest
from aiohttp import web
from telegram.error import TelegramError

from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.request import AiohttpRequest, Api, NotSent
from tests.peers.telegram_server import TOKEN, TelegramServer
from tests.peers.telegram_weather import Fault

SECRET = TOKEN.partition(":")[2]


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything anybody logs at the level a bot runs with, word for word."""
    stream, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.mark.parametrize("fault", [*Fault])
async def test_no_fault_tells_the_token(server: TelegramServer, lines: io.StringIO, fault: Fault) -> None:
    api = Api(TOKEN, server.api, patience=0.3)
    await api.bot.initialize()
    server.user(5).start()
    server.weather.expect(fault, seconds=1, words="a word", times=9)
    told = ""
    for calling in (api.call("getChat", {"chat_id": 5}), api.bot.get_chat(5)):
        try:
            await calling
        except TelegramError as error:
            told += "".join(traceback.format_exception(error)) + repr(error)
    await api.close()
    assert SECRET not in told + lines.getvalue() + repr(api)
    assert told or fault is Fault.SLOW


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1", "http://host.invalid", "ftp://x", "nonsense", "http://"]
)
async def test_wrong_addresses_do_not_tell_it_either(address: str, lines: io.StringIO) -> None:
    messenger = TelegramMessenger(TOKEN, address, patience=2)
    with pytest.raises(TelegramError) as raised:
        await messenger.open()
    await messenger.close()
    told = "".join(traceback.format_exception(raised.value)) + repr(raised.value) + repr(messenger)
    assert SECRET not in told + lines.getvalue()


async def test_nobody_is_sent_elsewhere(lines: io.StringIO) -> None:
    asked = list[str]()

    async def away(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=302, headers={"Location": "/elsewhere"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", away)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    api = Api(TOKEN, f"http://127.0.0.1:{runner.addresses[0][1]}")
    with pytest.raises(TelegramError):
        await api.bot.initialize()
    assert asked == [f"/bot{TOKEN}/getMe"]
    assert SECRET not in lines.getvalue()
    await api.close()
    await runner.cleanup()


async def test_after_closing_nothing_is_sent() -> None:
    request = AiohttpRequest()
    with pytest.raises(NotSent):
        await request.post("http://127.0.0.1:1/x")
    await request.shutdown()
