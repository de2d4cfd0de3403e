"""What must not be said, looked at when it reaches a chat: each rule says what is wrong, or nothing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.campaign.invitation import Standing
from bot.features import invitations
from bot.features.revisions import WORDING
from bot.ports import Tx
from tests.simulation.ledger import Ledger
from tests.simulation.memory import all_text
from tests.simulation.peer import Arrival
from tests.simulation.process import DECIDED
from tests.simulation.texts import SECRET


def q8_no_notice_to_who_declined(ledger: Ledger, arrival: Arrival) -> Iterator[str]:
    """Once a refusal was acknowledged, nothing decided later reminds of the invitation."""
    message = arrival.message
    for what, *rest in message.routes:
        if "invited.declined" in message.said and what == "in" and len(rest) == 1:
            ledger.declined[invitations.id_of(rest[0])] = DECIDED.get()
        if "notice.invited" in message.said and what == "in" and arrival.new and rest[1] in ledger.declined:
            found = ledger.truth.ask(lambda tx, id_=rest[1]: tx.matters.get(id_))  # type: ignore[misc]
            still = found is not None and found.state == Standing.DECLINED
            if still and ledger.declined[rest[1]] < DECIDED.get():
                yield f"{message.chat} declined {rest[1]} and is reminded of it"


def q11_nothing_hidden_is_shown(ledger: Ledger, arrival: Arrival) -> Iterator[str]:
    """No words of a draft, a rehearsal or a correction reach outsiders before they are public."""
    message = arrival.message
    if message.chat in ledger.inside:
        return
    text = all_text(message.outgoing)
    words = {word for word in SECRET if word in text} - ledger.public
    if words:
        ledger.public |= ledger.truth.ask(_public)
    for word in sorted(words - ledger.public):
        yield f"{word!r} stands in {message.chat} {message.id} and is not public"


def _public(tx: Tx) -> set[str]:
    """The telling words of all texts that are, or were, public."""
    texts = [paper.text for paper in tx.papers.all() if not paper.hidden]
    slugs = {each.path[1] for each in tx.papers.all() if each.path[0] == "statements"}
    texts += [str(each.body["body"]) for slug in slugs for each in tx.matters.of(WORDING, slug)]
    return {word for word in SECRET if any(word in text for text in texts)}


ON_ARRIVAL = (q8_no_notice_to_who_declined, q11_nothing_hidden_is_shown)
