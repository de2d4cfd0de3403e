"""The web server: routes as handed in, bodies only as long as they may be, faults that tell nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.web.server import Reply, Request, Route, WebServer


async def echo(request: Request) -> Reply:
    told = f"{request.path} {request.query.get('q', '')} {request.headers['x-word']} ".encode()
    return Reply(200, told + request.body, headers={"X-More": "yes"})


async def broken(_request: Request) -> Reply:
    raise RuntimeError("Canarybird")


async def page(_request: Request) -> Reply:
    return Reply(200, b"{}", "application/json")


@pytest.fixture
async def server() -> AsyncIterator[WebServer]:
    routes = [
        Route("POST", "/echo", echo, largest=10),
        Route("GET", "/page", page),
        Route("POST", "/bad", broken),
    ]
    running = WebServer("127.0.0.1", 0, routes)
    await running.start()
    yield running
    await running.stop()


async def ask(server: WebServer, method: str, path: str, body: object = None) -> tuple[int, str, str]:
    url = f"http://127.0.0.1:{server.port}{path}"
    headers = {"X-Word": "hello"}
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, data=body, headers=headers) as answer,
    ):
        return answer.status, await answer.text(), answer.headers["Content-Type"]


async def test_a_route(server: WebServer) -> None:
    assert await ask(server, "POST", "/echo?q=5", b"body") == (
        200,
        "/echo 5 hello body",
        "text/plain; charset=utf-8",
    )
    assert await ask(server, "GET", "/page") == (200, "{}", "application/json")


async def test_other_addresses_and_methods(server: WebServer) -> None:
    assert (await ask(server, "GET", "/nothing"))[0] == 404
    assert (await ask(server, "GET", "/echo"))[0] == 405


async def test_a_body_that_is_too_long(server: WebServer) -> None:
    async def bit_by_bit() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b"xxxx"

    assert (await ask(server, "POST", "/echo", b"x" * 10))[0] == 200
    assert (await ask(server, "POST", "/echo", b"x" * 11))[0] == 413
    assert (await ask(server, "POST", "/echo", bit_by_bit()))[0] == 413


async def test_a_fault_stops_nobody_and_tells_nothing(server: WebServer) -> None:
    status, body, _ = await ask(server, "POST", "/bad")
    assert (status, body) == (500, "")
    assert (await ask(server, "GET", "/page"))[0] == 200


async def test_an_address_that_is_taken(server: WebServer) -> None:
    second = WebServer("127.0.0.1", server.port, [])
    with pytest.raises(OSError, match="in use"):
        await second.start()
    await second.stop()
    with pytest.raises(RuntimeError):
        _ = second.port


async def test_a_stop_lets_requests_end() -> None:
    begun, gate = asyncio.Event(), asyncio.Event()

    async def slow(_request: Request) -> Reply:
        begun.set()
        await gate.wait()
        return Reply(200, b"done")

    server = WebServer("127.0.0.1", 0, [Route("GET", "/slow", slow)])
    await server.start()
    asked = asyncio.ensure_future(ask(server, "GET", "/slow?q="))
    await begun.wait()
    stopping = asyncio.ensure_future(server.stop())
    gate.set()
    assert (await asked)[:2] == (200, "done")
    await stopping
