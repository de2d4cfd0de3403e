"""What must hold of the database after every step: each rule says what is wrong, or nothing.

Rules named E are invariants of the threat model, F its faults, Q our own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from bot.campaign.endorsement import LIVE, STEPS, State, Step, signer_key
from bot.dialog.messages import Came, Incoming
from bot.features.notices import FORGET_AFTER
from bot.storage.moments import moment
from tests.simulation.ledger import Ledger

DECISIONS = {
    Step.APPROVE: {"rv/approve"},
    Step.REJECT: {"rv/reject"},
    Step.UNDO_APPROVAL: {"rv/undo"},
    Step.KEEP: {"dis/keep"},
}
"""Steps of moderators, and what their buttons say; what takes a name off has a rule of its own."""
YOUNG = FORGET_AFTER - timedelta(days=2)
"""A talk that was touched so lately is not forgotten, however wrong the clock was."""
BEGINS = {Step.SIGN: State.IN_REVIEW, Step.IMPORT: State.PUBLISHED}


def e1_counts_are_the_rows(ledger: Ledger) -> Iterator[str]:
    """The kept tallies are what a query of the published rows counts."""
    opened = {row["campaign"] for row in ledger.truth.rows("SELECT DISTINCT campaign FROM endorsements")}
    for campaign in sorted({*ledger.campaigns, *opened}):
        kept = ledger.truth.ask(lambda tx, of=campaign: tx.tallies.get(of))  # type: ignore[misc]
        counted = ledger.truth.ask(lambda tx, of=campaign: tx.endorsements.count(of))  # type: ignore[misc]
        if {name: n for name, n in kept.items() if n} != dict(counted):
            yield f"{campaign}: kept {dict(kept)}, counted {dict(counted)}"


def e3_every_change_raised_the_row(ledger: Ledger) -> Iterator[str]:
    """Rows grow by one with each step, and decisions come from buttons of exactly the row before."""
    rows = {row["id"]: row["row"] for row in ledger.truth.rows("SELECT id, row FROM endorsements")}
    pressed = {"/".join(event.incoming.data.split("/")[:4]) for event in ledger.intake.events}
    for id_, steps in _audit(ledger).items():
        made = [row for _, _, row in steps]
        if made != list(range(1, rows[id_] + 1)):
            yield f"{id_}: the row is {rows[id_]}, its steps made {made}"
        for step, _, row in steps:
            asked = {f"{what}/{id_}/{row - 1}" for what in DECISIONS.get(step, ())}
            if asked and not asked & pressed:
                yield f"{id_}: {step} made row {row}, and nobody asked for it from the row before"


def e4_one_live_endorsement_per_signer(ledger: Ledger) -> Iterator[str]:
    """A signatory stands at most once in a campaign, whoever signed for it."""
    live = [each for each in ledger.truth.endorsements() if each.state in LIVE]
    signers = [(each.campaign, signer_key(each.kind, each.entry, each.person)) for each in live]
    yield from (
        f"{signer} is live {signers.count(signer)} times"
        for signer in sorted(set(signers))
        if signers.count(signer) > 1
    )


def e8_one_audit_event_per_step(ledger: Ledger) -> Iterator[str]:
    """The audit tells an allowed path, and it ends where the endorsement stands."""
    audit = _audit(ledger)
    for endorsement in ledger.truth.endorsements():
        state = before = None
        for step, to, _ in audit.get(endorsement.id, []):
            if not _allowed(state, before, step, to):
                yield f"{endorsement.id}: {step} from {state} to {to}"
            before = state if step is Step.WITHDRAW else before
            state = to
        if state is not endorsement.state:
            yield f"{endorsement.id}: it is {endorsement.state}, its steps lead to {state}"


def _allowed(state: State | None, before: State | None, step: Step, to: State) -> bool:
    if state is None:
        return BEGINS.get(step) is to
    if step is Step.UNDO_WITHDRAWAL:
        back = State.IN_REVIEW if before is State.APPROVED else before
        return state is State.WITHDRAWN and to is back
    return STEPS.get((state, step)) is to


def e2_consent_beside_each_endorsement(ledger: Ledger) -> Iterator[str]:
    """Whoever signed in a chat agreed to the sentence that was shown."""
    sql = (
        "SELECT id FROM endorsements WHERE origin IN ('chat', 'invitation', 'returning') AND NOT EXISTS"
        " (SELECT 1 FROM consents WHERE endorsement = endorsements.id AND purpose = 'publish' AND granted)"
    )
    yield from (f"{row['id']} has no consent" for row in ledger.truth.rows(sql))


def q2_no_open_talk_is_lost(ledger: Ledger) -> Iterator[str]:
    """A talk ends by something its owner did, or after thirty days; it never goes back.

    It moves by words, one step each, and by a button of the version it has, however often that is pressed.
    """
    new = ledger.take_new_events()
    for id_, (version, person, touched) in ledger.talks.items():
        now = ledger.truth.one("SELECT version FROM sessions WHERE id = ?", id_)
        did = new.get(ledger.truth.account(person), [])
        if now is None and not did and ledger.time.now() - moment(touched) < YOUNG:
            yield f"talk {id_} is lost at version {version}"
        if now is not None and not 0 <= now["version"] - version <= _moves(did, id_, version):
            by = [event.data or event.text[:20] for event in did]
            yield f"talk {id_} went from {version} to {now['version']} by {by}"
    rows = ledger.truth.rows("SELECT id, version, person, touched FROM sessions")
    ledger.talks = {row["id"]: (row["version"], row["person"], row["touched"]) for row in rows}


def _moves(did: list[Incoming], talk: str, version: int) -> int:
    """By how much these events may move a talk that was at this version."""
    words = sum(event.came is Came.WORDS for event in did)
    routes = [event.data.split("/") for event in did]
    return words + len(
        {route[2] for route in routes if route[:2] == ["s", talk] and int(route[2]) >= version}
    )


def f38_no_event_died(ledger: Ledger) -> Iterator[str]:
    """No event made the bot fail three times."""
    rows = ledger.truth.rows("SELECT event, error FROM events WHERE error <> ''")
    yield from (f"event {row['event']}: {row['error']}" for row in rows)


def _audit(ledger: Ledger) -> dict[str, list[tuple[Step, State, int]]]:
    """The steps of each endorsement: what was done, where it led, the row it made."""
    steps: dict[str, list[tuple[Step, State, int]]] = {}
    for row in ledger.truth.rows("SELECT endorsement, step, state, row FROM audit ORDER BY seq"):
        steps.setdefault(row["endorsement"], []).append((Step(row["step"]), State(row["state"]), row["row"]))
    return steps


Rule = Callable[[Ledger], Iterator[str]]
EVERY_STEP: tuple[Rule, ...] = (e1_counts_are_the_rows, q2_no_open_talk_is_lost)
NOW_AND_THEN: tuple[Rule, ...] = (
    e2_consent_beside_each_endorsement,
    e3_every_change_raised_the_row,
    e4_one_live_endorsement_per_signer,
    e8_one_audit_event_per_step,
    f38_no_event_died,
)
