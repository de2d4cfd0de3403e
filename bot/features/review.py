"""The organisers' check.

A card per sign-on in the moderators' chat, approve or not this time with a reason, ten minutes to undo.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.campaign.endorsement import INVITATION, RETURNING, Endorsement, Kind, State, Step, shows_name
from bot.content.inert import shortened
from bot.dialog.messages import Phrase, Route, Saying
from bot.dialog.text import Quote, Text, paragraph
from bot.features import steps
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Feature, Tools, say
from bot.features.guards import is_moderator, told
from bot.ports import Tx
from bot.publication.gate import line_of

REASONS = ("unconfirmed", "organisations-only", "on-list")
"""Why a sign-on may be refused; each is a phrase "reason.…" that the applicant reads in their own language.
"""
TOLD = ("representative", "city", "link", "contact", "message")
"""What a signer may have told the organisers only; the first of it stands on the card where it fits."""
STEPS = {"approve": Step.APPROVE, "undo": Step.UNDO_APPROVAL, "off": Step.SUSPEND}
"""What a button takes of a sign-on, with nothing more to say."""
TELLS = {Step.REJECT: "decided", Step.SUSPEND: "suspended"}
"""Which notice the signer gets of a moderator's step."""
AT_ONCE = frozenset({INVITATION, RETURNING})
"""Origins of what is on the list without a check."""
LONG = 80
"""Characters of who signs that fit on the card."""


def press(ask: Ask, route: Route) -> Answer:
    """A moderator's tap on a card."""
    if not is_moderator(ask):
        return told(ask, Phrase("review.not-you"))
    found = ask.tx.endorsements.get(route[1]) if len(route) > 1 else None
    if found is None:
        return told(ask, Phrase("review.gone"))
    return _decide(ask, found, route)


def _decide(ask: Ask, found: Endorsement, route: Route) -> Answer:
    match route[0], *route[2:]:
        case (what, row) if what in STEPS:
            return _step(ask, found, row, STEPS[what])
        case ("why", row):
            return _why(found) if _fresh(found, row) else _late(ask, found)
        case ("details",):
            return _details(found)
        case ("reject", row, reason) if reason in REASONS:
            return _step(ask, found, row, Step.REJECT, reason)
        case _:
            return say(card(ask.tx, ask.tools, found), again=("rv", "see", found.id))


def _fresh(found: Endorsement, row: str) -> bool:
    return row == str(found.row)


def _step(ask: Ask, found: Endorsement, row: str, step: Step, reason: str = "") -> Answer:
    """Take the step where the card was not old; the one who was late is told who was first.

    Nothing is answered: every moderators' chat, this one too, is owed the changed card.
    """
    if not _fresh(found, row):
        return _late(ask, found)
    campaign = ask.tools.catalog.campaigns.get(found.campaign)
    wait = timedelta(minutes=campaign.undo_minutes if campaign else 0)
    changes: dict[str, object] = {"reason": reason}
    if step is Step.APPROVE:
        changes["due"] = ask.now + wait
    act = steps.Act(ask.tx, ask.tools, ask.person.id, ask.now)
    changed = steps.take(act, found, step, changes)
    if changed is None:
        return _late(ask, found)
    ask.tx.endorsements.seal_private(found.id, replace(found.private, decided_by=ask.incoming.called[:40]))
    if told := TELLS.get(step):
        steps.tell(act, changed, told)
    if step is Step.APPROVE and not wait:
        publish(act, changed)
    return Answer()


def publish(act: steps.Act, approved: Endorsement) -> Endorsement:
    """Publish an approved one and tell its signer."""
    published = steps.take(act, approved, Step.PUBLISH)
    if published is None:
        return approved
    steps.tell(act, published, "published")
    return published


def publish_due(tx: Tx, tools: Tools, now: datetime) -> int:
    """Publish the approved ones whose time to undo is over at ``now`` (UTC); returns how many."""
    act = steps.Act(tx, tools, steps.CLOCK, now)
    due = tx.endorsements.due(now)
    for approved in due:
        publish(act, approved)
    return len(due)


def _late(ask: Ask, found: Endorsement) -> Answer:
    """Only this moderator sees it: what was decided, and by whom; the old card shows it from now on too."""
    steps.renew_cards(steps.Act(ask.tx, ask.tools, ask.person.id, ask.now), found)
    values = {"line": line_of(found.entry), "by": found.private.decided_by}
    key = f"review.late-{found.state}" if found.private.decided_by else "review.late"
    rows = ((button("b.see-card", "rv", "see", found.id),),)
    return say(Saying((Phrase(key, values),), rows, only=True), again=("rv", "see", found.id))


def _why(found: Endorsement) -> Answer:
    """The reasons, a button each."""
    row = str(found.row)
    reasons = tuple(
        reason for reason in REASONS if reason != "organisations-only" or found.kind is Kind.PERSON
    )
    rows = tuple((button(f"b.reason-{reason}", "rv", "reject", found.id, row, reason),) for reason in reasons)
    back = (button("b.back", "rv", "see", found.id),)
    values = {"line": line_of(found.entry)}
    return say(Saying((Phrase("review.why", values),), (*rows, back)), again=("rv", "see", found.id))


def _details(found: Endorsement) -> Answer:
    """All that does not stand on the card, quoted."""
    parts: list[Phrase | Text] = [Phrase("review.line", {"line": line_of(found.entry)})]
    for field, words in _further(found).items():
        parts += [Phrase(f"sign.label-{field}"), (Quote((paragraph(words),)),)]
    back = (button("b.back", "rv", "see", found.id),)
    return say(Saying(tuple(parts), (back,)), again=("rv", "see", found.id))


def _told_all(found: Endorsement) -> dict[str, str]:
    return {field: words for field in TOLD if (words := getattr(found.private, field))}


def _further(found: Endorsement) -> dict[str, str]:
    """What was told the organisers and does not stand on the card, by field."""
    if found.state is State.PUBLISHED:
        return _told_all(found)
    fits = len(found.private.representative) <= LONG
    fields = TOLD[1:] if fits else TOLD
    return {field: words for field in fields if (words := getattr(found.private, field))}


def card(tx: Tx, tools: Tools, found: Endorsement) -> Saying:
    """The card of a sign-on as it stands now."""
    row = str(found.row)
    parts = (Phrase("review.line", {"line": line_of(found.entry)}), *_what(tx, tools, found))
    match found.state:
        case State.IN_REVIEW:
            head = Phrase("review.head", count=tx.endorsements.queue())
            approve, reject = (
                button(f"b.{what}", "rv", act, found.id, row)
                for what, act in (("approve", "approve"), ("not-now", "why"))
            )
            details = ((button("b.details", "rv", "details", found.id),),) if _further(found) else ()
            return Saying((head, *parts), ((approve, reject), *details))
        case State.APPROVED:
            undo = button("b.undo-approval", "rv", "undo", found.id, row)
            return Saying((*parts[:1], _decided(found)), ((undo,),))
        case State.PUBLISHED if found.origin in AT_ONCE:
            return _came_at_once(tx, found)
        case _:
            return Saying((*parts[:1], _decided(found)), ())


def _came_at_once(tx: Tx, found: Endorsement) -> Saying:
    """One quiet card: it stands on the list already, and can be taken off while somebody looks."""
    number = tx.endorsements.number(found.campaign, found.kind, found.position or 0)
    said = Phrase(f"review.{found.origin}", {"line": line_of(found.entry), "number": number})
    details = (button("b.details", "rv", "details", found.id),) if _told_all(found) else ()
    return Saying((said,), ((*details, button("b.off-for-now", "rv", "off", found.id, str(found.row))),))


def _what(tx: Tx, tools: Tools, found: Endorsement) -> tuple[Phrase, ...]:
    """What speaks for it, and what to look out for."""
    known = found.entry.organisation in tools.catalog.organisations
    of_organisation = "review.known" if known else "review.unknown"
    facts = [Phrase("review.person" if found.kind is Kind.PERSON else of_organisation)]
    if found.private.representative:
        facts.append(Phrase("review.representative", {"who": shortened(found.private.representative, LONG)}))
    if len(tx.endorsements.of(found.person, 2)) == 1:
        facts.append(Phrase("review.new-account"))
    return tuple(facts)


def _decided(found: Endorsement) -> Phrase:
    if found.state is State.APPROVED and found.due is not None:
        return Phrase("review.approved", {"by": found.private.decided_by, "time": found.due})
    if found.state is State.REJECTED:
        return Phrase(
            "review.rejected", {"by": found.private.decided_by, "reason": Phrase(f"reason.{found.reason}")}
        )
    named = shows_name(found.kind, found.state, named=found.entry.named)
    key = "published" if named else found.state.value
    return Phrase(f"review.{key}", {"by": found.private.decided_by})


FEATURE = Feature("rv", press, public=True)
