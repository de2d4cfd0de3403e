"""/greetings: an occasion's greetings one after another, by country, by organisation, or one at random."""

from __future__ import annotations

from zlib import crc32

from bot.campaign.endorsement import Entry
from bot.campaign.organisation import Organisation
from bot.content.catalog import Greeting, Occasion, shown
from bot.content.cldr import territory
from bot.dialog.messages import Button, Country, Phrase, Route, Saying, Value
from bot.features.buttons import button, named, share_row
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.reading import page
from bot.publication.gate import line_of

MANY = 8


def press(ask: Ask, route: Route) -> Answer:
    """Follow a route: an occasion, one of its greetings, or one of its lists."""
    occasion = ask.tools.catalog.occasions.get(route[1]) if len(route) > 1 else None
    if occasion is None:
        return occasions(ask)
    match (route[0], *route[2:]):
        case ("g", slug, number):
            return read(ask, occasion, slug, number)
        case ("any",):
            return read(ask, occasion, _any(ask, occasion), "0")
        case _:
            return _lists(ask, occasion, route)


def _lists(ask: Ask, occasion: Occasion, route: Route) -> Answer:
    match (route[0], *route[2:]):
        case ("countries", start):
            return _countries(ask, occasion, _number(start))
        case ("country", code, *rest):
            theirs = [greeting for greeting in occasion.greetings if code in _codes(ask, greeting)]
            if len(theirs) == 1:
                return read(ask, occasion, theirs[0].slug, "0")
            return _listed(ask, occasion, theirs, _number(rest[0]) if rest else 0, ("country", code))
        case ("all", start):
            return _listed(ask, occasion, list(occasion.greetings), _number(start), ("all",))
        case _:
            return about(ask, occasion)


def occasions(ask: Ask) -> Answer:
    """The occasions; with only one, its card."""
    found = ask.tools.catalog.occasions
    if len(found) == 1:
        return about(ask, next(iter(found.values())))
    rows = tuple((named(title(ask, found[slug]), "gr", "o", slug),) for slug in sorted(found))
    key = "greetings.choose" if rows else "greetings.none"
    return say(Saying((Phrase(key),), (*rows, (button("b.home", "home"),)), picker=True), again=("gr",))


def about(ask: Ask, occasion: Occasion) -> Answer:
    """The card of an occasion.

    How many greetings, from how many countries and bodies, and the ways to read them.
    """
    home = (button("b.home", "home"),)
    if not occasion.greetings:
        return say(
            Saying((Phrase("greetings.empty", {"title": title(ask, occasion)}),), (home,)), again=("gr",)
        )
    codes = {code for greeting in occasion.greetings for code in _codes(ask, greeting)}
    countries = Phrase("greetings.countries", count=len(codes - {""}))
    known = ask.tools.catalog.organisations
    bodies = sum(
        known[slug].international for greeting in occasion.greetings for slug in greeting.organisations
    )
    values: dict[str, Value] = {
        "title": title(ask, occasion),
        "countries": countries,
        "bodies": Phrase("greetings.bodies", count=bodies),
    }
    first, share = occasion.greetings[0], share_row(ask.incoming, "gr", "o", occasion.slug)
    rows = (
        (button("b.begin", "gr", "g", occasion.slug, first.slug, "0", name=_names(ask, first)[:30]),),
        (
            button("b.by-country", "gr", "countries", occasion.slug, "0"),
            button("b.by-organisation", "gr", "all", occasion.slug, "0"),
        ),
        (button("b.at-random", "gr", "any", occasion.slug), *(share[0] if share else home)),
    )
    key = "greetings.about" if bodies else "greetings.about-countries"
    return say(
        Saying((Phrase(key, values, count=len(occasion.greetings)),), rows), again=("gr", "o", occasion.slug)
    )


def read(ask: Ask, occasion: Occasion, slug: str, number: str) -> Answer:
    """One page of a greeting, with the ones before and after it."""
    order = [greeting.slug for greeting in occasion.greetings]
    if slug not in order:
        return about(ask, occasion)
    at = order.index(slug)
    greeting = occasion.greetings[at]
    document = shown(greeting.documents, ask.language, greeting.original)
    place = {"at": at + 1, "all": len(order)}
    head = Phrase("greetings.head", {"from": _from(ask, greeting), **place})
    signed = tuple(
        Phrase("greetings.signed" if s.role else "greetings.signed-name", {"name": s.name, "role": s.role})
        for s in greeting.signers
    )
    note = (Phrase("greetings.note", {"note": greeting.note}),) if greeting.note else ()
    here = ("gr", "g", occasion.slug, slug)
    saying = page(
        ask,
        document,
        head,
        number,
        here=here,
        below=(*_around(occasion, order, at), *share_row(ask.incoming, *here, number)),
        after=(*signed, *note),
    )
    return say(saying, again=(*here, number))


def _around(occasion: Occasion, order: list[str], at: int) -> tuple[tuple[Button, ...], ...]:
    beside = (
        *((button("b.previous", "gr", "g", occasion.slug, order[at - 1], "0"),) if at else ()),
        *((button("b.next", "gr", "g", occasion.slug, order[at + 1], "0"),) if at + 1 < len(order) else ()),
    )
    return (
        beside,
        (
            button("b.at-random", "gr", "any", occasion.slug),
            button("b.all-greetings", "gr", "o", occasion.slug),
        ),
    )


def _countries(ask: Ask, occasion: Occasion, start: int) -> Answer:
    found = {code for greeting in occasion.greetings for code in _codes(ask, greeting)} - {""}
    codes = sorted(found, key=lambda code: territory(ask.language, code))
    bodies = [g for g in occasion.greetings if "" in _codes(ask, g)]
    cards = [
        Button(Phrase("country.name", {"country": Country(code)}), ("gr", "country", occasion.slug, code))
        for code in codes
    ]
    if bodies:
        cards.append(button("b.international", "gr", "country", occasion.slug, ""))
    return _pick(ask, occasion, cards, start, ("countries",))


def _listed(ask: Ask, occasion: Occasion, greetings: list[Greeting], start: int, here: Route) -> Answer:
    cards = [named(_names(ask, each), "gr", "g", occasion.slug, each.slug, "0") for each in greetings]
    return _pick(ask, occasion, cards, start, here)


def _pick(ask: Ask, occasion: Occasion, cards: list[Button], start: int, here: Route) -> Answer:
    start = start if start < len(cards) else 0
    rows = [(card,) for card in cards[start : start + MANY]]
    if start + MANY < len(cards):
        rows.append((button("b.more-titles", "gr", here[0], occasion.slug, *here[1:], str(start + MANY)),))
    rows.append((button("b.all-greetings", "gr", "o", occasion.slug),))
    head = Phrase("greetings.pick", {"title": title(ask, occasion)})
    return say(
        Saying((head,), tuple(rows), picker=True), again=("gr", here[0], occasion.slug, *here[1:], str(start))
    )


def title(ask: Ask, occasion: Occasion) -> str:
    """The occasion's title in the reader's language, else in English, else any."""
    titles = occasion.titles
    return titles.get(ask.language) or titles.get("en") or next(iter(titles.values()))


def _from(ask: Ask, greeting: Greeting) -> str:
    """Who sends it."""
    known = ask.tools.catalog.organisations
    return " · ".join(_line(known[slug]) for slug in greeting.organisations)


def _line(organisation: Organisation) -> str:
    """An organisation as lists print it."""
    line = organisation.line
    name, acronym = (line, "") if line else (organisation.name, organisation.acronym)
    return line_of(Entry(name, acronym=acronym, country=organisation.country, place=organisation.place))


def _names(ask: Ask, greeting: Greeting) -> str:
    known = ask.tools.catalog.organisations
    return " + ".join(known[slug].english or known[slug].name for slug in greeting.organisations)


def _codes(ask: Ask, greeting: Greeting) -> set[str]:
    known = ask.tools.catalog.organisations
    return {known[slug].country for slug in greeting.organisations}


def _any(ask: Ask, occasion: Occasion) -> str:
    """A greeting by chance: by the event's name, so that a redelivered event shows the same one."""
    return (
        occasion.greetings[crc32(ask.incoming.event.encode()) % len(occasion.greetings)].slug
        if occasion.greetings
        else ""
    )


def _number(text: str) -> int:
    return int(text[:9]) if text.isascii() and text.isdecimal() else 0


FEATURE = Feature("gr", press, {"greetings": lambda ask, _args: occasions(ask)}, public=True)
