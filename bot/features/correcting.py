"""What organisers do with a new wording: say what it changes, agree, publish it now or plan it, drop it."""

from __future__ import annotations

from collections.abc import Callable

from bot.campaign.announcement import Delivery, Policy
from bot.campaign.revision import Standing, Turn
from bot.campaign.version import Weight
from bot.content.catalog import Statement, TextStatus
from bot.dialog.messages import Phrase, Route, Saying
from bot.features import planning, revisions, site_note, steps
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.guards import is_organiser, told
from bot.features.revision_card import card, statement_of, two
from bot.features.revisions import Revision


def press(ask: Ask, route: Route) -> Answer:
    """One step with a revision: (id,) is its card, (id, step) takes the step."""
    if not is_organiser(ask):
        return told(ask, Phrase("org.not-you"))
    found = revisions.get(ask, route[0]) if route else None
    if found is None:
        return planning.gone()
    way = WAYS.get(route[1]) if len(route) > 1 else None
    return way(ask, found) if way else card(ask, found)


def _act(ask: Ask) -> steps.Act:
    return steps.Act(ask.tx, ask.tools, ask.person.id, ask.now)


def _moved(ask: Ask, revision: Revision, moved: Revision | None) -> Answer:
    """The card after a turn; where somebody was quicker, as it stands now."""
    return card(ask, moved) if moved else card(ask, revision, Phrase("correct.quicker"))


def _choose(weight: Weight) -> Callable[[Ask, Revision], Answer]:
    def choose(ask: Ask, revision: Revision) -> Answer:
        return _moved(ask, revision, revisions.turn(_act(ask), revision, Turn.CHOOSE, weight=weight.value))

    return choose


def _ask_other(ask: Ask, revision: Revision) -> Answer:
    """Every other organiser is told; one of them has to agree."""
    asked = revisions.turn(_act(ask), revision, Turn.ASK)
    if asked:
        for owner in sorted(ask.tools.owners):
            person = ask.tx.people.meet(owner, "", ask.now).id
            if person != revision.matter.person:
                tell(_act(ask), asked, person, "revision")
    return _moved(ask, revision, asked)


def tell(act: steps.Act, revision: Revision, person: str, what: str) -> None:
    """Owe a person a notice that leads to the revision; a repeat is harmless."""
    act.tx.deliveries.owe(
        Delivery(
            id=act.tools.ids.new(),
            key=f"notice/{what}/{revision.id}/{revision.matter.row}/{person}",
            policy=Policy.NOTICE,
            what=("notice", what, revision.id),
            due=act.now,
            person=person,
        )
    )


def _agree(ask: Ask, revision: Revision) -> Answer:
    """Another organiser agrees: it is published, or waits for its time."""
    if revision.matter.person == ask.person.id or revision.standing is not Standing.ASKED:
        return _moved(ask, revision, None)
    if revision.at and revision.at > ask.now:
        moved = revisions.turn(_act(ask), revision, Turn.PLAN, due=revision.at)
        answer = _moved(ask, revision, moved)
    else:
        answer = publish(ask, revision)
    tell(_act(ask), revision, revision.matter.person, "revision-decided")
    return answer


def _refuse(ask: Ask, revision: Revision) -> Answer:
    refused = None
    if revision.matter.person != ask.person.id:
        refused = revisions.turn(_act(ask), revision, Turn.REFUSE)
    if refused:
        tell(_act(ask), refused, revision.matter.person, "revision-decided")
    return _moved(ask, revision, refused)


def _now(ask: Ask, revision: Revision) -> Answer:
    alone = revision.standing is Standing.CHOSEN and not two(ask.tools)
    if not alone and revision.standing is not Standing.PLANNED:
        return _moved(ask, revision, None)
    return publish(ask, revision)


def _translated(status: TextStatus) -> Callable[[Ask, Revision], Answer]:
    def publish_as(ask: Ask, revision: Revision) -> Answer:
        chosen = None
        if revision.language != statement_of(ask, revision).original:
            chosen = revisions.turn(_act(ask), revision, Turn.CHOOSE, status=status.value)
        return publish(ask, chosen) if chosen else _moved(ask, revision, None)

    return publish_as


def publish(ask: Ask, revision: Revision) -> Answer:
    """Show it to everybody, unless the text is another one by now or the files have a fault."""
    act, statement = _act(ask), statement_of(ask, revision)
    if renewed := renew(act, revision, statement):
        return card(ask, renewed, Phrase("correct.text-changed"))
    if wrong := revisions.faults(act, revision, statement):
        again = button("b.send-another", "cor", revision.campaign, "in", revision.language)
        rows = ((again,), (button("b.throw-away", "rev", revision.id, "drop"),))
        said = Phrase("new.faulty", {"fault": wrong[0].sentence[:200]})
        return say(Saying((said,), rows), again=("rev", revision.id))
    done = revisions.publish(act, revision, statement)
    return _moved(ask.renewed(), revision, done)


def renew(act: steps.Act, revision: Revision, statement: Statement) -> Revision | None:
    """The revision to be looked at anew, where the text that it takes the place of is another one by now."""
    current = statement.documents.get(revision.language)
    now = current.sha256 if current else ""
    if now == revision.replaces:
        return None
    return revisions.turn(act, revision, Turn.RENEW, replaces=now, weight="", at="")


def _drop(ask: Ask, revision: Revision) -> Answer:
    """It is erased; what was published stays."""
    if revision.standing is Standing.DONE or not revisions.drop(_act(ask), revision):
        return planning.gone()
    rows = ((button("b.texts", "cor", revision.campaign), button("b.home", "home")),)
    return say(Saying((Phrase("correct.dropped"),), rows), again=("cor", revision.campaign))


WAYS: dict[str, Callable[[Ask, Revision], Answer]] = {
    "slip": _choose(Weight.MINOR),
    "meaning": _choose(Weight.SUBSTANTIAL),
    "community": _translated(TextStatus.COMMUNITY),
    "official": _translated(TextStatus.OFFICIAL),
    "ask": _ask_other,
    "agree": _agree,
    "no": _refuse,
    "now": _now,
    "time": planning.ask_time,
    "drop": _drop,
    "note": site_note.offer,
}
FEATURE = Feature("rev", press, talks=(planning.TIME,))
