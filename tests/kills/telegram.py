"""The real process on the strict Bot API, killed again and again while several people play."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.kills.seat import PATIENCE, Seat, play, seat
from tests.peers.telegram_server import TelegramServer

CHECKOUT = Path(__file__).parents[2]
SEATS = 8
"""So many people play at once."""
DESK = -1001000000001
CALLS, STARTING, CALLING = 40, 1.6, 0.05
"""A process dies after at most so many messages and so many seconds more; or within seconds of its start."""
QUIET = 1.0
"""Seconds without a message to a person after which everything is said."""


@dataclass
class Night:
    """One server, one state folder, everybody who played, and the process of the moment."""

    server: TelegramServer
    folder: Path
    environ: dict[str, str]
    chance: Random
    played: list[Seat] = field(default_factory=list)
    kills: int = 0
    over: bool = False

    @property
    def said(self) -> Path:
        """What all processes of the night wrote to their outputs."""
        return self.folder.parent / "said"

    def messages(self) -> int:
        """How many calls about people's chats and presses there were."""
        about = {"sendMessage", "editMessageText", "answerCallbackQuery"}
        return sum(name in about and call.get("chat_id", 1) > 0 for name, call in self.server.calls)


def by_webhook() -> dict[str, str]:
    """The settings that let the server push, at a port that is free just now and stays the night's."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port = place.getsockname()[1]
    return {
        "BOT_TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "BOT_TELEGRAM_WEBHOOK_SECRET": "a-secret-that-nobody-can-guess",
        "BOT_WEB_LISTEN": f"127.0.0.1:{port}",
    }


@asynccontextmanager
async def running(night: Night) -> AsyncIterator[asyncio.subprocess.Process]:
    """``bot run``; what is left of it is killed."""
    environ = {
        **os.environ,
        "BOT_STATE": str(night.folder),
        "BOT_TELEGRAM_TOKEN": night.server.token,
        "BOT_TELEGRAM_API": night.server.api,
        "BOT_MODERATORS_CHAT": f"telegram:{DESK}",
        **night.environ,
    }
    command = (sys.executable, "-m", "bot", "run")
    with night.said.open("ab") as said:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=CHECKOUT, env=environ, stdout=said, stderr=said
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def spend(night: Night, kills: int) -> None:
    """The whole night: people play, so many processes are killed, and the last one is left in peace."""
    night.server.group(DESK, "Desk")
    async with asyncio.TaskGroup() as group:
        for _ in range(SEATS):
            group.create_task(_sit(night))
        while night.kills < kills:
            await _live(night)
        group.create_task(_rest(night))


async def _sit(night: Night) -> None:
    """One seat: whoever has ended makes room for the next, until the last kill."""
    while not night.over:
        person = seat(night.server, len(night.played), night.chance)
        night.played.append(person)
        await play(person)


async def _live(night: Night) -> None:
    """One process, killed while it starts or soon after some message."""
    async with running(night) as process:
        if night.chance.random() < 0.2:
            await asyncio.sleep(night.chance.random() * STARTING)
        else:
            enough = night.messages() + night.chance.randint(1, CALLS)
            await night.server.until(lambda: night.messages() >= enough or process.returncode, PATIENCE)
            await asyncio.sleep(night.chance.random() * CALLING)
        assert process.returncode is None, night.said.read_text()
        process.kill()
        assert await process.wait() == -signal.SIGKILL
    night.kills += 1


async def _rest(night: Night) -> None:
    """The last process goes on until everybody has ended and everything is said; then it is asked to stop."""
    night.over = True
    async with running(night) as process:
        await night.server.until(lambda: all(person.ended for person in night.played), 4 * PATIENCE)
        await night.server.until(lambda: not night.server.updates.queue, PATIENCE)
        known = -1
        while known != night.messages():
            known = night.messages()
            await asyncio.sleep(QUIET)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0, night.said.read_text()
