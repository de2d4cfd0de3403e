"""Who looks after an entry: whoever signed it, and whoever showed that they speak for it (E12).

An entry belongs to the organisation, so there may be several, and they may change.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.campaign.announcement import Delivery, Policy
from bot.campaign.claim import Doubt
from bot.campaign.endorsement import INVITATION, Endorsement, Kind, State, Step
from bot.features import steps
from bot.features.feature import Ask
from bot.ports import Matter, Tx

KIND = steps.KEEPER
"""The matter that somebody looks after an entry; its subject is the endorsement's id."""
CONTEST = "contest"
"""The matter that two who look after an entry disagree; its subject is the endorsement's id."""
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


def add(act: steps.Act, endorsement: Endorsement, person: str) -> bool:
    """Somebody looks after it from now on; False where they do already."""
    if person in keepers_of(act.tx, endorsement.id):
        return False
    matter = Matter(act.tools.ids.new(), KIND, endorsement.id, "keeps", act.now, key=person, person=person)
    return act.tx.matters.add(matter, act.now)


def drop(tx: Tx, endorsement_id: str, person: str) -> bool:
    """They look after it no more; False where they did not, or signed it (see ``Step.UNLINK``)."""
    found = tx.matters.by_key(KIND, person, endorsement_id)
    return found is not None and tx.matters.remove(found.id)


def tell(act: steps.Act, endorsement: Endorsement, why: str, people: Iterable[str]) -> None:
    """Owe them a notice that names nothing and leads to the entry; ``why`` makes it one of its kind."""
    for person in people:
        act.tx.deliveries.owe(
            Delivery(
                id=act.tools.ids.new(),
                key=f"notice/kept/{endorsement.id}/{why}/{person}",
                policy=Policy.NOTICE,
                what=("notice", "kept", endorsement.id),
                due=act.now,
                person=person,
            )
        )


def others(tx: Tx, endorsement: Endorsement, person: str) -> tuple[str, ...]:
    """Those who look after it beside this person."""
    return tuple(each for each in keepers_of(tx, endorsement.id) if each != person)


def contested(tx: Tx, endorsement_id: str) -> bool:
    """Whether two who look after it disagree and the organisers have not decided yet: nobody changes it."""
    return bool(tx.matters.of(CONTEST, endorsement_id, state=Doubt.OPEN, limit=1))


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
    disputes = tx.matters.count("dispute", earlier.id).keys() - {"kept"}
    return known and not disputes and not taken & DOUBTFUL
