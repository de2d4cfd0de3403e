"""Those who signed are thanked once, by a notice that names nothing and leads to what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.campaign.announcement import Delivery, Policy
from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import State
from bot.dialog.messages import Phrase, Saying
from bot.features import closings, home
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Tools, say
from bot.ports import Conflict, Matter, Tx
from bot.publication import signatory_list
from bot.publication.facts import handed_over, how_many
from bot.publication.gate import counts

COMPOSER = "thanks"
"""The first word of ``Delivery.what``; the second is the campaign."""
AT_ONCE = 200
"""People who are thanked in one transaction; the next ones at the next ring."""


def thank(tx: Tx, tools: Tools, now: datetime) -> int:
    """Owe their thanks to the next of those whose time has come; returns to how many."""
    return sum(_thank(tx, tools, matter, now) for matter in tx.matters.due(closings.KIND, now))


def _thank(tx: Tx, tools: Tools, matter: Matter, now: datetime) -> int:
    after = str(matter.body.get("thanked", ""))
    people = tx.endorsements.signers(matter.subject, after, AT_ONCE)
    for person in people:
        _owe(tx, tools, matter.subject, person, now)
    more = len(people) == AT_ONCE
    changed = replace(
        matter,
        row=matter.row + 1,
        due=matter.due if more else None,
        body={**matter.body, "thanked": people[-1] if people else after},
    )
    if not tx.matters.change(changed, matter.row, now):
        raise Conflict
    return len(people)


def _owe(tx: Tx, tools: Tools, campaign: str, person: str, now: datetime) -> None:
    """Once for ever, however often its organisers say that it was handed over."""
    key = f"{COMPOSER}/{campaign}/{person}"
    tx.deliveries.owe(
        Delivery(tools.ids.new(), key, Policy.NOTICE, (COMPOSER, campaign), due=now, person=person)
    )


def notice(tx: Tx, delivery: Delivery) -> Saying | None:
    """The notice; None for who took their name back meanwhile."""
    campaign = delivery.what[1]
    stands = any(
        each.campaign == campaign and each.state is State.PUBLISHED
        for each in tx.endorsements.of(delivery.person)
    )
    return (
        Saying((Phrase("notice.delivered"),), ((button("b.show", "dl", campaign, "news"),),))
        if stands
        else None
    )


def news(ask: Ask, campaign: Campaign) -> Answer:
    """What became of what they signed; anybody may see it."""
    text = handed_over(campaign)
    rows = ((button("b.see-list", "list", campaign.slug), button("b.home", "home")),)
    head = Phrase("campaign.title", {"title": home.title(ask, campaign)})
    if text is None:
        return say(Saying((head, Phrase("campaign.closed")), rows), again=("c", campaign.slug))
    counted = how_many(counts(signatory_list.tallies(ask.tx, campaign, ask.now), campaign.show_count_from))
    behind = (Phrase("delivered.behind", {"counted": counted}),) if counted else ()
    parts = (head, text, *behind, Phrase("delivered.thanks"))
    return say(Saying(parts, rows), again=("dl", campaign.slug, "news"))
