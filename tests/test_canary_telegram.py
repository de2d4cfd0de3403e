"""The process on Telegram prints no token, name, message or account, at the lowest level, in bad weather."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from bot.campaign.endorsement import Kind
from tests.kills.person import Person
from tests.kills.seat import PATIENCE, PATIENT, Seat, play
from tests.kills.telegram import DESK, Night, by_webhook, running
from tests.peers.telegram_server import TelegramServer
from tests.peers.telegram_weather import Fault

ACCOUNT = 7712345678
TOKEN = "700:AAcanarytokencanarytokencanarytokenC"
SECRET = "a-secret-that-nobody-can-guess"
CANARIES = (
    *(TOKEN.partition(":")[2], "canarytoken", SECRET, str(ACCOUNT)),
    *("Canarybird", "Quetzal", "Canarina", "Canary desk", "Canarian message"),
)
WORDS = {
    "organisation": "Canarybird Tenants",
    "country": "Germany",
    "representative": "Quetzal Canary, chair",
}
SAID_BACK = "can't parse entities: Canarybird Tenants by Quetzal Canary"
"""The server may quote what it refuses."""


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    running = await TelegramServer(TOKEN).start()
    running.group(DESK, "Canary desk")
    yield running
    await running.stop()


def night(server: TelegramServer, folder: Path, **environ: str) -> Night:
    """A night in which everything is logged."""
    return Night(server, folder / "state", {"BOT_LOG_LEVEL": "DEBUG", **environ}, Random(5))


def clean(night: Night, *expected: str) -> None:
    """Assert that the process said something, and nothing of a person and no secret."""
    said = night.said.read_text()
    for event in expected:
        assert f'"event": "{event}"' in said, said
    found = [canary for canary in CANARIES if canary.casefold() in said.casefold()]
    assert not found, f"{found} was printed:\n{said}"


async def sign(server: TelegramServer) -> None:
    """Canarina signs, and writes something that nobody understands."""
    account = server.user(ACCOUNT, name="Canarina")
    seat = Seat(Person(str(ACCOUNT), Kind.ORGANISATION, WORDS), account, Random(6), PATIENT, withdraws=False)
    await play(seat)
    assert seat.person.signed
    known = seat.sight
    account.say("Canarian message")
    await server.until(lambda: seat.sight != known, PATIENCE)


def spoil(server: TelegramServer) -> None:
    """Each kind of call goes wrong, where it can be survived soon."""
    expect = server.weather.expect
    expect(Fault.HTML, "getMe")
    for fault in (Fault.CUT, Fault.NONSENSE):
        expect(fault, "getUpdates")
        expect(fault, "answerCallbackQuery")
    expect(Fault.LOST, "sendMessage", chat=ACCOUNT)
    expect(Fault.HTML, "editMessageText")
    expect(Fault.REFUSED, "sendMessage", chat=DESK, words=SAID_BACK)


def all_met(server: TelegramServer) -> bool:
    """Whether every trouble happened; by webhook nobody polls."""
    return all(trouble.method == "getUpdates" for trouble in server.weather.troubles)


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_bad_weather_prints_nobody(server: TelegramServer, tmp_path: Path, mode: str) -> None:
    here = night(server, tmp_path, **(by_webhook() if mode == "webhook" else {}))
    spoil(server)
    async with running(here) as process:
        await sign(server)
        await server.until(lambda: all_met(server), PATIENCE)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    clean(here, "platform started", "answer failed")


async def test_a_refused_token_is_not_printed(server: TelegramServer, tmp_path: Path) -> None:
    here = night(server, tmp_path)
    server.token, here.environ["BOT_TELEGRAM_TOKEN"] = "700:AAanother", TOKEN
    async with running(here) as process:
        await process.wait()
    assert server.unauthorised
    clean(here, "platform failed")


async def test_a_server_that_is_not_there_prints_no_token(server: TelegramServer, tmp_path: Path) -> None:
    here = night(server, tmp_path)
    await server.stop()
    async with running(here) as process:
        await server.until(
            lambda: here.said.exists() and "platform failed" in here.said.read_text(), PATIENCE
        )
        process.send_signal(signal.SIGTERM)
        await process.wait()
    clean(here, "platform failed")
