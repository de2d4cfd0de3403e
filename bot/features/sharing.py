"""[Share here]: a card that one person alone sees is posted for all around them, on purpose only.

What is posted is composed as for somebody nobody knows: it holds nothing of whoever shared it, and no name
that could be taken back later; of a list, its counts. A button leads everybody else to a card of their own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.campaign.announcement import Delivery, Policy
from bot.campaign.refs import ChatRef
from bot.dialog.messages import Around, Button, Came, Copied, Incoming, Phrase, Route, Saying
from bot.features import campaigns, greetings, home, statements
from bot.features.buttons import button, start_word
from bot.features.feature import Answer, Ask, Feature, Tools, say
from bot.ports import Person, Tx

SHARE = "share"
"""The first word of ``Delivery.what`` of what is shared; then come the language and the route."""

_SOON = timedelta(minutes=15)
"""What could not be posted for so long surprises everybody: it is left."""


def press(ask: Ask, route: Route) -> Answer:
    """Post what the route shows, and say so to the one who pressed alone."""
    around, shown = ask.incoming.around, _card(ask, route)
    if shown is None:
        return home.card(ask, Phrase("button.old"))
    if around is None:
        return _handed_on(ask, route) or shown
    said = Phrase(_refusal(ask, around, route) or "share.done")
    if said.key == "share.done":
        _owe(ask, around.room, route)
    rows = ((button("b.back", *route), button("b.home", "home")),)
    return say(Saying((said,), rows), again=route)


def _handed_on(ask: Ask, route: Route) -> Answer | None:
    """The ways to a campaign, to be copied into any other chat or mail; None where there are none."""
    campaign = ask.tools.catalog.campaigns.get(route[1]) if route[0] == "c" else None
    links = "\n".join(link for make in ask.tools.links.values() if (link := make(start_word(route))))
    if campaign is None or not links:
        return None
    said = Phrase("share.links", {"title": home.short_title(ask, campaign, 80), "links": Copied(links)})
    rows = ((button("b.to-campaign", *route), button("b.home", "home")),)
    return say(Saying((said,), rows), again=("share", *route))


def shared(tx: Tx, tools: Tools, delivery: Delivery, now: datetime) -> Saying | None:
    """The card that all see; None where it is not for all, or no more."""
    _, language, *route = delivery.what
    if delivery.chat is None:
        return None
    asked = Incoming("", Came.PRESS, delivery.chat, None, private=False)
    found = _card(Ask(asked, Person(""), language, now, tx, tools), tuple(route))
    opener = Button(Phrase("b.open-for-me"), opens=tuple(route))
    return Saying(found.sayings[0].parts, ((opener,),)) if found else None


def _refusal(ask: Ask, around: Around, route: Route) -> str:
    """The phrase that says why it is not posted, "" where it is: rights may have changed since."""
    if not around.theirs:
        return "share.you-may-not"
    if not around.ours:
        return "share.we-may-not"
    public = replace(ask, tools=ask.tools.at(ask.tx))
    return "" if _card(public, route) else "share.not-yet"


def _owe(ask: Ask, room: ChatRef, route: Route) -> None:
    """A repeat is harmless, and the platform that has such rooms knows it by its nonce."""
    number, what = ask.tools.ids.new(), (SHARE, ask.language, *route)
    key, until = f"{SHARE}/{number}", ask.now + _SOON
    ask.tx.deliveries.owe(Delivery(number, key, Policy.NOTICE, what, ask.now, chat=room, expires=until))


def _card(ask: Ask, route: Route) -> Answer | None:
    """The card of something that can be shared; None of anything else."""
    catalog = ask.tools.catalog
    match route:
        case ("st", "read", slug, page) if slug in catalog.statements and page.isdecimal():
            return statements.press(ask, route[1:])
        case ("gr", "o", slug) | ("gr", "g", slug, _, _) if slug in catalog.occasions:
            return greetings.press(ask, route[1:])
        case ("c", slug) if slug in catalog.campaigns:
            return campaigns.press(ask, route[1:])
        case _:
            return None


FEATURE = Feature("share", press)
