"""No name, contact, message text or account is in any log, at the lowest level, whatever goes wrong."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot import log
from bot.campaign.campaign import FieldRule
from bot.dialog.messages import Incoming, Outgoing
from bot.ports import Receipt, Tx
from tests.stage import Seat, open_stage, shipped

CANARIES = ("Canarybird Tenants", "Quetzal Canary", "canary@example.org", "Canarian message", "canarina")
MIRA = Seat("canarina")
TALK = (
    "/sign palestine",
    "Canarybird Tenants",
    "Germany",
    "Quetzal Canary, chair",
    "canary@example.org",
    "Canarian message to you",
)
CHECKOUT = Path(__file__).parents[1]


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that is logged, at the lowest level; the log is as before afterwards."""
    root, hooks = logging.getLogger(), (sys.excepthook, sys.unraisablehook)
    kept, level = root.handlers[:], root.level
    stream = io.StringIO()
    log.configure("DEBUG", (), stream)
    logging.getLogger().setLevel(logging.DEBUG)
    yield stream
    root.handlers[:], (sys.excepthook, sys.unraisablehook) = kept, hooks
    root.setLevel(level)
    logging.captureWarnings(capture=False)


def clean(text: str) -> None:
    """Assert that nothing of a person is in the text."""
    found = [canary for canary in CANARIES if canary.casefold() in text.casefold()]
    assert not found, f"{found} in the log:\n{text}"


def with_every_field() -> object:
    """The shipped content with a campaign that asks for a contact and a message too."""
    content = shipped()
    campaign = content.catalog.campaigns["palestine"]
    fields = {**campaign.fields, "contact": FieldRule.OPTIONAL, "message": FieldRule.OPTIONAL}
    fields |= {"acronym": FieldRule.OFF}
    campaigns = {"palestine": replace(campaign, fields=fields, undo_minutes=0)}
    return replace(content, catalog=replace(content.catalog, campaigns=campaigns))


async def test_a_whole_campaign_logs_nobody(lines: io.StringIO) -> None:
    stage = open_stage(with_every_field())  # type: ignore[arg-type]
    await stage.bot.start()
    await stage.say(MIRA, TALK[0])
    await stage.press(MIRA, "b.sign-organisation")
    for words in TALK[1:]:
        await stage.say(MIRA, words)
    await stage.press(MIRA, "b.sign-and-publish")
    await stage.press(Seat("asa", "desk"), "b.approve")
    await stage.press(MIRA, "b.show")
    await stage.press(MIRA, "b.take-name-off")
    await stage.restart(crash=True)
    clean(lines.getvalue())


async def test_a_turn_that_breaks_logs_where_and_not_what(lines: io.StringIO) -> None:
    stage = open_stage(shipped())
    await stage.bot.start()

    def broken(_tx: Tx) -> None:
        raise RuntimeError("Canarybird Tenants, canary@example.org")

    with pytest.raises(RuntimeError):
        await stage.store.transaction(broken)

    def stopped() -> datetime:
        raise RuntimeError("Canarian message")

    stage.clock.now = stopped  # type: ignore[method-assign]
    with pytest.raises(RuntimeError):
        await stage.say(MIRA, "Canarian message")
    logged = lines.getvalue()
    assert "turn failed" in logged, "the fault itself is logged"
    clean(logged)


async def test_a_messenger_that_raises_logs_nobody(lines: io.StringIO) -> None:
    stage = open_stage(shipped())
    await stage.bot.start()

    real = stage.messenger.real

    class Broken:
        """A platform that breaks its promise and raises."""

        private_chat = staticmethod(real.private_chat)

        async def answer(self, incoming: Incoming, outgoing: Outgoing) -> Receipt:
            raise RuntimeError(f"Canarybird Tenants {incoming} {outgoing}")

    stage.messenger.real = Broken()  # type: ignore[assignment]
    await stage.say(MIRA, "Canarian message")
    clean(lines.getvalue())


def test_the_real_process_logs_nobody(tmp_path: Path) -> None:
    talk = [TALK[0], "1", TALK[1], "2", TALK[2], TALK[3], "1", "/mine", "Canarian message"]
    environ = {**os.environ, "BOT_STATE": str(tmp_path), "BOT_LOG_LEVEL": "DEBUG"}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "console", "--user", MIRA.user],
        input="\n".join(talk) + "\n",
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env=environ,
        check=True,
        timeout=60,
    )
    assert "You sign the text" in done.stdout
    assert '"event": "started"' in done.stderr
    clean(done.stderr)
