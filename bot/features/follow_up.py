"""A follow-up: who signed an earlier statement for an organisation is asked to sign this one (FEATURES E11).

Nobody is carried over. Each gets an invitation of their own: whoever signed with an account hears of it once,
the links of the others are for the organisers to pass on.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.campaign.announcement import Delivery, Policy
from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import Endorsement, Kind
from bot.campaign.invitation import Turn
from bot.content.importing.names import PublishedName
from bot.dialog.messages import Phrase, Route, Saying
from bot.features import closings, home, invitations, invited, organise
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, Feature, say
from bot.publication.gate import line_of

AT_ONCE = 500
"""So many are asked at one press; another press asks the next ones."""
CHUNK = 200


def press(ask: Ask, route: Route) -> Answer:
    """What was asked of oneself, for anybody; everything else is for the organisers."""
    if route[1:] == ("mine",):
        return _mine(ask, route[0])
    return organise.for_organisers(
        ask, route[0] if route else "", lambda ask, campaign: _about(ask, campaign, route[1:])
    )


def _about(ask: Ask, campaign: Campaign, route: Route) -> Answer:
    others = ask.tools.catalog.campaigns
    if campaign.rehearsal:
        return organise.card(ask, campaign)
    match route:
        case ("of", earlier) if earlier in others and earlier != campaign.slug:
            return card(ask, campaign, others[earlier])
        case ("ask", earlier) if earlier in others and earlier != campaign.slug:
            return _ask_them(ask, campaign, others[earlier])
        case () if campaign.follows in others:
            return card(ask, campaign, others[campaign.follows])
        case _:
            return _choose(ask, campaign)


def _choose(ask: Ask, campaign: Campaign) -> Answer:
    """Whose signatories? One button for each other statement that is no rehearsal."""
    others = ask.tools.catalog.campaigns
    rows = [
        (named(home.short_title(ask, others[slug], 40), "follow", campaign.slug, "of", slug),)
        for slug in sorted(others)
        if slug != campaign.slug and not others[slug].rehearsal
    ]
    back = (button("b.back", "org", campaign.slug), button("b.home", "home"))
    note = Phrase("follow.choose" if rows else "follow.none")
    return say(Saying((note,), (*rows, back), picker=True), again=("follow", campaign.slug))


def card(ask: Ask, campaign: Campaign, earlier: Campaign) -> Answer:
    """How many signed the earlier one and were not asked yet, and what happens when they are."""
    own = ("follow", campaign.slug)
    fresh = [each for each in signed(ask, earlier) if _is_fresh(ask, campaign, each)]
    back = (button("b.another-statement", *own, "choose"), button("b.back", "org", campaign.slug))
    title = {"title": home.short_title(ask, earlier, 60)}
    if not campaign.is_open(ask.now):
        return say(Saying((Phrase("campaign.closed"),), (back,)), again=own)
    if not fresh:
        return say(Saying((Phrase("follow.nobody", title),), (back,)), again=own)
    with_account = sum(bool(each.person) for each in fresh)
    parts = (
        Phrase("follow.head", title, count=len(fresh)),
        Phrase("follow.told", count=with_account),
        Phrase("follow.linked", count=len(fresh) - with_account),
        Phrase("follow.anew"),
    )
    rows = ((button("b.ask-them", *own, "ask", earlier.slug),), back)
    return say(Saying(parts, rows), again=(*own, "of", earlier.slug))


def signed(ask: Ask, campaign: Campaign) -> Iterator[Endorsement]:
    """The organisations on the list of a campaign, in its order."""
    after = 0
    while page := ask.tx.endorsements.page(campaign.slug, Kind.ORGANISATION, after=after, limit=CHUNK):
        yield from page
        after = page[-1].position or after + 1


def _is_fresh(ask: Ask, campaign: Campaign, each: Endorsement) -> bool:
    return invitations.is_new(ask, campaign, _name(each))


def _name(each: Endorsement) -> PublishedName:
    entry = each.entry
    return PublishedName(
        None,
        line_of(entry),
        entry.name,
        entry.acronym,
        entry.original,
        entry.country,
        entry.place,
        entry.organisation,
    )


def _ask_them(ask: Ask, campaign: Campaign, earlier: Campaign) -> Answer:
    """Invite each of them; pressing it again, or by another organiser, asks nobody twice."""
    after = ask
    if campaign.follows != earlier.slug:
        after = closings.rewrite(ask, campaign, follows=earlier.slug) or ask
    fresh = [each for each in signed(after, earlier) if _is_fresh(after, campaign, each)][:AT_ONCE]
    told = sum(_invite(after, campaign, each) for each in fresh)
    own = ("follow", campaign.slug)
    rows = (
        (
            button("b.invitations", "inv", campaign.slug),
            button("b.links-file", "inv", campaign.slug, "links"),
        ),
        (button("b.organise", "org", campaign.slug), button("b.home", "home")),
    )
    parts = (Phrase("follow.told", count=told), Phrase("follow.linked", count=len(fresh) - told))
    return say(Saying((Phrase("follow.asked", count=len(fresh)), *parts), rows), again=own)


def _invite(ask: Ask, campaign: Campaign, each: Endorsement) -> bool:
    """Invite one; True where it was signed with an account, whose person then hears of it once."""
    made = invitations.invite(ask, campaign, [_name(each)])
    if not made or not each.person:
        return False
    whole = ask.tx.endorsements.get(each.id)
    representative = whole.private.representative if whole else ""
    invitations.turn(ask, made[0], Turn.OPEN, each.person, representative=representative)
    _tell(ask, campaign, each.person)
    return True


def _tell(ask: Ask, campaign: Campaign, person: str) -> None:
    """One notice for each person, however many organisations they signed for."""
    what = ("notice", "follow", campaign.slug, "mine")
    key = f"follow/{campaign.slug}/{person}"
    ask.tx.deliveries.owe(Delivery(ask.tools.ids.new(), key, Policy.NOTICE, what, due=ask.now, person=person))


def _mine(ask: Ask, slug: str) -> Answer:
    """What the one who asks was asked to sign: the card of the invitation, or the choice of one."""
    found = [
        invitations.Invitation(each)
        for each in ask.tx.matters.of_person(invitations.KIND, ask.person.id)
        if each.subject == slug
    ]
    if len(found) == 1 or not found:
        return invited.press(ask, ("mine", found[0].id if found else ""))
    rows = tuple((named(each.line[:40], "in", "mine", each.id),) for each in found)
    card = Saying((Phrase("follow.which"),), (*rows, (button("b.home", "home"),)), picker=True)
    return say(card, again=("follow", slug, "mine"))


FEATURE = Feature("follow", press)
