"""A text was changed in its meaning: whoever signed it is asked once more (FEATURES E7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.campaign.announcement import Delivery, Policy
from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import LIVE, Endorsement, Kind, Step
from bot.campaign.version import HASH_LENGTH
from bot.content.catalog import Document, Statement
from bot.content.difference import summary
from bot.dialog.messages import Button, Day, Phrase, Route, Saying
from bot.features import home, keepers, mine, revisions, steps
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Feature, Tools, say
from bot.features.revision_card import difference_file
from bot.ports import Conflict, Consent, Matter, Tx

MANY = 100
"""So many are asked at each ring of the clock."""
ASKED = "version.ask"
"""The sentence that [Still sign] agrees to."""


def press(ask: Ask, route: Route) -> Answer:
    """The card that asks one's own sign-on again: (id,); (id, "still", text) stands by that text."""
    found = ask.tx.endorsements.get(route[0]) if route else None
    campaign = ask.tools.catalog.campaigns.get(found.campaign) if found else None
    if found is None or campaign is None or found.state not in LIVE or not keepers.is_keeper(ask, found):
        return mine.overview(ask)
    match route[1:]:
        case ("still", text):
            return _still(ask, campaign, found, text)
        case _:
            return card(ask, campaign, found)


def card(ask: Ask, campaign: Campaign, signed: Endorsement, note: Phrase | None = None) -> Answer:
    """What changed since it was signed, and whether it still stands."""
    statement = ask.tools.catalog.statements[campaign.statement]
    current = statement.version
    if current.earlier(signed.text) is None:
        return mine.see(ask, signed, note)
    found = revisions.since(ask.tx, statement.slug, signed.text, current)
    parts = (
        *((note,) if note else ()),
        Phrase(
            "version.changed",
            {"title": home.short_title(ask, campaign, 60), "day": Day(current.dated)},
        ),
        *(summary(found) if found else ()),
        _asks(signed),
    )
    file = difference_file(campaign.slug, found)
    return say(Saying(parts, _rows(signed, statement), attachment=file), again=("ver", signed.id))


def _asks(signed: Endorsement) -> Phrase:
    if signed.kind is Kind.ORGANISATION:
        return Phrase("version.ask", {"name": signed.entry.name})
    return Phrase("version.ask-you")


def _rows(signed: Endorsement, statement: Statement) -> tuple[tuple[Button, ...], ...]:
    text = statement.version.sha256[:HASH_LENGTH]
    off = "b.take-name-off" if signed.entry.named else "b.take-back"
    return (
        (button("b.still-sign", "ver", signed.id, "still", text),),
        (button("b.read-it", "st", "read", statement.slug, "0"),),
        (button(off, "mine", "off", signed.id),),
    )


def _still(ask: Ask, campaign: Campaign, signed: Endorsement, text: str) -> Answer:
    """Bound to the text that was shown; where that was changed again, it is asked anew."""
    current = ask.tools.catalog.statements[campaign.statement].version
    if not current.sha256.startswith(text) or len(text) != HASH_LENGTH:
        return card(ask, campaign, signed, Phrase("version.again"))
    if current.earlier(signed.text) is None or keepers.contested(ask.tx, signed.id):
        return mine.see(ask, signed)
    act = steps.Act(ask.tx, ask.tools, ask.person.id, ask.now)
    changes = {"text": current.sha256, "due": signed.due}
    renewed = steps.take(act, signed, Step.RENEW, changes)
    if renewed is None:
        return mine.see(ask, signed)
    _consent(ask, renewed, current)
    return mine.see(ask, renewed, Phrase("version.thanks"))


def _consent(ask: Ask, renewed: Endorsement, current: Document) -> None:
    wording = ask.tools.wording(_asks(renewed).key, ask.language)
    ask.tx.consents.add(
        Consent(renewed.id, "publish", True, wording, current.sha256, ask.language, ask.now)  # noqa: FBT003
    )


def ask_again(tx: Tx, tools: Tools, now: datetime) -> int:
    """Owe a notice to those who signed an earlier wording, some at each ring; returns to how many."""
    act = steps.Act(tx, tools, steps.CLOCK, now)
    return sum(_ask_some(act, matter) for matter in tx.matters.due(revisions.ASKING, now))


def _ask_some(act: steps.Act, asking: Matter) -> int:
    campaign = act.tools.catalog.campaigns.get(asking.subject)
    if campaign is None:
        act.tx.matters.remove(asking.id)
        return 0
    current = act.tools.catalog.statements[campaign.statement].version
    found = act.tx.endorsements.bound_elsewhere(
        campaign.slug, current.sha256, after=str(asking.body["after"]), limit=MANY
    )
    asked = [each for each in found if current.earlier(each.text)]
    for each in sorted(asked, key=lambda each: (each.signed, each.id)):
        for person in keepers.keepers_of(act.tx, each.id):
            _tell(act, each, person, current)
    _go_on(act, asking, found[-1].id if len(found) == MANY else "")
    return len(asked)


def _tell(act: steps.Act, signed: Endorsement, person: str, current: Document) -> None:
    """Once for each wording."""
    act.tx.deliveries.owe(
        Delivery(
            id=act.tools.ids.new(),
            key=f"notice/again/{signed.id}/{current.sha256[:HASH_LENGTH]}/{person}",
            policy=Policy.NOTICE,
            what=("notice", "again", signed.id),
            due=act.now,
            person=person,
        )
    )


def _go_on(act: steps.Act, asking: Matter, after: str) -> None:
    """The rest is asked at the next ring; without one it is done."""
    if not after:
        act.tx.matters.remove(asking.id)
        return
    changed = replace(asking, row=asking.row + 1, body={"after": after})
    if not act.tx.matters.change(changed, asking.row, act.now):
        raise Conflict


FEATURE = Feature("ver", press)
