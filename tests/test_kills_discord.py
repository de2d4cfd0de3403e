"""The real process on Discord, killed while several people sign: nobody loses what they were told."""

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
from tests.kills.discord import Night, spend
from tests.kills.member import Member
from tests.peers.discord_server import DiscordServer
from tests.stage import START

KILLS = int(os.environ.get("BOT_TEST_KILLS", "5"))


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    running = await DiscordServer().start()
    yield running
    await running.stop()


async def test_kills_on_discord_lose_nothing(server: DiscordServer, tmp_path: Path) -> None:
    night = Night(server, tmp_path / "state", Random(5))
    await spend(night, KILLS)
    state.look(night.folder, lambda tx: check(tx, night.played))
    said = night.said.read_text()
    assert server.token not in said
    assert "Traceback" not in said, said
    assert server.pings == []
    print(told(night))  # noqa: T201 (-rP shows it)


def told(night: Night) -> str:
    """What happened, in numbers."""
    played, server = night.played, night.server
    parts = {
        "kills": night.kills,
        "played": len(played),
        "signed": sum(each.person.signed for each in played),
        "taken back": sum(each.withdrawn for each in played),
        "open talks": sum(bool(each.shown) and not each.person.signed for each in played),
        "tried again": sum(each.tried for each in played),
        "failed": len(server.failed),
        "refusals": dict(Counter(body.get("code") for _, body in server.refusals)),
    }
    return ", ".join(f"{number} {name}" for name, number in parts.items())


def check(tx: Tx, played: list[Member]) -> None:
    """Nobody is owed anything; each stands as they were told; the counts are the rows."""
    assert tx.people.owed() == []
    for who in played:
        check_one(tx, who)
    assert {name: n for name, n in tx.tallies.get("palestine").items() if n} == tx.endorsements.count(
        "palestine"
    )
    names = Counter(each.entry.name for who in played for each in tx.endorsements.of(person_id(tx, who)))
    assert not [name for name, n in names.items() if name and n > 1]


def check_one(tx: Tx, who: Member) -> None:
    """Thanked means signed once; taken back means taken back; an open talk's question is what they see."""
    person = person_id(tx, who)
    signed, talk = tx.endorsements.of(person), tx.sessions.open(person)
    told = f"{who.person} sees {who.card}, came back to {set(who.shown)}"
    assert len(signed) == int(who.person.signed), f"{len(signed)} signed: {told}"
    for each in signed:
        assert (each.state is State.WITHDRAWN) == who.withdrawn, f"{each.state}: {told}"
        assert [event.row for event in tx.audit.of(each.id)] == list(range(1, each.row + 1))
    if talk and not signed:
        assert talk.at in who.shown, f"is asked {talk.at}: {told}"
        lost = {key for key in who.person.answers if key not in talk.answers}
        assert not lost, f"lost {lost}: {told}"
    assert signed or talk or not who.person.answers, f"the talk is lost: {told}"


def person_id(tx: Tx, who: Member) -> str:
    """The id of ours of somebody who played."""
    return tx.people.meet(AccountRef("discord", who.person.user), "", START).id
