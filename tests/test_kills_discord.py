"""The real process on Discord, killed while people sign and moderators decide: nobody loses what was told."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from bot.campaign.announcement import DeliveryState
from bot.campaign.endorsement import State
from bot.campaign.refs import AccountRef
from bot.features.steps import card_key
from bot.ports import Tx
from tests.kills import state
from tests.kills.discord import Night, spend
from tests.kills.member import Member
from tests.kills.moderator import NOTICES, Desk, meant, notices
from tests.peers.discord_server import DiscordServer
from tests.stage import DATA, START

KILLS = int(os.environ.get("BOT_TEST_KILLS", "5"))
PALESTINE = "campaigns/palestine.toml"


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    running = await DiscordServer().start()
    yield running
    await running.stop()


async def test_kills_on_discord_lose_nothing(server: DiscordServer, tmp_path: Path) -> None:
    night = Night(server, tmp_path / "state", Random(5), decided_at_once(tmp_path / "data"))
    await spend(night, KILLS)
    state.look(night.folder, lambda tx: check(tx, night))
    said = night.said.read_text()
    secrets = [server.token, *server.interactions, *(word for who in night.played for word in secret(who))]
    assert not [word for word in secrets if word in said]
    assert "Traceback" not in said, said
    assert server.pings == []
    print(in_numbers(night))  # noqa: T201 (-rP shows it)


def secret(who: Member) -> tuple[str, ...]:
    """What no log knows of somebody."""
    return (who.name, who.person.user, who.account.user.name)


def decided_at_once(folder: Path) -> dict[str, str]:
    """The settings with which what is approved is published at once."""
    sheet = folder / PALESTINE
    sheet.parent.mkdir(parents=True)
    sheet.write_text(f"undo_minutes = 0\n{(DATA / PALESTINE).read_text()}")
    return {"BOT_DATA": f"{DATA}{os.pathsep}{folder}"}


def in_numbers(night: Night) -> str:
    """What happened."""
    played, server = night.played, night.server
    parts = {
        "kills": night.kills,
        "played": len(played),
        "signed": sum(each.person.signed for each in played),
        "taken back": sum(each.withdrawn for each in played),
        "told what was decided": sum(map(notices, played)),
        "open talks": sum(bool(each.shown) and not each.person.signed for each in played),
        "tried again": sum(each.tried for each in played) + sum(each.tried for each in night.moderators),
        "alone at the end": sum(each.alone for each in played),
        "failed": len(server.failed),
        "cards still old at the end": len(night.desk.stale),
        "given back by nonce": len(server.repeats),
        "refusals": dict(Counter(body.get("code") for _, body in server.refusals)),
    }
    return ", ".join(f"{number} {name}" for name, number in parts.items())


def check(tx: Tx, night: Night) -> None:
    """Nobody is owed anything; each stands as they were told; the counts are the rows."""
    assert tx.people.owed() == []
    for who in night.played:
        check_one(tx, who)
        check_told(tx, night.desk, who)
    assert {name: n for name, n in tx.tallies.get("palestine").items() if n} == tx.endorsements.count(
        "palestine"
    )
    signed = (each for who in night.played for each in tx.endorsements.of(person_id(tx, who)))
    names = Counter(each.entry.name for each in signed)
    assert not [name for name, n in names.items() if name and n > 1]


def check_one(tx: Tx, who: Member) -> None:
    """Thanked means signed once; what is decided was meant; an open talk's question is what they see."""
    person = person_id(tx, who)
    signed, talk = tx.endorsements.of(person), tx.sessions.open(person)
    told = f"{who.person} sees {who.card}, came back to {set(who.shown)}"
    assert len(signed) == int(who.person.signed), f"{len(signed)} signed: {told}"
    for each in signed:
        may = {State.WITHDRAWN} if who.withdrawn else {State.IN_REVIEW, meant(who.name)}
        assert each.state in may, f"{each.state}: {told}"
        assert [event.row for event in tx.audit.of(each.id)] == list(range(1, each.row + 1))
    if talk and not signed:
        assert talk.at in who.shown, f"is asked {talk.at}: {told}"
        lost = {key for key in who.person.answers if key not in talk.answers}
        assert not lost, f"lost {lost}: {told}"
    assert signed or talk or not who.person.answers, f"the talk is lost: {told}"


def check_told(tx: Tx, desk: Desk, who: Member) -> None:
    """Who signed has one card at the desk and one notice, or these are still owed; none is doubled."""
    cards, told = desk.cards(who), notices(who)
    signed = tx.endorsements.of(person_id(tx, who))
    assert len(cards) <= len(signed), [card.text for card in cards]
    assert told <= len(signed), f"told {told} times: {who.person}"
    for each in signed:
        review = tx.deliveries.by_key(f"{card_key(each.id)}/discord:{desk.channel.id}")
        notice = tx.deliveries.by_key(f"notice/{each.id}/{each.row}")
        assert review
        assert cards or review.state is DeliveryState.PLANNED, review
        assert (notice is not None) == (each.state in NOTICES), notice
        assert not notice or told or notice.state is DeliveryState.PLANNED, notice


def person_id(tx: Tx, who: Member) -> str:
    """The id of ours of somebody who played."""
    return tx.people.meet(AccountRef("discord", who.person.user), "", START).id
