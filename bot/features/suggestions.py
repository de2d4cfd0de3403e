"""What is offered while somebody types into an option of a command: read only, without the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.campaign.campaign import Campaign
from bot.campaign.lookalike import search_key
from bot.campaign.organisation import Organisation
from bot.content.catalog import Occasion, shown
from bot.content.cldr import territory
from bot.dialog.messages import Route
from bot.features import lists
from bot.features.buttons import LONG, pack
from bot.features.feature import Tools

T = TypeVar("T")

MOST = 25
"""How many are offered at once."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``label`` in the reader's language; ``route`` leads there when it is chosen."""

    label: str
    route: Route


@dataclass(frozen=True, slots=True)
class Typed:
    """``text`` is what stands in the option so far; ``others`` what in others; ``now`` is aware."""

    command: str
    option: str
    text: str
    language: str
    now: datetime
    others: Mapping[str, str] = field(default_factory=dict)


def suggest(tools: Tools, typed: Typed) -> tuple[Suggestion, ...]:
    """At most ``MOST`` suggestions, the likeliest first; none for an option nobody knows.

    Those whose route would need the store to travel are left out.
    """
    match typed.command, typed.option:
        case ("greetings" | "sign", "organisation"):
            found = [each for known in _organisations(tools, typed) for each in _of(tools, typed, known)]
        case _:
            found = _matching(_named(tools, typed), typed.text)
    return tuple(each for each in found if not pack(each.route).startswith(LONG))[:MOST]


def _named(tools: Tools, typed: Typed) -> Iterator[Suggestion]:
    """Everything that an option can hold but organisations."""
    match typed.option:
        case "statement":
            yield from _statements(tools, typed)
        case "occasion":
            for slug, occasion in sorted(tools.catalog.occasions.items()):
                yield Suggestion(_occasion(typed, occasion), ("gr", "o", slug))
        case "country":
            found = _greeted(tools, typed) if typed.command == "greetings" else _listed(tools, typed)
            yield from sorted(found, key=lambda each: each.label)
        case "language":
            for code, name in tools.languages.items():
                yield Suggestion(name, ("lang", code))


def _statements(tools: Tools, typed: Typed) -> Iterator[Suggestion]:
    """Statements to read, or campaigns to sign or to list, by the title of their statement."""
    if typed.command == "statements":
        for slug, statement in sorted(tools.catalog.statements.items()):
            document = shown(statement.documents, typed.language, statement.original)
            yield Suggestion(document.title, ("st", "read", slug, "0"))
        return
    signs = typed.command == "sign"
    for campaign in _open(tools, typed) if signs else _given(typed, tools.catalog.campaigns):
        yield Suggestion(_title(tools, typed, campaign), ("c" if signs else "list", campaign.slug))


def _greeted(tools: Tools, typed: Typed) -> Iterator[Suggestion]:
    """The countries whose greetings can be read."""
    occasions = _given(typed, tools.catalog.occasions)
    known = tools.catalog.organisations
    for each in occasions:
        codes = {known[slug].country for greeting in each.greetings for slug in greeting.organisations}
        more = f" · {_occasion(typed, each)}" if len(occasions) > 1 else ""
        for code in codes - {""}:
            yield Suggestion(territory(typed.language, code) + more, ("gr", "country", each.slug, code))


def _listed(tools: Tools, typed: Typed) -> Iterator[Suggestion]:
    """The countries from which known organisations may stand on a list."""
    campaigns = _given(typed, tools.catalog.campaigns)
    codes = {each.country for each in tools.catalog.organisations.values()} - {""}
    for each in campaigns:
        more = f" · {_title(tools, typed, each)}" if len(campaigns) > 1 else ""
        for code in codes:
            label = territory(typed.language, code) + more
            yield Suggestion(label, lists.View(each.slug, country=code).at(0, 1))


def _organisations(tools: Tools, typed: Typed) -> Iterable[Organisation]:
    """Those whose name begins so, then those that may be meant; all before anything is typed."""
    if not typed.text.strip():
        return sorted(tools.catalog.organisations.values(), key=lambda each: each.name)
    begun = tools.recognition.begun(typed.text, MOST)
    meant = (match.organisation for match in tools.recognition.find(typed.text, MOST))
    return (*begun, *(each for each in meant if each not in begun))


def _of(tools: Tools, typed: Typed, known: Organisation) -> Iterator[Suggestion]:
    """The greetings of an organisation, or the talks it can begin."""
    where = territory(typed.language, known.country) if known.country else ""
    label = " · ".join(filter(None, (known.english or known.name, where)))
    if typed.command == "sign":
        campaigns = [each for each in _open(tools, typed) if each.organisations_sign]
        for each in campaigns:
            title = f"{label} · {_title(tools, typed, each)}" if len(campaigns) > 1 else label
            yield Suggestion(title, ("sign", each.slug, "organisation", "of", known.slug))
        return
    for occasion in _given(typed, tools.catalog.occasions):
        for greeting in occasion.greetings:
            if known.slug in greeting.organisations:
                yield Suggestion(label, ("gr", "g", occasion.slug, greeting.slug, "0"))


def _open(tools: Tools, typed: Typed) -> list[Campaign]:
    return [each for each in _given(typed, tools.catalog.campaigns) if each.is_open(typed.now)]


def _given(typed: Typed, things: Mapping[str, T]) -> list[T]:
    """The thing that another option names, else all of them."""
    pieces = {piece for text in typed.others.values() for piece in text.removeprefix(">").split("/")}
    named = [slug for slug in sorted(things) if slug in pieces]
    return [things[slug] for slug in named or sorted(things)]


def _title(tools: Tools, typed: Typed, campaign: Campaign) -> str:
    statement = tools.catalog.statements[campaign.statement]
    return shown(statement.documents, typed.language, statement.original).title


def _occasion(typed: Typed, occasion: Occasion) -> str:
    titles = occasion.titles
    return titles.get(typed.language) or titles.get("en") or next(iter(titles.values()))


def _matching(found: Iterable[Suggestion], text: str) -> list[Suggestion]:
    """Those that hold what was typed; those that begin with it first."""
    wanted = search_key(text)
    keys = [(each, search_key(each.label)) for each in found]
    fitting = [(each, key) for each, key in keys if wanted in key]
    return [each for each, _ in sorted(fitting, key=lambda pair: not pair[1].startswith(wanted))]
