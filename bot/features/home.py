"""The card that leads on.

What the bot does, and a way to each thing it can do. /start, /help and every dead end end here.
"""

from __future__ import annotations

from bot.campaign.campaign import Campaign
from bot.content.catalog import shown
from bot.dialog.messages import Button, Phrase, Route, Saying
from bot.features.buttons import button
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.guards import is_organiser

BESIDE_SIGN = 34
"""Characters of a title that fit on a button behind "Sign:"."""


def card(ask: Ask, note: Phrase | None = None) -> Answer:
    """The way on: one open campaign to sign, texts, greetings, one's own, more. ``note`` comes first."""
    open_now = open_campaigns(ask)
    rows: list[tuple[Button, ...]] = []
    if len(open_now) == 1:
        rows.append(
            (button("b.sign-title", "c", open_now[0].slug, title=short_title(ask, open_now[0], BESIDE_SIGN)),)
        )
    elif open_now:
        rows.append((button("b.campaigns", "c"),))
    rows.append((button("b.statements", "st"), button("b.greetings", "gr")))
    rows.append(
        (button("b.mine", "mine"), button("b.more", "home", "more"))
        if ask.private
        else (button("b.more", "home", "more"),)
    )
    return say(Saying((*((note,) if note else ()), Phrase("home.hello")), tuple(rows)), again=("home",))


def press(ask: Ask, route: Route) -> Answer:
    """The card, or its second page."""
    return _more(ask) if route == ("more",) else card(ask)


def _more(ask: Ask) -> Answer:
    own = ((button("b.language", "lang"), button("b.privacy", "privacy")),)
    runs = ((button("b.organise", "org"),),) if is_organiser(ask) else ()
    asks = ((button("b.ask-organisers", "ask"),),)
    lists = (button("b.list", "list"), button("b.channel", "ch"))
    rows = (lists, *own, *asks, *runs, (button("b.home", "home"),))
    return say(Saying((Phrase("home.more"),), rows, picker=True), again=("home", "more"))


def _help(ask: Ask, _args: str) -> Answer:
    first = button("b.organise", "org") if is_organiser(ask) else button("b.ask-organisers", "ask")
    rows = ((first,), (button("b.home", "home"), button("b.privacy", "privacy")))
    return say(Saying((Phrase("help.text"),), rows), again=("home",))


def open_campaigns(ask: Ask) -> list[Campaign]:
    """Campaigns that can be signed now, in order of their slugs."""
    campaigns = ask.tools.catalog.campaigns
    return [campaigns[slug] for slug in sorted(campaigns) if campaigns[slug].is_open(ask.now)]


def title(ask: Ask, campaign: Campaign) -> str:
    """The title of a campaign's statement in the reader's language."""
    statement = ask.tools.catalog.statements[campaign.statement]
    return shown(statement.documents, ask.language, statement.original).title


def short_title(ask: Ask, campaign: Campaign, limit: int) -> str:
    """The title cut at a word for a button."""
    whole = title(ask, campaign)
    if len(whole) <= limit:
        return whole
    return whole[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,.:;!") + "…"


FEATURE = Feature("home", press, {"help": _help}, public=True)
