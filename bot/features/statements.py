"""/statements: every statement, read in pages."""

from __future__ import annotations

from bot.content.catalog import Statement, shown
from bot.dialog.messages import Button, Phrase, Route, Saying
from bot.features.buttons import button, named, share_row
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.reading import page

MANY = 8
"""Titles on one card."""


def press(ask: Ask, route: Route) -> Answer:
    """The titles from a place on, or a page of one statement."""
    match route:
        case ("read", slug, number) if slug in ask.tools.catalog.statements:
            return read(ask, ask.tools.catalog.statements[slug], number)
        case ("from", start) if start.isdecimal():
            return titles(ask, int(start[:9]))
        case _:
            return titles(ask, 0)


def titles(ask: Ask, start: int) -> Answer:
    """The titles, a button each; the only one is shown at once."""
    statements = ask.tools.catalog.statements
    if len(statements) == 1:
        return read(ask, next(iter(statements.values())), "0")
    slugs = sorted(statements)
    start = start if start < len(slugs) else 0
    rows = [
        (named(_title(ask, statements[slug]), "st", "read", slug, "0"),)
        for slug in slugs[start : start + MANY]
    ]
    if start + MANY < len(slugs):
        rows.append((button("b.more-titles", "st", "from", str(start + MANY)),))
    key = "statements.choose" if slugs else "statements.none"
    return say(Saying((Phrase(key),), (*rows, (button("b.home", "home"),)), picker=True), again=("st",))


def read(ask: Ask, statement: Statement, number: str) -> Answer:
    """One page of a statement, with the way to sign where it can be signed."""
    document = shown(statement.documents, ask.language, statement.original)
    head = Phrase("statements.head", {"title": document.title})
    here = ("st", "read", statement.slug)
    below = (*_below(ask, statement), *share_row(ask.incoming, *here, number))
    return say(page(ask, document, head, number, here=here, below=below), again=(*here, number))


def _below(ask: Ask, statement: Statement) -> tuple[tuple[Button, ...], ...]:
    campaigns = ask.tools.catalog.campaigns
    of_it = [slug for slug in sorted(campaigns) if campaigns[slug].statement == statement.slug]
    more = len(ask.tools.catalog.statements) > 1
    back = button("b.all-statements", "st") if more else button("b.home", "home")
    return ((button("b.sign", "c", of_it[0]), back),) if of_it else ((back,),)


def _title(ask: Ask, statement: Statement) -> str:
    return shown(statement.documents, ask.language, statement.original).title


FEATURE = Feature("st", press, {"statements": lambda ask, _args: titles(ask, 0)}, public=True)
