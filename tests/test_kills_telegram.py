"""The real process on Telegram, killed while several people play: nobody loses what they were told."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from bot.campaign.endorsement import State
from bot.campaign.refs import AccountRef
from bot.ports import Tx
from tests.kills import state
from tests.kills.person import question
from tests.kills.seat import Seat, card
from tests.kills.telegram import Night, by_webhook, spend
from tests.peers.telegram_server import TelegramServer
from tests.stage import START

KILLS = int(os.environ.get("BOT_TEST_KILLS", "5"))
"""In each mode."""


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    running = await TelegramServer().start()
    yield running
    await running.stop()


async def test_kills_by_polling_lose_nothing(server: TelegramServer, tmp_path: Path) -> None:
    await spend_and_check(Night(server, tmp_path / "state", {}, Random(3)))


async def test_kills_by_webhook_lose_nothing(server: TelegramServer, tmp_path: Path) -> None:
    await spend_and_check(Night(server, tmp_path / "state", by_webhook(), Random(4)))
    assert not server.called("getUpdates")


async def spend_and_check(night: Night) -> None:
    """Everything that must hold after a night with so many kills."""
    await spend(night, KILLS)
    state.look(night.folder, lambda tx: check(tx, night.played))
    said = night.said.read_text()
    assert night.server.token.partition(":")[2] not in said
    assert "Traceback" not in said, said
    assert "not-open" not in said, "what is owed is said once the bot can speak"
    signed = sum(seat.person.signed for seat in night.played)
    print(f"{night.kills} kills, {len(night.played)} played, {signed} signed")  # noqa: T201 (-rP shows it)


def check(tx: Tx, played: list[Seat]) -> None:
    """Nobody is owed anything; each stands as they were told; the counts are the rows."""
    assert tx.people.owed() == []
    for seat in played:
        check_one(tx, seat)
    assert {name: n for name, n in tx.tallies.get("palestine").items() if n} == tx.endorsements.count(
        "palestine"
    )
    names = Counter(each.entry.name for seat in played for each in tx.endorsements.of(person_id(tx, seat)))
    assert not [name for name, n in names.items() if name and n > 1]


def check_one(tx: Tx, seat: Seat) -> None:
    """Thanked means signed once; taken back means taken back; an open talk's question is what they see."""
    person = person_id(tx, seat)
    signed, talk = tx.endorsements.of(person), tx.sessions.open(person)
    who = f"{seat.person} sees {seat.newest}"
    assert len(signed) == int(seat.person.signed), f"{len(signed)} signed: {who}"
    for each in signed:
        assert (each.state is State.WITHDRAWN) == seat.withdrawn, f"{each.state}: {who}"
        assert [event.row for event in tx.audit.of(each.id)] == list(range(1, each.row + 1))
    if talk:
        assert seat.newest
        assert question(card(seat.newest)) == talk.at, f"is asked {talk.at}: {who}"
        lost = {key for key in seat.person.answers if key not in talk.answers}
        assert not lost, f"lost {lost}: {who}"
    assert signed or talk or not seat.person.answers, f"the talk is lost: {who}"


def person_id(tx: Tx, seat: Seat) -> str:
    """The id of ours of somebody who played."""
    return tx.people.meet(AccountRef("telegram", seat.person.user), "", START).id
