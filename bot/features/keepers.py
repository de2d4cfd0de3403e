"""Who looks after an entry: whoever signed it, and whoever showed that they speak for it (E12).

An entry belongs to the organisation, so there may be several, and they may change.
"""

from __future__ import annotations

from bot.campaign.endorsement import INVITATION, Endorsement, Kind, State, Step
from bot.features.feature import Ask
from bot.ports import Tx

KIND = "keeper"
"""The matter that somebody looks after an entry; its subject is the endorsement's id."""
MANY = 50
DOUBTFUL = frozenset({Step.WITHDRAW, Step.SUSPEND})
"""After one of these an entry does not vouch for whoever signed it."""


def keepers_of(tx: Tx, endorsement_id: str) -> tuple[str, ...]:
    """Our ids of those who look after an entry, whoever signed it first; none where nobody does."""
    signed = tx.endorsements.get(endorsement_id)
    signer = (signed.person,) if signed and signed.person else ()
    others = (each.person for each in tx.matters.of(KIND, endorsement_id, limit=MANY))
    return tuple(dict.fromkeys((*signer, *others)))


def is_keeper(ask: Ask, endorsement: Endorsement) -> bool:
    """Whether the one who asks looks after this entry."""
    return ask.person.id in keepers_of(ask.tx, endorsement.id)


def kept_by(tx: Tx, person: str, limit: int = MANY) -> list[Endorsement]:
    """The entries somebody looks after without having signed them, newest first."""
    found = (tx.endorsements.get(each.subject) for each in tx.matters.of_person(KIND, person, limit))
    return [each for each in found if each]


def returns(ask: Ask, endorsement: Endorsement) -> bool:
    """Whether somebody signs who may go on the list at once.

    They look after another entry of this known organisation that stands beyond doubt.
    """
    slug = endorsement.entry.organisation
    if endorsement.kind is not Kind.ORGANISATION or not slug:
        return False
    theirs = (*ask.tx.endorsements.of(ask.person.id, MANY), *kept_by(ask.tx, ask.person.id))
    return any(each.entry.organisation == slug and _vouches(ask.tx, each, ask.person.id) for each in theirs)


def _vouches(tx: Tx, earlier: Endorsement, person: str) -> bool:
    """Whether an organiser once said that this person speaks for it, and nobody doubted it since."""
    if earlier.state is not State.PUBLISHED:
        return False
    taken = {event.step for event in tx.audit.of(earlier.id)}
    known = earlier.person != person or Step.APPROVE in taken or earlier.origin == INVITATION
    return known and not taken & DOUBTFUL
