"""What became of a call, by Discord's codes."""

from __future__ import annotations

from types import SimpleNamespace

import aiohttp
import discord
import pytest
from aiohttp.client_reqrep import ConnectionKey

from bot.platforms.discord.receipts import LATE, LOST, UNTIL_RESTART, receipt_of
from bot.ports import Fate, Receipt

KEY = ConnectionKey("discord.com", 443, True, True, None, None, None)  # noqa: FBT003  (the library's)


def said(status: int, code: int, retry_after: str = "") -> discord.HTTPException:
    headers = {"Retry-After": retry_after} if retry_after else {}
    response = SimpleNamespace(status=status, reason="", headers=headers)
    return discord.HTTPException(response, {"code": code, "message": "words"})


@pytest.mark.parametrize(
    ("status", "code", "fate", "reason"),
    [
        (404, 10003, Fate.GONE, "unknown-chat"),
        (403, 50001, Fate.GONE, "no-right"),
        (403, 50013, Fate.GONE, "no-right"),
        (403, 50007, Fate.GONE, "blocked"),
        (403, 160005, Fate.GONE, "locked"),
        (404, 10008, Fate.REFUSED, LOST),
        (400, 50083, Fate.REFUSED, LOST),
        (404, 10062, Fate.REFUSED, LATE),
        (404, 10015, Fate.REFUSED, LATE),
        (401, 50027, Fate.REFUSED, LATE),
        (400, 40060, Fate.SENT, ""),
        (400, 40033, Fate.SENT, ""),
        (400, 50035, Fate.REFUSED, "content"),
        (400, 200000, Fate.REFUSED, "content"),
        (503, 0, Fate.UNKNOWN, "HTTPException"),
        (503, 130000, Fate.UNSENT, "too-many"),
        (401, 0, Fate.UNSENT, "token"),
        (429, 0, Fate.UNSENT, "too-many"),
        (429, 30046, Fate.UNSENT, "too-many"),
    ],
)
def test_each_code_has_its_fate(status: int, code: int, fate: Fate, reason: str) -> None:
    receipt = receipt_of(said(status, code))
    assert (receipt.fate, receipt.reason) == (fate, reason)
    assert bool(receipt.retry) == (fate is Fate.UNSENT), "what waits says how long"


def test_a_limit_is_waited_for_as_long_as_discord_says() -> None:
    assert receipt_of(said(429, 0, "12.5")).retry == pytest.approx(12.5)
    assert receipt_of(said(429, 30046, "soon")).retry == pytest.approx(600)
    assert receipt_of(discord.RateLimited(77)).retry >= 77


def test_a_refused_token_waits_for_another() -> None:
    assert receipt_of(discord.LoginFailure()) == Receipt(Fate.UNSENT, retry=UNTIL_RESTART, reason="token")


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (aiohttp.ClientConnectorError(KEY, OSError("refused")), Fate.UNSENT),
        (aiohttp.ConnectionTimeoutError(), Fate.UNSENT),
        (aiohttp.ServerDisconnectedError(), Fate.UNKNOWN),
        (aiohttp.SocketTimeoutError(), Fate.UNKNOWN),
        (ConnectionResetError(), Fate.UNKNOWN),
        (TimeoutError(), Fate.UNKNOWN),
        (RuntimeError(), Fate.UNKNOWN),
    ],
)
def test_what_the_network_did_says_whether_it_was_sent(error: Exception, fate: Fate) -> None:
    assert receipt_of(error).fate is fate
