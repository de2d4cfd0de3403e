"""Two who look after an entry disagree whether it stands on the list (FEATURES E12).

It stays as it last was beyond doubt, both are told, the organisers decide, and the decision is noted.
"""

from __future__ import annotations

from dataclasses import replace

from bot.campaign.announcement import Delivery
from bot.campaign.claim import Doubt, decided
from bot.campaign.endorsement import Endorsement, Step
from bot.dialog.messages import Phrase, Route, Saying
from bot.features import claims, desk, keepers, steps
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.guards import is_moderator, told
from bot.features.keepers import CONTEST
from bot.ports import Conflict, Matter, Tx
from bot.publication.gate import line_of

DECIDES = {Doubt.STAYS: Step.SETTLE_ON, Doubt.OFF: Step.SETTLE_OFF}
"""The step that notes an organisers' decision."""


def taken_off_by(tx: Tx, endorsement_id: str) -> str:
    """Our id of who took it off last, "" where nobody did."""
    taken = [event.actor for event in tx.audit.of(endorsement_id) if event.step is Step.WITHDRAW]
    return taken[-1] if taken else ""


def disagreed(ask: Ask, found: Endorsement) -> bool:
    """Whether two of those who look after it disagreed before, and others than the one who asks still do."""
    before = bool(ask.tx.matters.of(CONTEST, found.id, limit=1))
    return before and bool(keepers.others(ask.tx, found, ask.person.id))


def begin(ask: Ask, found: Endorsement) -> None:
    """They disagree from now on: everybody is told, and nobody changes it until the organisers decided."""
    matter = Matter(
        ask.tools.ids.new(), CONTEST, found.id, Doubt.OPEN, ask.now, key=str(found.row), body={"by": ""}
    )
    if not ask.tx.matters.add(matter, ask.now):
        return
    act = claims.act_of(ask)
    keepers.tell(act, found, matter.id, keepers.others(ask.tx, found, ask.person.id))
    desk.owe(ask.tx, ask.tools, f"{CONTEST}/{matter.id}", (CONTEST, matter.id), ask.now)


def composed(tx: Tx, delivery: Delivery) -> Saying | None:
    """The card of a disagreement for the desk."""
    matter = tx.matters.get(delivery.what[1])
    found = tx.endorsements.get(matter.subject) if matter else None
    shown = card(tx, matter, found) if matter and found else None
    return desk.discreet(delivery, (CONTEST, "see", delivery.what[1]), shown)


def card(_tx: Tx, matter: Matter, found: Endorsement) -> Saying:
    """What they disagree about, or what was decided."""
    line = {"line": line_of(found.entry)}
    if matter.state != Doubt.OPEN:
        said = Phrase(f"contest.{matter.state}", {**line, "by": str(matter.body["by"]) or "…"})
        return Saying((said,), ())
    row = str(matter.row)
    stays = button("b.it-stays", CONTEST, Doubt.STAYS, matter.id, row)
    off = button("b.take-it-off", CONTEST, Doubt.OFF, matter.id, row)
    return Saying((Phrase("contest.head", line),), ((stays, off),))


def press(ask: Ask, route: Route) -> Answer:
    """An organiser's tap on the card."""
    if not is_moderator(ask):
        return told(ask, Phrase("review.not-you"))
    matter = ask.tx.matters.get(route[1]) if len(route) > 1 else None
    found = ask.tx.endorsements.get(matter.subject) if matter and matter.kind == CONTEST else None
    if matter is None or found is None:
        return told(ask, Phrase("review.gone"))
    match route[0], *route[2:]:
        case (what, row) if what in set(DECIDES):
            return _decide(ask, matter, found, Doubt(what)) if row == str(matter.row) else _late(matter)
        case _:
            return say(card(ask.tx, matter, found), again=(CONTEST, "see", matter.id))


def _late(matter: Matter) -> Answer:
    rows = ((button("b.see-card", CONTEST, "see", matter.id),),)
    return say(Saying((Phrase("review.late"),), rows, only=True), again=(CONTEST, "see", matter.id))


def _decide(ask: Ask, matter: Matter, found: Endorsement, decision: Doubt) -> Answer:
    """Note it; everybody who looks after the entry is told."""
    state = decided(Doubt(matter.state), decision)
    if state is None:
        return _late(matter)
    changed = replace(matter, state=state, row=matter.row + 1, body={"by": ask.incoming.called[:40]})
    if not ask.tx.matters.change(changed, matter.row, ask.now):
        raise Conflict
    act = claims.act_of(ask)
    settled = steps.take(act, found, DECIDES[decision]) or found
    keepers.tell(act, settled, f"{matter.id}/{changed.row}", keepers.keepers_of(ask.tx, found.id))
    desk.renew(ask.tx, ask.tools, f"{CONTEST}/{matter.id}", ask.now)
    return Answer()


FEATURE = Feature(CONTEST, press, public=True)
