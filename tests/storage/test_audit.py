from __future__ import annotations

from dataclasses import replace

import pytest

from bot.campaign.endorsement import FORGOTTEN, State, Step
from bot.ports import AuditEvent, Store, Tx
from tests.storage.made import NOW, endorsement

EVENT = AuditEvent("asean", "e1", Step.SIGN, State.IN_REVIEW, 1, "somebody", NOW)


async def test_events_are_kept_in_order(store: Store) -> None:
    approved = replace(EVENT, step=Step.APPROVE, state=State.APPROVED, row=2, actor="clock")

    def work(tx: Tx) -> None:
        tx.endorsements.add(endorsement(1), "signer")
        tx.audit.add(EVENT)
        tx.audit.add(approved)

    await store.transaction(work)
    assert await store.read(lambda tx: tx.audit.of("e1")) == [EVENT, approved]
    assert await store.read(lambda tx: tx.audit.of("e2")) == []


async def test_a_version_has_one_event(store: Store) -> None:
    def work(tx: Tx) -> None:
        tx.endorsements.add(endorsement(1), "signer")
        tx.audit.add(EVENT)

    await store.transaction(work)
    with pytest.raises(Exception, match=r"(?i)unique"):  # each database has an exception of its own
        await store.transaction(lambda tx: tx.audit.add(EVENT))
    assert await store.read(lambda tx: tx.audit.of("e1")) == [EVENT]


async def test_who_is_forgotten_stands_no_more_behind_their_steps(store: Store) -> None:
    approved = replace(EVENT, step=Step.APPROVE, state=State.APPROVED, row=2, actor="clock")

    def work(tx: Tx) -> None:
        tx.endorsements.add(endorsement(1), "signer")
        tx.audit.add(EVENT)
        tx.audit.add(approved)
        tx.audit.unlink("e1", "somebody")

    await store.transaction(work)
    assert await store.read(lambda tx: tx.audit.of("e1")) == [replace(EVENT, actor=FORGOTTEN), approved]
