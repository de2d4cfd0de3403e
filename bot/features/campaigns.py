"""The card of a campaign: what it asks for, who began it, how many stand behind it, and the way to sign."""

from __future__ import annotations

from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import Kind
from bot.content.catalog import Document, shown
from bot.content.inert import shortened
from bot.dialog.messages import Button, Language, Names, Phrase, Route, Saying
from bot.features.buttons import button, named, share_row
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.home import open_campaigns, short_title, title
from bot.publication.facts import handed_over, initiators
from bot.publication.gate import counts
from bot.publication.signatory_list import tallies

MINUTE = 200
"""Words somebody reads in a minute on a phone."""


FEW, LONG_NAME = 3, 60
"""So many of those who began it are named on a card, and so many characters of each."""

ANYBODY = "anybody"
"""Ends the route to the card that does not offer the organisation signed for before."""


def press(ask: Ask, route: Route) -> Answer:
    """The card of one campaign, or the choice of one."""
    campaign = ask.tools.catalog.campaigns.get(route[0]) if route else None
    return card(ask, campaign, anybody=ANYBODY in route[1:]) if campaign else choose(ask)


def choose(ask: Ask) -> Answer:
    """Which statement? One button each, the open ones first."""
    campaigns = ask.tools.catalog.campaigns
    rest = [campaigns[slug] for slug in sorted(campaigns) if not campaigns[slug].is_open(ask.now)]
    rows = tuple(
        (named(short_title(ask, each, 40), "c", each.slug),) for each in (*open_campaigns(ask), *rest)
    )
    key = "campaign.choose" if rows else "campaign.none"
    return say(Saying((Phrase(key),), (*rows, (button("b.home", "home"),)), picker=True), again=("c",))


def card(ask: Ask, campaign: Campaign, note: Phrase | None = None, *, anybody: bool = False) -> Answer:
    """The card of one campaign; ``note`` comes first.

    Who signed another for an organisation is offered it, unless ``anybody`` may be meant.
    """
    parts = [Phrase("campaign.title", {"title": title(ask, campaign)}), *facts(ask, campaign)]
    before = "" if anybody or not campaign.is_open(ask.now) else _signed_before(ask, campaign)
    parts += [Phrase("campaign.signed-before", {"name": before})] if before else []
    signing = _signing(ask, campaign, before) if campaign.is_open(ask.now) else ()
    last = share_row(ask.incoming, "c", campaign.slug) or ((button("b.home", "home"),),)
    rows = (*signing, reading(ask, campaign), *last)
    return say(Saying((*((note,) if note else ()), *parts), rows), again=("c", campaign.slug))


def facts(ask: Ask, campaign: Campaign) -> tuple[Phrase, ...]:
    """Who began it, how many stand behind it, what it asks for, and what a reader should know of the text."""
    return (_about(ask, campaign), *_hints(ask, campaign, _document(ask, campaign)))


def _document(ask: Ask, campaign: Campaign) -> Document:
    statement = ask.tools.catalog.statements[campaign.statement]
    return shown(statement.documents, ask.language, statement.original)


def _about(ask: Ask, campaign: Campaign) -> Phrase:
    names = initiators(campaign, ask.tools.catalog.organisations)
    seen = counts(tallies(ask.tx, campaign, ask.now), campaign.show_count_from)
    who: dict[str, Names | Phrase] = {"initiators": _few(names)}
    if seen.organisations is not None:
        who["count"] = _counted(seen.organisations, seen.people or 0)
    key = "campaign.started" + ("-counted" if "count" in who else "")
    return Phrase(key if names else key.replace("started", "plain"), who)


def _few(names: tuple[str, ...]) -> Names | Phrase:
    """The first of them as a card has room for, and how many more there are."""
    told = Names(tuple(shortened(name, LONG_NAME) for name in names[:FEW]))
    more = len(names) - FEW
    return Phrase("campaign.and-more", {"names": told}, count=more) if more > 0 else told


def _counted(organisations: int, people: int) -> Phrase:
    counted = Phrase("campaign.organisations", count=organisations)
    if not people:
        return counted
    return Phrase("list.both", {"organisations": counted, "people": Phrase("list.people", count=people)})


def _hints(ask: Ask, campaign: Campaign, document: Document) -> tuple[Phrase, ...]:
    hints = []
    if document.calls:
        hints.append(
            Phrase("campaign.calls", {"first": document.calls[0].rstrip(" ;.")}, count=len(document.calls))
        )
    if document.language != ask.language:
        hints.append(Phrase("text.other-language", {"language": Language(document.language)}))
    if not campaign.is_open(ask.now):
        hints.append(handed_over(campaign) or Phrase("campaign.closed"))
    elif campaign.is_closed(ask.now):
        hints.append(Phrase("campaign.closed-late"))
    return tuple(hints)


def _signing(ask: Ask, campaign: Campaign, before: str) -> tuple[tuple[Button, ...], ...]:
    """A way to sign in each row; for who signed for an organisation before, that one, and anybody else."""
    kinds = [Kind.ORGANISATION] * campaign.organisations_sign + [Kind.PERSON] * campaign.persons_sign
    routes = {kind: ("sign", campaign.slug, kind.value) for kind in kinds}
    if not ask.private:
        return tuple((Button(Phrase(f"b.sign-{kind}"), opens=route),) for kind, route in routes.items())
    if not before:
        return tuple((button(f"b.sign-{kind}", *route),) for kind, route in routes.items())
    as_before = button("b.sign-for", *routes[Kind.ORGANISATION], "as-before", name=before)
    else_route = ("c", campaign.slug, ANYBODY) if campaign.persons_sign else routes[Kind.ORGANISATION]
    return ((as_before,), (button("b.sign-someone-else", *else_route),))


def _signed_before(ask: Ask, campaign: Campaign) -> str:
    """The organisation this person signed another statement for, "" when none can sign here again."""
    may = ask.private and campaign.organisations_sign
    last = ask.tx.endorsements.latest_of(ask.person.id, Kind.ORGANISATION) if may else None
    known = (
        ask.tools.catalog.organisations.get(last.entry.organisation)
        if last and last.campaign != campaign.slug
        else None
    )
    return (known.acronym or known.name)[:30] if known else ""


def reading(ask: Ask, campaign: Campaign) -> tuple[Button, ...]:
    """To the text and to the list."""
    minutes = max(1, round(_document(ask, campaign).words / MINUTE))
    read = Button(Phrase("b.read-all", count=minutes), ("st", "read", campaign.statement, "0"))
    return (read, button("b.who-signed", "list", campaign.slug))


FEATURE = Feature("c", press, public=True)
