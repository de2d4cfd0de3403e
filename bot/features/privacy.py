"""/privacy: what is kept, for whom, for how long, how to take it back, and who answers for it."""

from __future__ import annotations

from bot.campaign.campaign import Campaign
from bot.dialog.messages import Phrase, Route, Saying
from bot.features import home
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Feature, say

FEW = 2
"""Campaigns whose responsible people fit on the card; each says it on its own card too."""


def press(ask: Ask, _route: Route) -> Answer:
    """The card."""
    open_now = home.open_campaigns(ask)
    told = tuple(part for each in open_now[:FEW] if (part := responsible(ask, each)))
    rows = (
        (button("b.mine", "mine"), button("b.clear", "clear")),
        (button("b.ask-organisers", "ask"),),
        (button("b.home", "home"),),
    )
    return say(Saying((Phrase("privacy.text"), *told), rows), again=("privacy",))


def responsible(ask: Ask, campaign: Campaign) -> Phrase | None:
    """Who answers for what people entrust to a campaign: whom it names, else those who began it."""
    known = ask.tools.catalog.organisations
    begun = ", ".join(
        known[slug].english or known[slug].name for slug in campaign.initiators if slug in known
    )
    who = campaign.responsible or begun
    title = home.short_title(ask, campaign, 40)
    return Phrase("privacy.responsible", {"title": title, "who": who}) if who else None


FEATURE = Feature("privacy", press, {"privacy": lambda ask, _args: press(ask, ())}, public=True)
