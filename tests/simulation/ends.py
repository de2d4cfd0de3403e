"""What must hold of how things end: a list that is closed, a doubt, somebody who is forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from bot.campaign.closing import Stage
from bot.campaign.endorsement import INVITATION, RETURNING, Kind, Step
from bot.campaign.version import HASH_LENGTH
from bot.features.closings import KIND as CLOSING
from bot.features.keepers import CONTEST
from bot.features.keepers import KIND as KEEPER
from bot.ports import Tx
from bot.publication import signatory_list
from bot.storage.moments import micros
from tests.simulation import history
from tests.simulation.history import Turn
from tests.simulation.ledger import Ledger
from tests.simulation.standing import Rule

BY_PEOPLE = frozenset({"chat", INVITATION, RETURNING})
"""Origins of what somebody signed here."""
OVER = frozenset({Stage.CLOSED, Stage.DELIVERED, Stage.TOLD})


def q10_no_endorsement_changes_its_text_unasked(ledger: Ledger) -> Iterator[str]:
    """An endorsement stands for another wording only once its signer said so of exactly that wording."""
    for turn in history.turns(ledger.truth, history.TEXT):
        asked = ledger.pressed(f"ver/{turn.id}/still/{turn.after[:HASH_LENGTH]}")
        account = ledger.truth.account(turn.person)
        if account and account not in asked:
            yield f"{turn.id} of {account} stands for {turn.after[:HASH_LENGTH]}, and nobody asked for it"


def q12_nobody_signs_after_the_end(ledger: Ledger) -> Iterator[str]:
    """Once a list was closed nobody signs, unless late ones are kept apart; where clocks are right."""
    for campaign, end in _ended(ledger):
        late = ledger.truth.ask(lambda tx, of=campaign: ledger.shelf.look(tx).inner.campaigns[of].late)  # type: ignore[misc]
        for turn in history.turns(ledger.truth, history.SIGNED) if not late else ():
            if turn.subject == campaign and turn.after in BY_PEOPLE and turn.n > end:
                yield f"{campaign} was closed, and {turn.id} was signed"


def q13_a_closed_list_does_not_grow(ledger: Ledger) -> Iterator[str]:
    """Once a list was closed its count never grows: who comes later stands apart; where clocks are right."""
    for campaign, end in _ended(ledger):
        closes, counted = ledger.truth.ask(lambda tx, of=campaign: _counted(ledger, tx, of))  # type: ignore[misc]
        rows = ledger.truth.rows(
            "SELECT id FROM endorsements WHERE campaign = ? AND published <= ?", campaign, closes
        )
        on_time = {row["id"] for row in rows}
        first, then = ledger.closed.setdefault((campaign, end), (closes, frozenset(on_time)))
        if closes != first or on_time - then or counted > len(then):
            yield f"{campaign} closed with {len(then)} names, now {counted} of {len(on_time)} are counted"


def _counted(ledger: Ledger, tx: Tx, slug: str) -> tuple[int, int]:
    """When a campaign closed, and how many its list says it has."""
    campaign = ledger.shelf.look(tx).inner.campaigns[slug]
    if campaign.closes is None:
        return 0, 0
    found = signatory_list.tallies(tx, campaign, ledger.time.now())
    return micros(campaign.closes), sum(found.get(kind.value, 0) for kind in Kind)


def _ended(ledger: Ledger) -> Iterator[tuple[str, int]]:
    """The campaigns that organisers closed and did not open again, with the number of that turn."""
    closings: dict[str, Turn] = {}
    for turn in history.turns(ledger.truth, CLOSING) if ledger.steady else ():
        if turn.before not in OVER or turn.after not in OVER:
            closings[turn.subject] = turn
    yield from ((slug, turn.n) for slug, turn in closings.items() if turn.after in OVER)


def q14_a_report_alone_hides_no_name(ledger: Ledger) -> Iterator[str]:
    """A name is taken off against its signer's will only by a moderator's press."""
    for row in ledger.truth.rows("SELECT endorsement, step, row FROM audit WHERE step IN (?, ?)", *_AGAINST):
        id_, before = row["endorsement"], row["row"] - 1
        by = ledger.pressed(f"rv/off/{id_}/{before}") | ledger.pressed(f"dis/off/{id_}/{before}")
        if row["step"] == Step.SETTLE_OFF:
            doubts = [turn.id for turn in history.turns(ledger.truth, CONTEST) if turn.subject == id_]
            by = {who for doubt in doubts for who in ledger.pressed(f"{CONTEST}/off/{doubt}/", begins=True)}
        if not by & ledger.deciders:
            yield f"{id_}: {row['step']} made row {row['row']}, asked for by {sorted(by)}"


_AGAINST = (Step.SUSPEND.value, Step.SETTLE_OFF.value)


def q15_forgotten_is_forgotten(ledger: Ledger) -> Iterator[str]:
    """Once somebody wished to be forgotten no row tells that an entry was theirs, unless they came back."""
    for wish in history.turns(ledger.truth, "words"):
        person = wish.person_before
        if (wish.before, wish.after) == ("shown", "kept") and ledger.truth.account(person):
            for entry in _entries(ledger, person, wish.n):
                for sql in _TELLING:
                    for row in ledger.truth.rows(sql, person, entry):
                        yield f"{person} was forgotten, and {entry} is tied to them by {tuple(row)}"


_TELLING = (
    "SELECT 'endorsement', state FROM endorsements WHERE id = ?2 AND person = ?1",
    "SELECT kind, state FROM matters WHERE subject = ?2 AND person = ?1 AND kind <> 'dispute'",
    "SELECT 'audit', step FROM audit WHERE endorsement = ?2 AND actor = ?1",
    "SELECT 'delivery', key FROM deliveries WHERE instr(receiver, ?1) AND instr(what || key, ?2)",
)


def _entries(ledger: Ledger, person: str, wish: int) -> set[str]:
    """What somebody looked after for organisations before they wished to be forgotten, and not since."""
    before, since = set[str](), set[str]()
    for turn in history.turns(ledger.truth, history.SIGNED, KEEPER, "claim"):
        if turn.person == person:
            entry = turn.id if turn.kind == history.SIGNED else turn.subject
            (before if turn.n < wish else since).add(entry)
    sql = "SELECT id FROM endorsements WHERE kind = ?"
    return (before - since) & {row["id"] for row in ledger.truth.rows(sql, Kind.ORGANISATION.value)}


RULES: tuple[Rule, ...] = (
    q10_no_endorsement_changes_its_text_unasked,
    q12_nobody_signs_after_the_end,
    q13_a_closed_list_does_not_grow,
    q14_a_report_alone_hides_no_name,
    q15_forgotten_is_forgotten,
)
