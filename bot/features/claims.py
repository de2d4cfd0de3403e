"""Claims as they are kept: who said that they speak for an entry, and what became of it (FEATURES E12).

Whoever is given an entry (by a link, a hand-over, written words) has a claim too, so that the organisers see
it and can end it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from bot.campaign.claim import Standing, Turn, next_standing
from bot.campaign.endorsement import Endorsement, Kind, State
from bot.features import desk, keepers, steps
from bot.features.feature import Ask
from bot.ports import Conflict, Matter

KIND = "claim"
NOTHING: Mapping[str, Any] = MappingProxyType({})


def act_of(ask: Ask) -> steps.Act:
    """The one who asks, as the actor of a step."""
    return steps.Act(ask.tx, ask.tools, ask.person.id, ask.now)


def entry(ask: Ask, id_: str) -> Endorsement | None:
    """An organisation's entry that stands on a list."""
    found = ask.tx.endorsements.get(id_)
    listed = found is not None and found.kind is Kind.ORGANISATION and found.state is State.PUBLISHED
    return found if listed else None


def claimed(ask: Ask, id_: str) -> tuple[Matter, Endorsement] | None:
    """A claim and its entry, by the claim's id."""
    claim = ask.tx.matters.get(id_)
    found = ask.tx.endorsements.get(claim.subject) if claim and claim.kind == KIND else None
    return (claim, found) if claim and found else None


def store(ask: Ask, found: Endorsement, turn: Turn, how: str, who: str = "") -> Matter | None:
    """Store that the one who asks claims an entry (``Turn.ASK``) or was given it; the organisers get a card.

    ``how`` they came to it, ``who`` they say they are. None where the turn cannot be taken.
    """
    me = ask.person.id
    earlier = ask.tx.matters.by_key(KIND, me, found.id)
    asked = int(earlier.body["asked"] if earlier else 0) + (turn is Turn.ASK)
    body = {"who": who, "how": how, "asked": asked, "by": ""}
    state = Standing.ASKED if turn is Turn.ASK else Standing.GRANTED
    claim = Matter(ask.tools.ids.new(), KIND, found.id, state, ask.now, key=me, person=me, body=body)
    if earlier is None and not ask.tx.matters.add(claim, ask.now):
        raise Conflict
    stored = change(ask, earlier, turn, body) if earlier else claim
    if stored:
        desk.owe(ask.tx, ask.tools, f"{KIND}/{stored.id}", (KIND, stored.id), ask.now)
    return stored


def change(ask: Ask, claim: Matter, turn: Turn, body: Mapping[str, Any] = NOTHING) -> Matter | None:
    """Take a turn with a claim; None where it cannot be taken. Raises Conflict where another was quicker."""
    state = next_standing(Standing(claim.state), turn)
    if state is None:
        return None
    changed = replace(claim, state=state, row=claim.row + 1, body={**claim.body, **body})
    if not ask.tx.matters.change(changed, claim.row, ask.now):
        raise Conflict
    desk.renew(ask.tx, ask.tools, f"{KIND}/{claim.id}", ask.now)
    return changed


def appoint(ask: Ask, found: Endorsement, how: str) -> bool:
    """The one who asks looks after an entry at once: by a link, a hand-over or written words.

    The organisers and those who look after it already are told; False where they do already.
    """
    act = act_of(ask)
    others = keepers.others(ask.tx, found, ask.person.id)
    if not keepers.add(act, found, ask.person.id):
        return False
    claim = store(ask, found, Turn.GRANT, how)
    keepers.tell(act, found, f"{claim.id}/{claim.row}" if claim else how, others)
    return True


def end(ask: Ask, endorsement_id: str) -> None:
    """The one who asks claims an entry no more."""
    claim = ask.tx.matters.by_key(KIND, ask.person.id, endorsement_id)
    if claim:
        change(ask, claim, Turn.END)


def forget(ask: Ask) -> None:
    """Nothing of the claims of the one who asks tells who it was."""
    for claim in ask.tx.matters.of_person(KIND, ask.person.id):
        ended = replace(
            claim,
            state=Standing.ENDED,
            row=claim.row + 1,
            person="",
            body={"who": "", "how": "forgotten", "asked": 0, "by": ""},
        )
        if not ask.tx.matters.change(ended, claim.row, ask.now):
            raise Conflict
        desk.renew(ask.tx, ask.tools, f"{KIND}/{claim.id}", ask.now)
