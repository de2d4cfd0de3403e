"""/start: with a word from a link it opens that thing.

Alone it gives the card of the one open campaign, else the way on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.catalog import Catalog
from bot.dialog.messages import Phrase, Route
from bot.features import campaigns, home
from bot.features.buttons import start_word, started
from bot.features.feature import Answer, Ask

PERSONAL = re.compile(r"(?:^|[ =])(in|cl|ho)_([a-z2-7]{16})$")
"""Start words that are secrets: an invitation, an entry to look after, one that is handed over."""
LONGEST_LINK = 200


def route_of(ask: Ask, word: str) -> Route | None:
    """Where a start word leads.

    A campaign's, an occasion's or a statement's slug, or a route made by ``start_word``; that of a text is
    known also where no card of ours has carried it yet.
    """
    catalog = ask.tools.catalog
    if word in catalog.campaigns:
        return ("c", word)
    if word in catalog.occasions:
        return ("gr", "o", word)
    if word in catalog.statements:
        return ("st", "read", word, "0")
    return started(word, ask.tx) or next((each for each in texts(catalog) if start_word(each) == word), None)


def link_of(words: str) -> Route | None:
    """The route of a personal link that was sent as words: where a platform has no links, or by mistake."""
    found = PERSONAL.search(words.strip()) if len(words) <= LONGEST_LINK else None
    return (found[1], found[2]) if found else None


def texts(catalog: Catalog) -> Iterator[Route]:
    """The routes of all that can be read: statements and greetings, each from its first page."""
    for slug in catalog.statements:
        yield ("st", "read", slug, "0")
    for occasion in catalog.occasions.values():
        for greeting in occasion.greetings:
            yield ("gr", "g", occasion.slug, greeting.slug, "0")


def alone(ask: Ask) -> Answer:
    """The card of the one open campaign, else the way on."""
    open_now = home.open_campaigns(ask)
    return (
        campaigns.card(ask, open_now[0], Phrase("home.hello-short")) if len(open_now) == 1 else home.card(ask)
    )
