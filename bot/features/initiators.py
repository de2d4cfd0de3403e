"""Who started a campaign: several organisations in an order that the organisers choose (FEATURES E11)."""

from __future__ import annotations

from collections.abc import Callable, Container

from bot.campaign.campaign import Campaign
from bot.campaign.lookalike import check_name, clean
from bot.campaign.organisation import Organisation
from bot.campaign.refusal import Refusal
from bot.content.importing.printed import Printed, split_line
from bot.content.importing.register import organisations_file
from bot.content.importing.slug import slugify, unique
from bot.content.importing.territory import is_usual_name
from bot.dialog.messages import Button, Phrase, Route, Saying
from bot.dialog.text import Bullets, Plain, Quote
from bot.features import closings, home, organise, waiting
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, Feature, is_campaign, say
from bot.features.guards import is_organiser
from bot.ports import Paper
from bot.publication.facts import initiators

MOST = 12
LONGEST = 200
"""Graphemes of the line of a new one."""


def press(ask: Ask, route: Route) -> Answer:
    """Something about who started a campaign; its slug comes first."""
    return organise.for_organisers(
        ask, route[0] if route else "", lambda ask, campaign: _about(ask, campaign, route[1:])
    )


def _about(ask: Ask, campaign: Campaign, route: Route) -> Answer:
    return organise.card(ask, campaign) if campaign.rehearsal else _change(ask, campaign, route)


def _change(ask: Ask, campaign: Campaign, route: Route) -> Answer:
    match route:
        case ("more",) if len(campaign.initiators) < MOST:
            return waiting.wait(ask, NAME, campaign.slug, ("by", campaign.slug, "more"))
        case ("add", slug) if slug in ask.tools.catalog.organisations:
            return _set(ask, campaign, (*_without(campaign, slug), slug))
        case ("new", line) if _check(ask, "", line) is None:
            return _add_new(ask, campaign, line)
        case ("one", slug) if slug in campaign.initiators:
            return _one(ask, campaign, slug)
        case (what, slug) if what in CHANGES and slug in campaign.initiators:
            return _set(ask, campaign, CHANGES[what](campaign, slug))
        case _:
            return card(ask, campaign)


def card(ask: Ask, campaign: Campaign, note: Phrase | None = None) -> Answer:
    """All of them in their order; a tap on one leads to what can be done with it."""
    names = initiators(campaign, ask.tools.catalog.organisations)
    own = ("by", campaign.slug)
    rows: list[tuple[Button, ...]] = [
        (named(name[:40], *own, "one", slug),) for slug, name in zip(campaign.initiators, names, strict=False)
    ]
    more = ((button("b.add-initiator", *own, "more"),),) if len(names) < MOST else ()
    last = (button("b.back", "org", campaign.slug), button("b.home", "home"))
    quoted = ((Quote((Bullets(tuple((Plain(name),) for name in names), 1),)),),) if names else ()
    head = Phrase("by.head" if names else "by.none", {"title": home.short_title(ask, campaign, 60)})
    parts = (*((note,) if note else ()), head, *quoted)
    return say(Saying(parts, (*rows, *more, last), picker=True), again=own)


def _one(ask: Ask, campaign: Campaign, slug: str) -> Answer:
    own, known = ("by", campaign.slug), ask.tools.catalog.organisations[slug]
    up = (button("b.move-up", *own, "up", slug),) if campaign.initiators[0] != slug else ()
    out = (button("b.take-out", *own, "out", slug),) if len(campaign.initiators) > 1 else ()
    rows = (*(((*up, *out),) if up or out else ()), (button("b.back", *own),))
    said = Phrase("by.one", {"name": known.english or known.name})
    return say(Saying((said,), rows), again=(*own, "one", slug))


def _without(campaign: Campaign, slug: str) -> tuple[str, ...]:
    return tuple(each for each in campaign.initiators if each != slug)


def _moved_up(campaign: Campaign, slug: str) -> tuple[str, ...]:
    at = max(campaign.initiators.index(slug) - 1, 0)
    others = _without(campaign, slug)
    return (*others[:at], slug, *others[at:])


def _taken_out(campaign: Campaign, slug: str) -> tuple[str, ...]:
    """Without one; the last one stays, since whoever started the text would stand there again."""
    return _without(campaign, slug) or campaign.initiators


CHANGES: dict[str, Callable[[Campaign, str], tuple[str, ...]]] = {"up": _moved_up, "out": _taken_out}


def _set(ask: Ask, campaign: Campaign, chosen: tuple[str, ...]) -> Answer:
    after = closings.rewrite(ask, campaign, initiators=chosen)
    if after is None:
        return card(ask, campaign, Phrase("by.not-possible"))
    return card(after, after.tools.catalog.campaigns[campaign.slug])


def _check(_ask: Ask, _subject: str, words: str) -> Refusal | None:
    """One line that can stand as a name."""
    checked = Refusal("by.no-name") if "\n" in words.strip() else check_name(words, LONGEST)
    return checked if isinstance(checked, Refusal) else None


def _take(ask: Ask, subject: str, words: str) -> Answer:
    """A known organisation is added at once where there is no doubt; else it is asked which is meant."""
    campaign, line = ask.tools.catalog.campaigns[subject], clean(words)
    matches = ask.tools.recognition.find(split_line(line).name)
    if not matches:
        return _add_new(ask, campaign, line)
    exact = [each.organisation.slug for each in matches if each.exact]
    if len(exact) == 1:
        return _change(ask, campaign, ("add", exact[0]))
    own = ("by", campaign.slug)
    rows = [(named(_named(each.organisation), *own, "add", each.organisation.slug),) for each in matches]
    last = ((button("b.another-one", *own, "new", line),), (button("b.back", *own),))
    return say(Saying((Phrase("by.which"),), (*rows, *last), picker=True), again=own)


def _named(organisation: Organisation) -> str:
    return (organisation.english or organisation.name)[:40]


def _add_new(ask: Ask, campaign: Campaign, line: str) -> Answer:
    """One that nobody knows yet: it is written down as organisations are in the data folder."""
    known = ask.tools.catalog.organisations
    made = _organisation(split_line(line), known)
    path = ("organisations", f"{campaign.slug}-by-{made.slug}.toml")
    ask.tx.papers.put(Paper(path, organisations_file([made])), ask.tools.ids.new())
    after = ask.renewed()
    return _set(after, after.tools.catalog.campaigns[campaign.slug], (*campaign.initiators, made.slug))


def _organisation(printed: Printed, known: Container[str]) -> Organisation:
    slug = slugify(printed.name) or slugify(printed.english) or slugify(printed.acronym)
    return Organisation(
        slug=unique(slug, known, "organisation"),
        name=printed.name,
        english=printed.english,
        original=printed.original,
        acronym=printed.acronym,
        country=printed.country,
        international=not printed.country,
        place="" if is_usual_name(printed.place, printed.country) else printed.place,
    )


NAME = waiting.talk_of(
    waiting.Waiting(
        "by-name",
        prompt=lambda _ask, _subject: (Phrase("by.ask"),),
        take=_take,
        stands=lambda ask, subject: is_organiser(ask) and is_campaign(ask, subject),
        left=lambda ask, subject: card(ask, ask.tools.catalog.campaigns[subject]),
        check=_check,
        label="by.label",
    )
)
FEATURE = Feature("by", press, talks=(NAME,))
