"""What an invited organisation sees (GOLDEN-DIALOGS 1a): its link is the check, so it is listed at once."""

from __future__ import annotations

from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import Kind
from bot.campaign.invitation import Standing, Turn
from bot.dialog.messages import Phrase, Route, Saying
from bot.features import campaigns, home, invitations, mine, sign, talks
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.invitations import Invitation


def press(ask: Ask, route: Route) -> Answer:
    """A link, or a button below it: ("word",), ("word", "sign" | "no"); ("mine", id) from a notice."""
    invitation = _meant(ask, route)
    if invitation is None or invitation.standing is Standing.CANCELLED:
        return home.card(ask, Phrase("invited.unknown"))
    campaign = ask.tools.catalog.campaigns[invitation.campaign]
    if invitation.matter.person not in {"", ask.person.id}:
        return _used(campaign, invitation)
    if invitation.standing is Standing.INVITED:
        invitation = invitations.turn(ask, invitation, Turn.OPEN, ask.person.id) or invitation
    if invitation.standing is Standing.SIGNED:
        return _signed(ask, invitation)
    if not campaign.is_open(ask.now):
        return campaigns.card(ask, campaign)
    return _answered(ask, campaign, invitation, route[1:])


def _meant(ask: Ask, route: Route) -> Invitation | None:
    match route:
        case ("mine", id_):
            found = invitations.get(ask, id_)
            return found if found and found.matter.person == ask.person.id else None
        case (word, *_):
            return invitations.find(ask, word)
        case _:
            return None


def _answered(ask: Ask, campaign: Campaign, invitation: Invitation, what: Route) -> Answer:
    match what:
        case ("sign", *rest):
            return _sign(ask, campaign, invitation, anew=sign.ANEW in rest)
        case ("no",):
            return _declined(ask, invitation)
        case _:
            return _card(ask, campaign, invitation)


def _card(ask: Ask, campaign: Campaign, invitation: Invitation) -> Answer:
    """Who is invited to sign what."""
    hello = Phrase("invited.hello", {"line": invitation.line, "title": home.title(ask, campaign)})
    word = invitation.route[1]
    rows = (
        (button("b.sign-for", "in", word, "sign", name=_short(invitation)),),
        campaigns.reading(ask, campaign)[:1],
        (button("b.not-for-us", "in", word, "no"), button("b.language", "lang")),
    )
    return say(Saying((hello, *campaigns.facts(ask, campaign)), rows), again=invitation.route)


def _short(invitation: Invitation) -> str:
    entry = invitation.entry
    return (entry.acronym or entry.name)[:30]


def _sign(ask: Ask, campaign: Campaign, invitation: Invitation, *, anew: bool) -> Answer:
    again = () if anew else (*invitation.route, "sign", sign.ANEW)
    given = invitations.answers(ask.tools, invitation)
    return talks.begin(ask, sign.DIALOGS[Kind.ORGANISATION], campaign.slug, again, given)


def _declined(ask: Ask, invitation: Invitation) -> Answer:
    invitations.turn(ask, invitation, Turn.DECLINE)
    rows = ((button("b.changed-my-mind", *invitation.route), button("b.home", "home")),)
    return say(Saying((Phrase("invited.declined"),), rows), again=("home",))


def _used(campaign: Campaign, invitation: Invitation) -> Answer:
    """The link is somebody else's: there is the usual way."""
    usual: Route = ("sign", campaign.slug, Kind.ORGANISATION.value)
    if slug := invitation.entry.organisation:
        usual = (*usual, "of", slug)
    rows = ((button("b.go-on", *usual), button("b.home", "home")),)
    note = Phrase("invited.used", {"name": invitation.entry.name})
    return say(Saying((note,), rows), again=invitation.route)


def _signed(ask: Ask, invitation: Invitation) -> Answer:
    found = ask.tx.endorsements.get(invitation.endorsement)
    return mine.see(ask, found) if found and found.person == ask.person.id else mine.overview(ask)


FEATURE = Feature("in", press)
