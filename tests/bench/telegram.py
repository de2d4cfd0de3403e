"""CPU seconds per 1,000 updates of the signing talk: ours by polling and webhook, and what others write.

``python -m tests.bench.telegram --updates 2000``; ``--profile`` says where our time goes.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.bench.process import running
from tests.bench.summary import summary
from tests.bench.talk import PATIENCE, STEPS, crowd
from tests.kills.telegram import DESK, by_webhook
from tests.peers.telegram_server import TelegramServer

QUIET = 1.0
"""Seconds without a call after which a bot is at rest."""
WARM = 10
"""People who sign before the measurement, so that nothing is made for the first time in it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one bot took for the load."""

    name: str
    updates: int
    cpu: float
    wall: float
    starting: float
    memory: float
    calls: Counter[str]

    @property
    def per_thousand(self) -> float:
        """CPU seconds per 1,000 updates."""
        return self.cpu / self.updates * 1000


def of_ours(server: TelegramServer, state: Path) -> dict[str, str]:
    """The settings of our bot."""
    return {
        "BOT_STATE": str(state),
        "BOT_TELEGRAM_TOKEN": server.token,
        "BOT_TELEGRAM_API": server.api,
        "BOT_MODERATORS_CHAT": f"telegram:{DESK}",
    }


def of_baseline(server: TelegramServer, state: Path) -> dict[str, str]:
    """The settings of the other bot."""
    return {"BASELINE_STATE": str(state), "BASELINE_TOKEN": server.token, "BASELINE_API": server.api}


async def measure(
    name: str, module: list[str], people: int, at_once: int, *, warm: int = WARM, quiet: float = QUIET
) -> Measured:
    """One bot on a fresh server and an empty folder, under the load."""
    server = await TelegramServer().start()
    server.group(DESK, "Desk")
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder)
        environ = of_baseline(server, state) if name == "baseline" else of_ours(server, state)
        environ |= by_webhook() if name == "ours, webhook" else {}
        async with running(module, environ, state / "said") as bot:
            await crowd(server, range(warm), warm)
            await _rest(server, quiet)
            starting, begun, called = bot.cpu(), time.monotonic(), len(server.calls)
            await crowd(server, range(warm, warm + people), at_once)
            wall = time.monotonic() - begun
            await _rest(server, quiet)
            calls = Counter(method for method, _ in server.calls[called:] if method != "getUpdates")
            found = (people * len(STEPS), bot.cpu() - starting, wall, starting, bot.memory(), calls)
    await server.stop()
    return Measured(name, *found)


async def _rest(server: TelegramServer, quiet: float) -> None:
    """Wait until everything is taken, every press has its answer and nothing is said any more."""
    await server.until(lambda: not server.updates.queue, PATIENCE)
    await server.until(lambda: all(press.answer is not None for press in server.presses.values()), PATIENCE)
    known = -1
    while known != (known := _said(server)):  # noqa: ASYNC110  (that nothing comes any more is no event)
        await asyncio.sleep(quiet)


def _said(server: TelegramServer) -> int:
    return sum(method != "getUpdates" for method, _ in server.calls)


def table(found: list[Measured]) -> str:
    """The figures, with how many times cheaper than the last one each is."""
    base = found[-1].per_thousand
    lines = [
        "| bot | CPU s per 1,000 updates | times cheaper | updates per s | CPU s to start | MiB | calls |"
    ]
    lines.append("|---" * 7 + "|")
    for each in found:
        per_update = sum(each.calls.values()) / each.updates
        lines.append(
            f"| {each.name} | {each.per_thousand:.2f} | {base / each.per_thousand:.2f} "
            f"| {each.updates / each.wall:.0f} | {each.starting:.2f} | {each.memory:.0f} | {per_update:.2f} |"
        )
    return "\n".join(lines)


async def bench(updates: int, at_once: int, *, profile: bool) -> None:
    """Measure the three, one after another, and print what was found."""
    people = -(-updates // len(STEPS))
    ours, other = ["bot", "run"], ["tests.bench.baseline"]
    runs = [("ours, polling", ours), ("ours, webhook", ours), ("baseline", other)]
    found = [await measure(name, module, people, at_once) for name, module in runs]
    print(table(found))  # noqa: T201  (a command)
    for each in found:
        print(each.name, dict(each.calls))  # noqa: T201
    if profile:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "profile"
            await measure("ours, polling", ["tests.bench.profiled", str(file), "run"], people, at_once)
            print(summary(file))  # noqa: T201


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.telegram")
    parser.add_argument("--updates", type=int, default=2000)
    parser.add_argument("--at-once", type=int, default=40)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    asyncio.run(bench(asked.updates, asked.at_once, profile=asked.profile))


if __name__ == "__main__":
    main()
