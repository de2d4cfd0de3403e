"""Every outcome of a send as a receipt: from the library's own errors, made by the real server's answers."""

from __future__ import annotations

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Outgoing
from bot.dialog.text import paragraph
from bot.platforms.telegram.client import TelegramMessenger
from bot.platforms.telegram.receipts import LOST, receipt_of
from bot.platforms.telegram.request import NotSent, TooMany, Unsure
from bot.ports import Fate, Receipt
from tests.peers.telegram_server import TelegramServer
from tests.peers.telegram_weather import Fault

ERRORS = [
    (TooMany(7), Fate.UNSENT, "too-many"),
    (NotSent("ClientConnectorError"), Fate.UNSENT, "not-sent"),
    (Unsure("ServerDisconnectedError"), Fate.UNKNOWN, "Unsure"),
    (TimedOut(), Fate.UNKNOWN, "TimedOut"),
    (NetworkError("Internal Server Error"), Fate.UNKNOWN, "NetworkError"),
    (TelegramError("Invalid server response"), Fate.UNKNOWN, "TelegramError"),
    (InvalidToken("Not Found"), Fate.UNSENT, "token"),
    (KeyError("result"), Fate.UNKNOWN, "KeyError"),
    (ChatMigrated(-1007), Fate.MOVED, "moved"),
    (Forbidden("Forbidden: bot was blocked by the user"), Fate.GONE, "blocked"),
    (Forbidden("Forbidden: user is deactivated"), Fate.GONE, "deactivated"),
    (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Fate.GONE, "kicked"),
    (Forbidden("Forbidden: bot is not a member of the channel chat"), Fate.GONE, "no-member"),
    (Forbidden("Forbidden: bot can't initiate conversation with a user"), Fate.GONE, "not-started"),
    (Forbidden("Forbidden: some new word"), Fate.GONE, "forbidden"),
]


@pytest.mark.parametrize(("error", "fate", "reason"), ERRORS, ids=lambda value: str(value)[:40])
def test_errors(error: Exception, fate: Fate, reason: str) -> None:
    receipt = receipt_of(error)
    assert (receipt.fate, receipt.reason) == (fate, reason)


REFUSALS = [
    ("chat not found", Fate.GONE, "unknown-chat"),
    ("PEER_ID_INVALID", Fate.GONE, "unknown-chat"),
    ("group chat was deactivated", Fate.GONE, "closed"),
    ("CHANNEL_PRIVATE", Fate.GONE, "closed"),
    ("USER_IS_BLOCKED", Fate.GONE, "blocked"),
    ("message thread not found", Fate.GONE, "topic"),
    ("TOPIC_CLOSED", Fate.GONE, "topic"),
    ("not enough rights to send text messages to the chat", Fate.GONE, "no-right"),
    ("have no rights to send a message", Fate.GONE, "no-right"),
    ("need administrator rights in the channel chat", Fate.GONE, "no-right"),
    ("CHAT_WRITE_FORBIDDEN", Fate.GONE, "no-right"),
    ("CHAT_SEND_PLAIN_FORBIDDEN", Fate.GONE, "no-right"),
    ("message is not modified: specified new message content", Fate.SENT, ""),
    ("message to edit not found", Fate.REFUSED, LOST),
    ("message can't be edited", Fate.REFUSED, LOST),
    ("can't parse entities: unsupported", Fate.REFUSED, "content"),
    ("message is too long", Fate.REFUSED, "content"),
    ("BUTTON_DATA_INVALID", Fate.REFUSED, "content"),
    ("some new word", Fate.REFUSED, "content"),
]


@pytest.mark.parametrize(("words", "fate", "reason"), REFUSALS)
def test_refusals(words: str, fate: Fate, reason: str) -> None:
    receipt = receipt_of(BadRequest(f"Bad Request: {words}"))
    assert (receipt.fate, receipt.reason) == (fate, reason)


FAULTS = [
    (Fault.CUT, Receipt(Fate.UNKNOWN, reason="Unsure"), 0),
    (Fault.LOST, Receipt(Fate.UNKNOWN, reason="Unsure"), 1),
    (Fault.HTML, Receipt(Fate.UNKNOWN, reason="Unsure"), 1),
    (Fault.NONSENSE, Receipt(Fate.UNKNOWN, reason="Unsure"), 1),
    (Fault.ERROR, Receipt(Fate.UNKNOWN, reason="NetworkError"), 0),
    (Fault.FLOOD, Receipt(Fate.UNSENT, retry=9, reason="too-many"), 0),
    (Fault.REFUSED, Receipt(Fate.REFUSED, reason="content"), 0),
    (Fault.FORBIDDEN_PAGE, Receipt(Fate.UNKNOWN, reason="Unsure"), 0),
    (Fault.BUSY_PAGE, Receipt(Fate.UNSENT, retry=1, reason="too-many"), 0),
    (Fault.TOO_LARGE, Receipt(Fate.REFUSED, reason="content"), 0),
]
HELLO = Outgoing((paragraph("hello"),))


@pytest.mark.parametrize(("fault", "receipt", "arrives"), FAULTS)
async def test_what_the_wire_does(
    server: TelegramServer, messenger: TelegramMessenger, fault: Fault, receipt: Receipt, arrives: int
) -> None:
    mira = server.user(5)
    mira.start()
    server.weather.expect(fault, "sendMessage", seconds=9, words="a new word")
    assert await messenger.send(ChatRef("telegram", "5"), HELLO) == receipt
    assert len(mira.chat.from_bot) == arrives


async def test_a_late_answer_is_unknown(server: TelegramServer) -> None:
    messenger = TelegramMessenger(server.token, server.api, patience=0.3)
    await messenger.open()
    mira = server.user(5)
    mira.start()
    server.weather.expect(Fault.SLOW, "sendMessage", seconds=1)
    assert (await messenger.send(ChatRef("telegram", "5"), HELLO)).fate is Fate.UNKNOWN
    assert len(mira.chat.from_bot) == 1
    await messenger.close()


async def test_nobody_there_is_surely_not_sent(server: TelegramServer, messenger: TelegramMessenger) -> None:
    await server.stop()
    receipt = await messenger.send(ChatRef("telegram", "5"), HELLO)
    assert receipt in (Receipt(Fate.UNSENT, reason="not-sent"), Receipt(Fate.UNKNOWN, reason="Unsure"))
    assert await messenger.send(ChatRef("telegram", "5"), HELLO) == Receipt(Fate.UNSENT, reason="not-sent")


async def test_a_refused_token_is_not_tried_again(
    server: TelegramServer, messenger: TelegramMessenger
) -> None:
    server.user(5).start()
    server.token = "700:other"
    for _ in range(3):
        receipt = await messenger.send(ChatRef("telegram", "5"), HELLO)
        assert (receipt.fate, receipt.reason) == (Fate.UNSENT, "token")
    assert server.unauthorised == 1
