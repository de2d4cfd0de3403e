"""/channel and /stop.

An administrator subscribes a room to a campaign with good defaults, looks at it, ends it in one tap.
"""

from __future__ import annotations

from dataclasses import replace

from bot.campaign.announcement import News, Subscription
from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import Kind
from bot.dialog.messages import Button, Language, Phrase, Route, Saying, Value
from bot.features import home
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.guards import told
from bot.publication import posts
from bot.publication.gate import counts
from bot.publication.signatory_list import latest

KINDS = tuple(News)
LOST = "lost"
"""Leads from the notice that a room was lost to its name."""


def press(ask: Ask, route: Route) -> Answer:
    """Follow a route; whoever does not run the room is told who does."""
    if ask.private:
        return _in_private(route)
    if not ask.incoming.administrator:
        return told(ask, Phrase("guard.administrators"))
    campaign = ask.tools.catalog.campaigns.get(route[1]) if len(route) > 1 else None
    if campaign is None:
        return stop(ask) if route[:1] == ("stop",) else overview(ask)
    return _about(ask, campaign, route)


def _in_private(route: Route) -> Answer:
    """How a room gets news; after the notice that one was lost, which."""
    room = route[1].partition(":")[2] if len(route) > 1 and route[0] == LOST else ""
    lost = (Phrase("channel.lost", {"room": room}),) if room else ()
    return say(Saying((*lost, Phrase("channel.how")), ((button("b.home", "home"),),)), again=("ch", *route))


def _about(ask: Ask, campaign: Campaign, route: Route) -> Answer:
    match route[0], *route[2:]:
        case ("sample",):
            return _sample(ask, campaign)
        case ("flip", kind) if kind in set(News):
            return _flip(ask, campaign, News(kind))
        case ("on",):
            return _begin(ask, campaign)
        case ("change",):
            return _change(_wish(ask, campaign))
        case _:
            return _offer(ask, campaign)


def overview(ask: Ask) -> Answer:
    """What this room gets; with nothing yet, the offer for the one campaign or the choice of one."""
    campaigns = ask.tools.catalog.campaigns
    wishes = ask.tx.subscriptions.of(ask.incoming.chat)
    if wishes and wishes[0].campaign in campaigns:
        return _gets(ask, wishes[0])
    open_now = home.open_campaigns(ask)
    if len(open_now) == 1:
        return _offer(ask, open_now[0])
    rows = tuple((named(home.short_title(ask, each, 40), "ch", "of", each.slug),) for each in open_now)
    key = "channel.choose" if rows else "campaign.none"
    return say(Saying((Phrase(key),), rows, picker=True), again=("ch",))


def _offer(ask: Ask, campaign: Campaign) -> Answer:
    wish = _wish(ask, campaign)
    rows = (
        (button("b.yes-sample", "ch", "sample", campaign.slug),),
        (button("b.choose-myself", "ch", "change", campaign.slug),),
    )
    return say(Saying((Phrase("channel.offer"), _settings(wish)), rows), again=("ch", "of", campaign.slug))


def _settings(wish: Subscription) -> Phrase:
    values: dict[str, Value] = {
        "language": Language(wish.language),
        "zone": wish.zone.rpartition("/")[2].replace("_", " "),
        "begin": f"{wish.quiet_from:02}",
        "end": f"{wish.quiet_to:02}",
    }
    kinds = [kind for kind in KINDS if kind in wish.news]
    news = Phrase("channel.news-" + "-".join(kinds)) if kinds else Phrase("channel.news-none")
    return Phrase("channel.settings", {"news": news, **values})


def _sample(ask: Ask, campaign: Campaign) -> Answer:
    rows = (
        (button("b.start-posting", "ch", "on", campaign.slug),),
        (button("b.change", "ch", "change", campaign.slug),),
    )
    return say(
        Saying((Phrase("channel.sample"), *_post(ask, campaign).parts), rows),
        again=("ch", "of", campaign.slug),
    )


def _post(ask: Ask, campaign: Campaign) -> Saying:
    """A post as it would come at the next milestone."""
    seen = counts(ask.tx.tallies.get(campaign.slug), 0)
    number = next(
        (mark for mark in campaign.milestones if mark > (seen.organisations or 0)), seen.organisations or 0
    )
    subject = posts.Subject(campaign.slug, campaign.statement, home.title(ask, campaign))
    return posts.card(
        [posts.milestone(subject, number, seen, latest(ask.tx, campaign.slug, Kind.ORGANISATION, 3))]
    )


def _begin(ask: Ask, campaign: Campaign) -> Answer:
    wished = _wish(ask, campaign)
    if not wished.news:
        return _change(wished, Phrase("channel.choose-some"))
    wish = replace(wished, active=True, by=ask.person.id)
    ask.tx.subscriptions.put(wish, ask.now)
    return _gets(ask, wish, Phrase("channel.set"))


def _gets(ask: Ask, wish: Subscription, note: Phrase | None = None) -> Answer:
    campaign = ask.tools.catalog.campaigns[wish.campaign]
    head = Phrase("channel.gets", {"title": home.title(ask, campaign)})
    rows = ((button("b.change", "ch", "change", wish.campaign), button("b.stop-posting", "ch", "stop")),)
    return say(Saying(((note or head), _settings(wish)), rows), again=("ch",))


def _change(wish: Subscription, note: Phrase | None = None) -> Answer:
    """Each kind of news with its mark; a tap turns it over. ``note`` comes first."""
    rows = [(_box(wish, kind),) for kind in KINDS]
    done = button("b.done" if wish.active else "b.start-posting", "ch", "on", wish.campaign)
    last = (done, button("b.language", "lang"))
    parts = (*((note,) if note else ()), Phrase("channel.change"))
    return say(Saying(parts, (*rows, last)), again=("ch", "change", wish.campaign))


def _box(wish: Subscription, kind: News) -> Button:
    label = {"label": Phrase(f"channel.kind-{kind}")}
    key = "dialog.toggle-on" if kind in wish.news else "dialog.toggle-off"
    return Button(Phrase(key, label), ("ch", "flip", wish.campaign, kind.value))


def _flip(ask: Ask, campaign: Campaign, kind: News) -> Answer:
    """Turned over at once; a room that gets nothing yet keeps its choice as a wish that is not active."""
    wish = _wish(ask, campaign)
    changed = replace(wish, news=wish.news ^ {kind}, by=ask.person.id)
    ask.tx.subscriptions.put(changed, ask.now)
    return _change(changed)


def _wish(ask: Ask, campaign: Campaign) -> Subscription:
    """What the room wished so far, else the good defaults.

    Its language, the campaign's zone, quiet from 22 to 8.
    """
    found = ask.tx.subscriptions.get(ask.incoming.chat, campaign.slug)
    fresh = Subscription(
        ask.incoming.chat, campaign.slug, language=ask.language, zone=campaign.zone, active=False
    )
    return found or fresh


def stop(ask: Ask) -> Answer:
    """End it, in one tap."""
    ended = ask.tx.subscriptions.stop(ask.incoming.chat)
    rows = ((button("b.start-again" if ended else "b.channel", "ch"), button("b.home", "home")),)
    return say(Saying((Phrase("channel.stopped" if ended else "channel.nothing"),), rows), again=("ch",))


FEATURE = Feature(
    "ch",
    press,
    {"channel": lambda ask, _args: press(ask, ()), "stop": lambda ask, _args: press(ask, ("stop",))},
    public=True,
)
