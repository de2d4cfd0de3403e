"""What must hold of all that organisers have in hand: each rule says what is wrong, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from bot.campaign import claim, closing, invitation, revision
from bot.campaign.endorsement import INVITATION
from bot.features import handing_over
from bot.features.keepers import KIND as KEEPER
from bot.ports import Matter
from tests.simulation import history
from tests.simulation.history import Turn
from tests.simulation.ledger import Ledger
from tests.simulation.standing import Rule

MOST_REMINDERS = 2
"""As it was promised."""
_LINK = frozenset({("made", "used"), ("made", "ended")})
MAY: Mapping[str, frozenset[tuple[str, str]]] = MappingProxyType(
    {
        "invitation": frozenset((before, after) for (before, _), after in invitation.TURNS.items()),
        "revision": frozenset((before, after) for (before, _), after in revision.TURNS.items()),
        "claim": frozenset((before, after) for (before, _), after in claim.TURNS.items())
        | {("refused", "ended")},
        # It may also have been closed, or be open again, by its own clock.
        "closing": frozenset((before, after) for (before, _), after in closing.TURNS.items())
        | {("open", "delivered")},
        "claim-link": _LINK,
        "handover": _LINK,
        "contest": frozenset({("open", "stays"), ("open", "off")}),
        "dispute": frozenset({("open", "off"), ("open", "kept")}),
        "question": frozenset({("open", "answered"), ("open", "closed")}),
    }
)
"""From which state to which each kind may go."""
FIRST: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "invitation": frozenset({"invited"}),
        "revision": frozenset({"read"}),
        "claim": frozenset({"asked", "granted"}),
        "closing": frozenset({"open"}),
        **dict.fromkeys(("claim-link", "handover"), frozenset({"made"})),
        **dict.fromkeys(("contest", "dispute", "question"), frozenset({"open"})),
    }
)
"""The state in which each kind begins."""


def q4_rows_of_matters_grow_by_one(ledger: Ledger) -> Iterator[str]:
    """Every change of what organisers have in hand makes the next row of it."""
    for turn in history.turns(ledger.truth):
        if turn.after and turn.row != turn.row_before + 1:
            yield f"{turn.kind} {turn.id}: row {turn.row} came after {turn.row_before}"


def q5_matters_take_allowed_turns(ledger: Ledger) -> Iterator[str]:
    """What organisers have in hand goes only from states to states that its kind allows."""
    for turn in history.turns(ledger.truth, *MAY):
        stays = turn.before == turn.after
        begins = not turn.before and turn.after in FIRST[turn.kind]
        if not (stays or begins or not turn.after or (turn.before, turn.after) in MAY[turn.kind]):
            yield f"{turn.kind} {turn.id} went from {turn.before or 'nothing'!r} to {turn.after!r}"


def q6_an_invitation_is_its_first_readers(ledger: Ledger) -> Iterator[str]:
    """An invitation belongs to whoever opened it first, who signs through it once; so its origin says."""
    turns = history.turns(ledger.truth, "invitation")
    for turn in turns:
        if turn.person_before and turn.person not in {turn.person_before, ""}:
            yield f"invitation {turn.id} went from {turn.person_before} to {turn.person}"
    rows = ledger.truth.rows(
        "SELECT id, coalesce(person, '') person FROM endorsements WHERE origin = ?", INVITATION
    )
    stands = {row["id"]: row["person"] for row in rows}
    signed = [turn for turn in turns if turn.before != turn.after == invitation.Standing.SIGNED]
    through = {str(found.body["endorsement"]): turn for turn in signed if (found := _matter(ledger, turn))}
    if len(through) != len(signed) or through.keys() != stands.keys():
        yield f"signed through {sorted(through)}, from invitations {sorted(stands)}"
    for id_, turn in through.items():
        if stands.get(id_) not in {turn.person, ""}:
            yield f"{turn.id} was opened by {turn.person}, and {stands.get(id_)} signed {id_}"


def q7_few_reminders(ledger: Ledger) -> Iterator[str]:
    """Nobody is reminded of an invitation more often than is said."""
    for row in ledger.truth.rows("SELECT key FROM deliveries WHERE key LIKE 'notice/invited/%'"):
        _, _, id_, number = row["key"].split("/")
        if int(number) > MOST_REMINDERS:
            yield f"invitation {id_} was recalled {number} times"
    for turn in history.turns(ledger.truth, "invitation"):
        found = _matter(ledger, turn)
        if found and int(found.body["reminded"]) > MOST_REMINDERS:
            yield f"invitation {turn.id} was recalled {found.body['reminded']} times"


def q9_two_agree_on_a_correction(ledger: Ledger) -> Iterator[str]:
    """Where there are two organisers, a corrected original is published only after the other one agreed."""
    agreed = revision.Standing.PLANNED, revision.Standing.DONE
    for turn in history.turns(ledger.truth, "revision"):
        if turn.after not in agreed or turn.before in agreed:
            continue
        found = _matter(ledger, turn)
        others = ledger.pressed(f"rev/{turn.id}/agree") - {ledger.truth.account(turn.person)}
        if found and found.body["weight"] and not others:
            yield f"revision {turn.id} went from {turn.before} to {turn.after}, and nobody else agreed"


def q16_who_handed_over_stays(ledger: Ledger) -> Iterator[str]:
    """Whoever handed an entry over looks after it too, until they let go, are forgotten or were wrong."""
    for turn in history.turns(ledger.truth, handing_over.KIND):
        if turn.before == turn.after or turn.after != claim.Link.USED:
            continue
        keepers = {turn.person} & _keepers(ledger, turn.subject)
        if not (keepers or _may_have_gone(ledger, turn)):
            yield f"{turn.person_before} handed {turn.subject} over and looks after it no more"


def _keepers(ledger: Ledger, endorsement: str) -> set[str]:
    sql = "SELECT person FROM endorsements WHERE id = ? UNION "
    sql += "SELECT person FROM matters WHERE kind = ? AND subject = ?"
    return {row["person"] for row in ledger.truth.rows(sql, endorsement, KEEPER, endorsement)}


def _may_have_gone(ledger: Ledger, turn: Turn) -> bool:
    """Whether they let go, wished to be forgotten, or an organiser said that they do not speak for it."""
    let_go = ledger.pressed(f"ho/go/{turn.subject}") | ledger.pressed("fg/do/", begins=True)
    account = ledger.truth.account(turn.person_before)
    ended = any(
        each.subject == turn.subject and each.person_before == turn.person_before and each.after == "ended"
        for each in history.turns(ledger.truth, "claim")
    )
    return not account or account in let_go or ended


def _matter(ledger: Ledger, turn: Turn) -> Matter | None:
    return ledger.truth.ask(lambda tx: tx.matters.get(turn.id))


RULES: tuple[Rule, ...] = (
    q4_rows_of_matters_grow_by_one,
    q5_matters_take_allowed_turns,
    q6_an_invitation_is_its_first_readers,
    q7_few_reminders,
    q9_two_agree_on_a_correction,
    q16_who_handed_over_stays,
)
