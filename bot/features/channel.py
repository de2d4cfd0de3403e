"""/channel and /stop.

An administrator subscribes a room to a campaign with good defaults, looks at it, ends it in one tap: in the
room itself, or from our private chat. Each route names the room, and whoever follows it must run that room at
that moment, so that an old or forged button changes nothing.
"""

from __future__ import annotations

from dataclasses import replace

from bot.campaign.announcement import WISHES, News
from bot.campaign.campaign import Campaign
from bot.content.inert import inert, shortened
from bot.dialog.messages import Phrase, Route, Saying
from bot.features import guards, home, language, room
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.room import Room

LOST = "lost"
"""Leads from the notice that a room was lost to its name."""
MUTED = "muted"
"""Said of a room in which we are but may not post."""

_NAME = 40
"""Characters of a room's name."""


def press(ask: Ask, route: Route) -> Answer:
    """Follow a route; whoever does not run the room is told who does."""
    named = guards.room_of(route)
    chat = named or (None if ask.private else ask.incoming.chat)
    if chat is None:
        return _how(route)
    if not (ask.private or chat == ask.incoming.chat):  # no room shows what another one gets
        return guards.in_private(ask, ("ch", *route))
    refused = guards.refusal(ask, chat, ("ch", *route))
    return refused or _for_administrator(Room(ask, chat), route[1:] if named else route)


def _how(route: Route) -> Answer:
    """How a room gets news; after the notice that one was lost, which."""
    lost_room = route[1].partition(":")[2] if len(route) > 1 and route[0] == LOST else ""
    lost = (Phrase("channel.lost", {"room": lost_room}),) if lost_room else ()
    return say(Saying((*lost, Phrase("channel.how")), ((button("b.home", "home"),),)), again=("ch", *route))


def _for_administrator(its: Room, route: Route) -> Answer:
    if route[:1] == ("stop",):
        return room.stopped(its, ended=bool(its.ask.tx.subscriptions.stop(its.chat)))
    campaign = its.ask.tools.catalog.campaigns.get(route[1]) if len(route) > 1 else None
    return _about(its, campaign, route) if campaign else overview(its)


def _about(its: Room, campaign: Campaign, route: Route) -> Answer:
    match route[0], *route[2:]:
        case ("sample",):
            return room.sample(its, campaign)
        case ("flip", kind) if kind in WISHES:
            return _flip(its, campaign, News(kind))
        case ("on",):
            return _begin(its, campaign)
        case ("change",):
            return room.change(its, campaign)
        case ("lang", *chosen):
            return _language(its, campaign, chosen)
        case _:
            return say(room.offer(its, campaign), again=its.route("of", campaign.slug))


def overview(its: Room) -> Answer:
    """What this room gets; with nothing yet, the offer for the one campaign or the choice of one."""
    campaigns = its.ask.tools.catalog.campaigns
    wishes = its.ask.tx.subscriptions.of(its.chat)
    if wishes and wishes[0].campaign in campaigns:
        return room.gets(its, campaigns[wishes[0].campaign])
    open_now = home.open_campaigns(its.ask)
    if len(open_now) == 1:
        return say(room.offer(its, open_now[0]), again=its.route("of", open_now[0].slug))
    return say(room.choice(its), again=its.route())


def _begin(its: Room, campaign: Campaign) -> Answer:
    wished = its.wish(campaign)
    if not wished.news:
        return room.change(its, campaign, Phrase("channel.choose-some"))
    its.ask.tx.subscriptions.put(replace(wished, active=True, by=its.ask.person.id), its.ask.now)
    return room.gets(its, campaign, room.first_post(its, campaign))


def _flip(its: Room, campaign: Campaign, kind: News) -> Answer:
    """Turned over at once; a room that gets nothing yet keeps its choice as a wish that is not active."""
    wish = its.wish(campaign)
    its.ask.tx.subscriptions.put(replace(wish, news=wish.news ^ {kind}, by=its.ask.person.id), its.ask.now)
    return room.change(its, campaign)


def _language(its: Room, campaign: Campaign, chosen: list[str]) -> Answer:
    """The choice of the room's language; once chosen, the room itself is answered in it at once."""
    if len(chosen) != 1 or chosen[0] not in its.ask.tools.languages:
        back = button("b.back", *its.route("change", campaign.slug))
        card = language.choice(its.ask, its.route("lang", campaign.slug), back)
        return say(card, again=its.route("change", campaign.slug))
    language.speak(its.ask, its.chat, chosen[0])
    if its.ask.private:
        return _settled(its, campaign)
    answer = _settled(Room(replace(its.ask, language=chosen[0]), its.chat), campaign)
    return replace(answer, language=chosen[0])


def _settled(its: Room, campaign: Campaign) -> Answer:
    if its.wish(campaign).active:
        return room.gets(its, campaign)
    return say(room.offer(its, campaign), again=its.route("of", campaign.slug))


def let_in(ask: Ask, what: tuple[str, ...]) -> Saying | None:
    """The card for the person who let us into a room: the usual settings, or what we lack to post there.

    ``what`` are the room, its name, and "muted" where we may not post there. None where the room gets its
    news already.
    """
    chat = guards.room_of(what)
    if chat is None or any(wish.active for wish in ask.tx.subscriptions.of(chat)):
        return None
    its, name = Room(ask, chat), shortened(inert(what[1]), _NAME) or chat.id
    if what[2] == MUTED:
        again = (button("b.try-again", *its.route()), button("b.home", "home"))
        return Saying((Phrase("channel.muted", {"room": name}),), (again,))
    open_now = home.open_campaigns(ask)
    if len(open_now) == 1:
        return room.offer(its, open_now[0], Phrase("channel.added", {"room": name}))
    return room.choice(its, Phrase("channel.may-post", {"room": name}))


FEATURE = Feature(
    "ch",
    press,
    {"channel": lambda ask, _args: press(ask, ()), "stop": lambda ask, _args: press(ask, ("stop",))},
    public=True,
)
