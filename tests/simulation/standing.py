"""What must hold of the database after every step: each rule says what is wrong, or nothing.

Those named E stand in THREATS chapter 3; F in its chapter 2; Q are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from bot.campaign.endorsement import LIVE, STEPS, Endorsement, State, Step, signer_key
from bot.campaign.refs import AccountRef
from bot.features.notices import FORGET_AFTER
from bot.ports import AuditEvent
from tests.simulation.ledger import Ledger

BEGINS = {Step.SIGN: State.IN_REVIEW, Step.IMPORT: State.PUBLISHED}


def e1_counts_are_the_rows(ledger: Ledger) -> Iterator[str]:
    """The kept tallies are what a query of the published rows counts."""
    for campaign in ledger.campaigns:
        kept = ledger.truth.ask(lambda tx, of=campaign: tx.tallies.get(of))  # type: ignore[misc]
        counted = ledger.truth.ask(lambda tx, of=campaign: tx.endorsements.count(of))  # type: ignore[misc]
        if {name: n for name, n in kept.items() if n} != dict(counted):
            yield f"{campaign}: kept {dict(kept)}, counted {dict(counted)}"


def e3_every_change_raised_the_row(ledger: Ledger) -> Iterator[str]:
    """Rows grow by one with each step, and a moderator's decision came from a button of exactly the row before."""
    rows = {row["id"]: row["row"] for row in ledger.truth.rows("SELECT id, row FROM endorsements")}
    pressed = {event.incoming.data for event in ledger.intake.events}
    verbs = {Step.APPROVE: "approve", Step.REJECT: "reject", Step.UNDO_APPROVAL: "undo"}
    for id_, events in _audit(ledger).items():
        if [event["row"] for event in events] != list(range(1, rows.get(id_, 0) + 1)):
            yield f"{id_}: the row is {rows.get(id_)}, its steps made {[event['row'] for event in events]}"
        for event in events:
            verb = verbs.get(Step(event["step"]))
            asked = f"rv/{verb}/{id_}/{event['row'] - 1}"
            if verb and not any(data == asked or data.startswith(asked + "/") for data in pressed):
                yield f"{id_}: {event['step']} made row {event['row']}, and nobody asked for it from the row before"


def e4_one_live_endorsement_per_signer(ledger: Ledger) -> Iterator[str]:
    """A signatory stands at most once in a campaign, whoever signed for it."""
    live = [each for each in ledger.truth.endorsements() if each.state in LIVE]
    signers = [(each.campaign, signer_key(each.kind, each.entry, each.person)) for each in live]
    yield from (f"{signer} is live {signers.count(signer)} times" for signer in sorted(set(signers)) if signers.count(signer) > 1)


def e8_one_audit_event_per_step(ledger: Ledger) -> Iterator[str]:
    """The audit tells an allowed path, and it ends where the endorsement stands."""
    audit = _audit(ledger)
    for endorsement in ledger.truth.endorsements():
        state = before = None
        for event in audit.get(endorsement.id, []):
            step, to = Step(event["step"]), State(event["state"])
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
        "SELECT id FROM endorsements WHERE origin = 'chat' AND NOT EXISTS"
        " (SELECT 1 FROM consents WHERE endorsement = endorsements.id AND purpose = 'publish' AND granted)"
    )
    yield from (f"{row['id']} has no consent" for row in ledger.truth.rows(sql))


def q2_no_open_talk_is_lost(ledger: Ledger) -> Iterator[str]:
    """A talk moves by one with each event of its owner at most (F21), and ends by an event or after thirty days only."""
    talks = {
        row["id"]: (row["version"], row["person"])
        for row in ledger.truth.rows("SELECT id, version, person FROM sessions")
    }
    seen = ledger.truth.events_seen()
    for id_, (version, person) in ledger.talks.items():
        account = ledger.truth.account(person)
        events = seen.get(account, 0) - ledger.seen.get(account, 0)
        moved = talks[id_][0] - version if id_ in talks else min(1, events)
        if not 0 <= moved <= events or (id_ not in talks and not events):
            yield f"talk {id_} of {account}: from {version} to {talks.get(id_)} by {events} events"
    ledger.talks, ledger.seen = talks, seen


def f38_no_event_died(ledger: Ledger) -> Iterator[str]:
    """No event made the bot fail three times."""
    rows = ledger.truth.rows("SELECT event, error FROM events WHERE error <> ''")
    yield from (f"event {row['event']}: {row['error']}" for row in rows)


def _audit(ledger: Ledger) -> dict[str, list[dict[str, object]]]:
    rows = ledger.truth.rows("SELECT endorsement, step, state, row FROM audit ORDER BY endorsement, seq")
    return {id_: list(events) for id_, events in groupby(rows, lambda row: row["endorsement"])}


Rule = Callable[[Ledger], Iterator[str]]
EVERY_STEP: tuple[Rule, ...] = (e1_counts_are_the_rows, q2_no_open_talk_is_lost)
NOW_AND_THEN: tuple[Rule, ...] = (
    e2_consent_beside_each_endorsement,
    e3_every_change_raised_the_row,
    e4_one_live_endorsement_per_signer,
    e8_one_audit_event_per_step,
    f38_no_event_died,
)
