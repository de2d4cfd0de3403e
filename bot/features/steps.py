"""Taking one step with an endorsement.

State, tallies, audit, milestone and what is owed, all in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from bot.campaign.announcement import Delivery, Policy
from bot.campaign.endorsement import Endorsement, Kind, State, Step, next_state, signer_key, tally_names
from bot.features import desk
from bot.features.feature import Tools
from bot.ports import AuditEvent, Conflict, Tx

UNDO = timedelta(minutes=10)
"""How long a withdrawal can be taken back."""
EDITED = timedelta(days=30)
"""How old posts may be that are edited when a name on them is taken back."""
CLOCKS = timedelta(days=2)
"""By how much clocks may have differed when a name was published and when it was posted."""
KEEPER = "keeper"
"""The matter that somebody looks after an endorsement besides whoever signed it (see ``keepers``)."""
CLOCK, IMPORT = "clock", "import"
NEWS = frozenset({Step.PUBLISH, Step.COUNT, Step.KNOWN})
"""Steps that may reach a milestone; what is imported or comes back is no news."""
OFF_AND_ON = frozenset({Step.WITHDRAW, Step.UNDO_WITHDRAWAL, Step.SUSPEND, Step.SETTLE_OFF})
"""Steps after which posts lose a name, or show it again."""
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, when, with what: the surroundings of a step."""

    tx: Tx
    tools: Tools
    actor: str
    now: datetime


def take(
    act: Act, endorsement: Endorsement, step: Step, changes: Mapping[str, Any] = NOTHING
) -> Endorsement | None:
    """Take a step and store it with further ``changes`` of its fields.

    None where it is not allowed from this state.

    Raises Conflict where another was quicker.
    """
    state = next_state(endorsement, step, act.now)
    if state is None or (step is Step.UNDO_WITHDRAWAL and _taken(act, endorsement)):
        return None
    fields = {**_times(act, endorsement, step, state), **changes}
    changed = replace(endorsement, state=state, row=endorsement.row + 1, **fields)
    if not act.tx.endorsements.change(changed, endorsement.row):
        raise Conflict
    settle(act, endorsement.state, changed, step)
    renew_cards(act, changed)
    return changed


def _taken(act: Act, endorsement: Endorsement) -> bool:
    """Whether somebody else signed for the same signatory after a withdrawal."""
    signer = signer_key(endorsement.kind, endorsement.entry, endorsement.person)
    return act.tx.endorsements.live(endorsement.campaign, signer) is not None


def _times(act: Act, endorsement: Endorsement, step: Step, state: State) -> dict[str, Any]:
    """What a step does to positions and times."""
    times: dict[str, Any] = {"due": None}
    if state is State.PUBLISHED and endorsement.position is None:
        times |= {"position": act.tx.tallies.next_position(endorsement.campaign), "published": act.now}
    if step is Step.WITHDRAW:
        times |= {"before": _settled(endorsement.state), "undo_until": act.now + UNDO}
    if step is Step.UNDO_WITHDRAWAL:
        times |= {"before": None, "undo_until": None}
    return times


def _settled(state: State) -> State:
    """Where the undo of a withdrawal leads: an approval that was not published yet is looked at again."""
    return State.IN_REVIEW if state is State.APPROVED else state


def settle(act: Act, before: State | None, changed: Endorsement, step: Step) -> None:
    """Tallies, audit and milestone of a step that was stored."""
    was, is_ = before is State.PUBLISHED, changed.state is State.PUBLISHED
    if was != is_:
        change = 1 if is_ else -1
        counted = act.tx.tallies.get(changed.campaign).get(changed.kind.value, 0)
        act.tx.tallies.add(changed.campaign, dict.fromkeys(tally_names(changed), change))
        if step in NEWS:
            _announce(act, changed, counted)
        if step in OFF_AND_ON and changed.entry.named:
            _renew_posts(act, changed)
    event = AuditEvent(changed.campaign, changed.id, step, changed.state, changed.row, act.actor, act.now)
    act.tx.audit.add(event)


def _announce(act: Act, changed: Endorsement, before: int) -> None:
    """A milestone counts organisations, or people where only they sign."""
    campaign = act.tools.catalog.campaigns.get(changed.campaign)
    if campaign and (changed.kind is Kind.ORGANISATION) == campaign.organisations_sign:
        act.tools.announce(act.tx, campaign, before, before + 1, act.now)


def _renew_posts(act: Act, changed: Endorsement) -> None:
    """The posts that rooms were sent since its publication lose the name, or show it again."""
    published = changed.published or act.now
    act.tx.deliveries.renew_posts(changed.campaign, max(act.now - EDITED, published - CLOCKS), act.now)


def card_key(endorsement: str) -> str:
    """The beginning of the keys of an endorsement's review cards."""
    return f"review/{endorsement}"


def owe_cards(act: Act, endorsement: Endorsement) -> None:
    """Owe the review card to the organisers' desk."""
    desk.owe(act.tx, act.tools, card_key(endorsement.id), ("review", endorsement.id), act.now)


def renew_cards(act: Act, endorsement: Endorsement) -> None:
    """The review cards show the new truth."""
    desk.renew(act.tx, act.tools, card_key(endorsement.id), act.now)


def tell(act: Act, endorsement: Endorsement, what: str) -> None:
    """Owe its signer, and who else looks after it, a notice that names nothing; a repeat is harmless."""
    key = f"notice/{endorsement.id}/{endorsement.row}"
    kept = [each.person for each in act.tx.matters.of(KEEPER, endorsement.id)]
    told = {person: f"{key}/{person}" for person in kept} | {endorsement.person: key}
    for person, own in told.items():
        if person:
            act.tx.deliveries.owe(
                Delivery(
                    id=act.tools.ids.new(),
                    key=own,
                    policy=Policy.NOTICE,
                    what=("notice", what, endorsement.id),
                    due=act.now,
                    person=person,
                )
            )


def add(act: Act, endorsement: Endorsement, signer: str, step: Step) -> bool:
    """Store a new endorsement with its audit event and, when it is published at once, its tallies.

    False: one is live.
    """
    if not act.tx.endorsements.add(endorsement, signer):
        return False
    settle(act, None, endorsement, step)
    return True
