"""The process dies at every point of delivering, one after the other, and is started again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.campaign.announcement import Delivery, DeliveryState, Policy
from bot.campaign.refs import ChatRef
from bot.dialog.messages import Outgoing
from bot.dialog.text import paragraph
from bot.ports import Receipt, Tx
from tests.outbox.made import ROOM, Desk, store

REPEATED = {Policy.EDIT, Policy.NOTICE}


class Crash(BaseException):
    """The process is gone."""


@dataclass
class Doom:
    """Counts the points at which the process can die while it delivers, and kills it at those chosen."""

    at: frozenset[int]
    delivering: bool = False
    passed: list[str] = field(default_factory=list)

    def point(self, name: str) -> None:
        if self.delivering:
            self.passed.append(name)
            if len(self.passed) in self.at:
                raise Crash(name)


def doomed(doom: Doom, policy: Policy) -> Desk:
    desk = Desk(store(lambda: doom.point("before commit"), lambda: doom.point("after commit")))
    desk.peer.knows_nonces = policy is Policy.NONCE
    desk.compose["word"] = truth
    send = desk.peer.send

    async def send_or_die(
        chat: ChatRef, outgoing: Outgoing, *, replaces: str = "", nonce: str = ""
    ) -> Receipt:
        doom.point("before sending")
        receipt = await send(chat, outgoing, replaces=replaces, nonce=nonce)
        doom.point("after sending")
        return receipt

    desk.peer.send = send_or_die  # type: ignore[method-assign]
    return desk


def truth(tx: Tx, _delivery: Delivery, _now: datetime) -> Outgoing:
    return Outgoing((paragraph(tx.notes.get("truth")),))


async def live(desk: Desk, doom: Doom, policy: Policy) -> None:
    """Say the truth; let it change; say it again. Whoever dies is started again after a minute and a half."""
    await desk.owe(policy=policy)
    for value in ("old", "new"):
        await change(desk, value, renewed=policy in REPEATED and value == "new")
        for turn in range(4):
            doom.delivering = True
            try:
                await desk.deliverer.tick()
            except Crash:
                desk.restart(f"after {value} {turn}")
            doom.delivering = False
            desk.hands.turn(timedelta(seconds=90))


async def change(desk: Desk, value: str, *, renewed: bool) -> None:
    def work(tx: Tx) -> None:
        tx.notes.put("truth", value)
        if renewed:
            tx.deliveries.renew("k", desk.hands.now())

    await desk.store.transaction(work)


async def check(desk: Desk, policy: Policy) -> None:
    row, posts = await desk.row(), desk.peer.seen(ROOM)
    if policy in REPEATED:
        assert row.state is DeliveryState.SENT
        assert desk.peer.posts[row.message].text == "new"
    else:
        assert len(posts) <= 1
        known = row.state is DeliveryState.SENT and len(posts) == 1 and row.message
        assert known or (row.state is DeliveryState.UNKNOWN and await desk.asked() == "k")


async def lived(policy: Policy, *at: int) -> list[str]:
    """The points of one life that died at these; what it left is checked."""
    doom = Doom(frozenset(at))
    desk = doomed(doom, policy)
    await live(desk, doom, policy)
    await check(desk, policy)
    return doom.passed


@pytest.mark.parametrize("policy", Policy)
async def test_a_crash_at_any_point_ends_well(policy: Policy) -> None:
    points = len(await lived(policy))
    died = {(await lived(policy, at))[at - 1] for at in range(1, points + 1)}
    assert died == {"before commit", "after commit", "before sending", "after sending"}
    assert points > 20


@pytest.mark.parametrize("policy", Policy)
async def test_crashes_at_any_two_points_end_well(policy: Policy) -> None:
    for first in range(1, len(await lived(policy)) + 1):
        for second in range(first + 1, first + 8):
            await lived(policy, first, second)
