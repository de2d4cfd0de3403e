"""What an organiser can do with a campaign: one card that leads to each of it. Only owners, in private."""

from __future__ import annotations

from collections.abc import Callable

from bot.campaign.campaign import Campaign
from bot.dialog.messages import Button, Phrase, Route, Saying
from bot.features import home
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.guards import is_organiser, told
from bot.publication.gate import counts
from bot.publication.signatory_list import tallies

WAYS: tuple[tuple[str, str], ...] = (
    ("b.invitations", "inv"),
    ("b.claim-links", "cl"),
    ("b.bring-names", "bring"),
    ("b.kit", "kit"),
    ("b.text", "cor"),
    ("b.reminders", "rem"),
    ("b.close", "close"),
    ("b.initiators", "by"),
    ("b.follow-up", "follow"),
)
"""The label of a button and the feature it leads to, with the campaign's slug behind it: the likely first."""


def command(ask: Ask, _args: str) -> Answer:
    """The only campaign, or the choice of one."""
    return press(ask, ())


def press(ask: Ask, route: Route) -> Answer:
    """The card of one campaign, or the choice of one."""
    return for_organisers(ask, route[0] if route else "", card)


def for_organisers(ask: Ask, slug: str, do: Callable[[Ask, Campaign], Answer]) -> Answer:
    """What an organiser asked for a campaign; others are told who may, and who names none chooses one."""
    if not is_organiser(ask):
        return told(ask, Phrase("org.not-you"))
    campaigns = ask.tools.catalog.campaigns
    if slug in campaigns:
        return do(ask, campaigns[slug])
    if not slug and len(campaigns) == 1:
        return do(ask, next(iter(campaigns.values())))
    return card(ask, next(iter(campaigns.values()))) if len(campaigns) == 1 else choose(ask)


def choose(ask: Ask) -> Answer:
    """Which campaign? One button each, and a new one."""
    campaigns = ask.tools.catalog.campaigns
    rows = tuple(
        (named(home.short_title(ask, campaigns[slug], 40), "org", slug),) for slug in sorted(campaigns)
    )
    last = (button("b.new-campaign", "new"), button("b.home", "home"))
    return say(Saying((Phrase("org.choose"),), (*rows, last), picker=True), again=("org",))


def card(ask: Ask, campaign: Campaign, note: Phrase | None = None) -> Answer:
    """How a campaign stands, and what can be done; ``note`` comes first."""
    parts = (*((note,) if note else ()), Phrase("org.head", {"title": home.title(ask, campaign)}))
    last = (button("b.to-campaign", "c", campaign.slug), button("b.home", "home"))
    rows = (*_ways(campaign), last)
    return say(Saying((*parts, _state(ask, campaign)), rows, picker=True), again=("org", campaign.slug))


def _ways(campaign: Campaign) -> tuple[tuple[Button, ...], ...]:
    if campaign.rehearsal:
        return ((button("b.go-on", "new", "for", campaign.slug),),)
    buttons = [button(label, feature, campaign.slug) for label, feature in WAYS]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _state(ask: Ask, campaign: Campaign) -> Phrase:
    """In rehearsal, open, closed or handed over, and how many signed."""
    if campaign.rehearsal:
        return Phrase("org.rehearsal")
    seen = counts(tallies(ask.tx, campaign, ask.now), 0)
    said = "delivered" if campaign.delivered else "open" if campaign.is_open(ask.now) else "closed"
    return Phrase(f"org.{said}", count=seen.organisations or 0)


FEATURE = Feature("org", press, {"organise": command})
