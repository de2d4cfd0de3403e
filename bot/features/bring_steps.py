"""What is done with names that were brought: they come onto a list, are written otherwise, or thrown away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from bot.campaign.campaign import Campaign
from bot.campaign.refusal import Refusal
from bot.dialog.messages import Phrase, Route, Saying
from bot.features import bring_card, bring_columns, bring_left, brought, home, organise, taking, waiting
from bot.features.brought import Brought
from bot.features.buttons import button, named
from bot.features.feature import Answer, Ask, Feature, say
from bot.features.guards import is_organiser, told
from bot.features.requests import read_words

Step = Callable[[Ask, Campaign, Brought], Answer]


def press(ask: Ask, route: Route) -> Answer:
    """A step with what was brought: its id, then the step."""
    if not is_organiser(ask):
        return told(ask, Phrase("org.not-you"))
    if route[:1] == ("taken",):
        return _taken(ask, route[1:])
    found = brought.get(ask, route[0]) if route else None
    return _step(ask, found, route[1:]) if found else _gone()


def _step(ask: Ask, found: Brought, route: Route) -> Answer:
    match route:
        case ("drop",):
            return _drop(ask, found)
        case ("for", slug) if slug in open_to_names(ask):
            return begun(ask, brought.change(ask, found, campaign=slug))
        case ("col", *what) if found.is_table:
            return bring_columns.press(ask, found, tuple(what))
    campaign = _campaign(ask, found)
    return (
        STEPS.get("".join(route[:1]), bring_card.card)(ask, campaign, found)
        if campaign
        else _which(ask, found)
    )


def begun(ask: Ask, found: Brought) -> Answer:
    """What was brought just now; for the only campaign where none was said."""
    slugs = open_to_names(ask)
    if found.campaign not in slugs and len(slugs) == 1:
        found = brought.change(ask, found, campaign=slugs[0])
    campaign = _campaign(ask, found)
    return bring_card.card(ask, campaign, found) if campaign else _which(ask, found)


def open_to_names(ask: Ask) -> tuple[str, ...]:
    """The slugs of the campaigns to which names can be brought: no rehearsal, and organisations sign."""
    campaigns = ask.tools.catalog.campaigns
    return tuple(
        slug
        for slug in sorted(campaigns)
        if campaigns[slug].organisations_sign and not campaigns[slug].rehearsal
    )


def _campaign(ask: Ask, found: Brought) -> Campaign | None:
    """The campaign it is for, where names can be brought to it."""
    return ask.tools.catalog.campaigns[found.campaign] if found.campaign in open_to_names(ask) else None


def _which(ask: Ask, found: Brought) -> Answer:
    """Ask for which campaign it is."""
    campaigns = ask.tools.catalog.campaigns
    rows = tuple(
        (named(home.short_title(ask, campaigns[slug], 40), "bt", found.id, "for", slug),)
        for slug in open_to_names(ask)
    )
    last = ((button("b.throw-away", "bt", found.id, "drop"), button("b.organise", "org")),)
    key = "org.choose" if rows else "bring.no-list"
    return say(Saying((Phrase(key),), (*rows, *last), picker=True), again=("bt", found.id))


def _gone() -> Answer:
    """It was taken or thrown away, by whoever."""
    rows = ((button("b.organise", "org"), button("b.home", "home")),)
    return say(Saying((Phrase("bring.gone"),), rows), again=("org",))


def _take(ask: Ask, campaign: Campaign, found: Brought) -> Answer:
    """The next part comes onto the list; the last one ends it."""
    done, total = taking.take(ask, campaign, found), found.count
    if done.at < total:
        said = Phrase("bring.part", {"done": done.at, "total": total})
        rows = ((button("b.go-on", "bt", done.id, "take"),), (button("b.organise", "org", campaign.slug),))
        return say(Saying((said,), rows), again=("bt", done.id))
    brought.drop(ask, done)
    return _taken(ask, (campaign.slug, str(done.joined), str(done.first)))


def _taken(ask: Ask, route: Route) -> Answer:
    """How many came onto the list, and what can be done next."""
    slug, count, first = (*route, "", "", "")[:3]
    if slug not in open_to_names(ask) or not (count.isdecimal() and first.isdecimal()):
        return _gone()
    before = str(max(0, int(first[:9]) - 1))
    links = ((button("b.claim-links", "cl", "for", slug, before),),) if int(first[:9]) else ()
    rows = (
        (button("b.see-list", "list", slug), button("b.bring-more", "bring", slug, "more")),
        *links,
        (button("b.organise", "org", slug), button("b.home", "home")),
    )
    return say(Saying((Phrase("bring.taken", count=int(count[:6])),), rows), again=("bt", "taken", *route))


def _drop(ask: Ask, found: Brought) -> Answer:
    """It is erased, and nothing more of it comes onto the list."""
    brought.drop(ask, found)
    campaign = ask.tools.catalog.campaigns.get(found.campaign)
    dropped = Phrase("bring.dropped" if found.is_table else "bring.left-alone")
    return organise.card(ask, campaign, dropped) if campaign else home.card(ask, dropped)


def _check(_ask: Ask, _subject: str, words: str) -> Refusal | None:
    return None if read_words(words) else Refusal("bring.no-names")


def _written(ask: Ask, subject: str, words: str) -> Answer:
    """The names of a mail, as an organiser wrote them instead."""
    found = brought.get(ask, subject)
    if found is None:
        return _gone()
    return begun(ask, brought.change(ask, found, rows=[asdict(row) for row in read_words(words)]))


def _left(ask: Ask, subject: str) -> Answer:
    found = brought.get(ask, subject)
    return begun(ask, found) if found else _gone()


def _stands(ask: Ask, subject: str) -> bool:
    found = brought.get(ask, subject) if is_organiser(ask) else None
    return found is not None and not found.is_table


CHANGE = waiting.talk_of(
    waiting.Waiting(
        "bring-change",
        prompt=lambda _ask, _subject: (Phrase("bring.write"),),
        take=_written,
        stands=_stands,
        left=_left,
        check=_check,
        label="invite.label",
    )
)


def _change(ask: Ask, campaign: Campaign, found: Brought) -> Answer:
    """Wait for the names as they should stand."""
    if found.is_table:
        return bring_card.card(ask, campaign, found)
    return waiting.wait(ask, CHANGE, found.id, ("bt", found.id, "change"))


STEPS: dict[str, Step] = {"take": _take, "left": bring_left.card, "change": _change}
FEATURE = Feature("bt", press, talks=(CHANGE,))
