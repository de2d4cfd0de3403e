"""An endorsement: who stands behind which text, in which state, and which step may follow which."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.campaign.lookalike import lookalike_key


class Kind(StrEnum):
    """Who signs (FEATURES E1): one human may do both, each separately withdrawable."""

    ORGANISATION = "organisation"
    PERSON = "person"


class State(StrEnum):
    """The states of THREATS 3.1 that exist so far; a draft is an open session, not a row here."""

    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


INVITATION = "invitation"
"""The origin of what was signed through a personal link."""
RETURNING = "returning"
"""The origin of what somebody signed who had signed for the same organisation before."""
FORGOTTEN = "forgotten"
"""The actor of steps of somebody who wished to be forgotten: it says no more who it was."""
LIVE = frozenset({State.IN_REVIEW, State.APPROVED, State.PUBLISHED})
"""At most one live endorsement per campaign and signatory (invariant E4)."""


class Step(StrEnum):
    """What can happen to an endorsement after it was signed. Every step is one audit event (invariant E8)."""

    SIGN = "sign"
    IMPORT = "import"
    COUNT = "count"
    """A person without a name is counted at once: there is no name to check."""
    KNOWN = "known"
    """Signed by somebody the organisers know: through a personal invitation, or after an earlier check."""
    SUSPEND = "suspend"
    """Taken off the list for now, until somebody has looked at it again."""
    KEEP = "keep"
    """Somebody said that it is wrong; the organisers looked at it, and it stays."""
    APPROVE = "approve"
    UNDO_APPROVAL = "undo_approval"
    PUBLISH = "publish"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    UNDO_WITHDRAWAL = "undo_withdrawal"
    RENEW = "renew"
    """The text was changed, and who signed it stands behind the new wording too."""
    UNLINK = "unlink"
    """Whoever signed it was forgotten at their own wish; the name stays."""
    SETTLE_ON = "settle_on"
    """Two who look after it disagreed, and the organisers decided: the name stays."""
    SETTLE_OFF = "settle_off"


STEPS: dict[tuple[State, Step], State] = {
    (State.IN_REVIEW, Step.APPROVE): State.APPROVED,
    (State.IN_REVIEW, Step.COUNT): State.PUBLISHED,
    (State.IN_REVIEW, Step.KNOWN): State.PUBLISHED,
    (State.PUBLISHED, Step.SUSPEND): State.IN_REVIEW,
    (State.PUBLISHED, Step.KEEP): State.PUBLISHED,
    (State.IN_REVIEW, Step.REJECT): State.REJECTED,
    (State.IN_REVIEW, Step.WITHDRAW): State.WITHDRAWN,
    (State.APPROVED, Step.UNDO_APPROVAL): State.IN_REVIEW,
    (State.APPROVED, Step.PUBLISH): State.PUBLISHED,
    (State.APPROVED, Step.WITHDRAW): State.WITHDRAWN,
    (State.PUBLISHED, Step.WITHDRAW): State.WITHDRAWN,
    **{(state, Step.RENEW): state for state in LIVE},
    **{(state, Step.UNLINK): state for state in State},
    **{(state, Step.SETTLE_ON): state for state in LIVE},
    **{(state, Step.SETTLE_OFF): State.WITHDRAWN for state in LIVE},
}
"""The undo of a withdrawal is not in the table: it goes back to ``Endorsement.before`` (see ``next_state``).
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a signatory's line says. Sealed until it is published with the signatory's consent.

    ``country`` is an ISO code or empty (international or not said); ``place`` is the place as printed;
    ``organisation`` the slug of a known organisation; ``named`` false means "count me, without my name".
    """

    name: str
    original: str = ""
    acronym: str = ""
    country: str = ""
    place: str = ""
    organisation: str = ""
    named: bool = True
    printed: str = ""
    """The whole line as it was published elsewhere, to the last blank; empty for what was signed with us."""


@dataclass(frozen=True, slots=True)
class Private:
    """What only the organisers may read; always sealed."""

    representative: str = ""
    contact: str = ""
    message: str = ""
    link: str = ""
    city: str = ""
    decided_by: str = ""
    """How the moderator who decided is called; shown among moderators only."""


@dataclass(frozen=True, slots=True)
class Endorsement:
    """One endorsement.

    ``row`` is the version of the row (each change adds one), ``text`` the hash of the version signed.

    ``position`` orders the list, given at publication and kept through a withdrawal's undo; ``person`` is our
    id of who signed, empty for imported names; ``before`` is the state a withdrawal came from; ``undo_until``
    (UTC) bounds an undo; ``due`` (UTC) is when an approval is published.
    """

    id: str
    campaign: str
    kind: Kind
    state: State
    row: int
    text: str
    entry: Entry
    signed: datetime
    person: str = ""
    origin: str = "chat"
    position: int | None = None
    published: datetime | None = None
    before: State | None = None
    undo_until: datetime | None = None
    due: datetime | None = None
    reason: str = ""
    private: Private = field(default_factory=Private)


def next_state(endorsement: Endorsement, step: Step, now: datetime) -> State | None:
    """The state after ``step``, or None where the step is not allowed from here at ``now`` (UTC)."""
    if step is Step.UNDO_WITHDRAWAL:
        in_time = endorsement.undo_until is not None and now < endorsement.undo_until
        return endorsement.before if endorsement.state is State.WITHDRAWN and in_time else None
    if step is Step.UNDO_APPROVAL and endorsement.due is not None and now >= endorsement.due:
        return None
    return STEPS.get((endorsement.state, step))


def shows_name(kind: Kind, state: State, *, named: bool) -> bool:
    """The one rule of what may stand in clear: a published name that its signatory let be named."""
    return state is State.PUBLISHED and named and bool(kind)


def tally_names(endorsement: Endorsement) -> tuple[str, ...]:
    """The tallies a *published* endorsement adds one to.

    Its kind, its kind without a name, its country within the kind.
    """
    kind, entry = endorsement.kind, endorsement.entry
    names = [kind.value]
    if not entry.named:
        names.append(f"{kind}/unnamed")
    if entry.country:
        names.append(
            f"{kind}/country/{entry.country}" if entry.named else f"{kind}/unnamed/country/{entry.country}"
        )
    return tuple(names)


def signer_key(kind: Kind, entry: Entry, person: str) -> str:
    """Who signs, as one key.

    A known organisation by its slug, another by its look-alike name and country, a person by our id.

    It may hold a name, so the store keeps only its keyed hash.
    """
    if kind is Kind.PERSON:
        return f"person:{person or lookalike_key(entry.name)}"
    if entry.organisation:
        return f"organisation:{entry.organisation}"
    return f"name:{lookalike_key(entry.name)}:{entry.country}"
