from __future__ import annotations

from dataclasses import replace

import pytest

from bot.ports import Consent, Store, Tx
from tests.storage.made import MINUTE, NOW, endorsement

CONSENT = Consent("e1", "publish", granted=True, wording="w", text="t", language="ms", at=NOW)


async def test_consents_are_kept_in_order(store: Store) -> None:
    later = replace(CONSENT, granted=False, at=NOW - MINUTE)
    other = replace(CONSENT, endorsement="e2", purpose="contact")

    def work(tx: Tx) -> None:
        for number in (1, 2):
            tx.endorsements.add(endorsement(number), f"signer {number}")
        for consent in (CONSENT, later, other):
            tx.consents.add(consent)

    await store.transaction(work)
    assert await store.read(lambda tx: tx.consents.of("e1")) == [CONSENT, later]
    assert await store.read(lambda tx: tx.consents.of("e2")) == [other]


async def test_a_consent_belongs_to_an_endorsement(store: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):  # each database has an exception of its own
        await store.transaction(lambda tx: tx.consents.add(CONSENT))
    assert await store.read(lambda tx: tx.consents.of("e1")) == []
