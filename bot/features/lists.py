"""/list: who signed, page by page: in order of signing, by country, or the latest first.

Names come through the gate only.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import Kind
from bot.content.cldr import territory
from bot.dialog.messages import Button, Country, Day, Phrase, Route, Saying, Value
from bot.dialog.text import Bullets, Plain, Quote, Text
from bot.features import home
from bot.features.buttons import button, named, share_row
from bot.features.feature import Answer, Ask, Feature, say
from bot.publication import wordings
from bot.publication.facts import handed_over
from bot.publication.gate import Counts, counts
from bot.publication.signatory_list import Closed, Page, closed, page, tallies

PAGE, MANY = 10, 12
"""Names on a card, and countries."""
FEW_DAYS = 2
"""Earlier wordings that a card tells the days of."""

Rows = tuple[tuple[Button, ...], ...]
Parts = tuple[Phrase | Text, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A place in a list: after which key it begins, and the number of the first name there.

    ``late`` is the block of those who signed after the list was closed.
    """

    campaign: str
    kind: Kind = Kind.ORGANISATION
    country: str = ""
    after: int = 0
    first: int = 1
    late: bool = False

    def at(self, after: int, first: int) -> Route:
        """The route to another place of the same list."""
        block = "late" if self.late else "p"
        return ("list", self.campaign, block, self.kind.value, self.country, str(after), str(first))


def press(ask: Ask, route: Route) -> Answer:
    """Follow a route into a campaign's list."""
    campaign = ask.tools.catalog.campaigns.get(route[0]) if route else None
    if campaign is None:
        return command(ask, "")
    match route[1:]:
        case ("p" | "late" as block, kind, country, after, first) if (
            kind in set(Kind) and after.isdecimal() and first.isdecimal()
        ):
            place = int(after[:12]), int(first[:9])
            return in_order(
                ask, campaign, View(campaign.slug, Kind(kind), country, *place, late=block == "late")
            )
        case ("new", kind) if kind in set(Kind):
            return latest(ask, campaign, Kind(kind))
        case ("countries", start) if start.isdecimal():
            return countries(ask, campaign, int(start[:6]))
        case _:
            return in_order(ask, campaign, View(campaign.slug))


def command(ask: Ask, args: str) -> Answer:
    """The list of the campaign named, of the only one, or the choice."""
    found = ask.tools.catalog.campaigns
    campaign = found.get(args.strip()) or (next(iter(found.values())) if len(found) == 1 else None)
    if campaign is not None:
        return in_order(ask, campaign, View(campaign.slug))
    rows = tuple((named(home.short_title(ask, found[slug], 40), "list", slug),) for slug in sorted(found))
    key = "list.choose" if rows else "campaign.none"
    return say(Saying((Phrase(key),), (*rows, (button("b.home", "home"),)), picker=True), again=("list",))


def in_order(ask: Ask, campaign: Campaign, view: View) -> Answer:
    """Ten names from a place on, in order of signing."""
    end = closed(ask.tx, campaign, ask.now)
    until = end.until if end else None
    late = view.late and until is not None
    found = page(
        ask.tx,
        campaign.slug,
        view.kind,
        after=max(view.after, until or 0) if late else view.after,
        first_number=max(1, view.first),
        limit=PAGE,
        country=view.country,
        until=None if late else until,
    )
    head = Phrase("list.late") if late else _head(ask, campaign, view.country)
    parts: Parts = (head, *_how_closed(campaign, end, late=late), *_names(ask, campaign, found, view.first))
    apart = () if late or until is None else (_late(view),)
    ways = _ways(ask, campaign, view.kind, in_full=not (view.country or late))
    rows = (*_turning(ask, view, found), *apart, *ways)
    return say(Saying(parts, rows, picker=True), again=view.at(view.after, view.first))


def _how_closed(campaign: Campaign, end: Closed | None, *, late: bool) -> tuple[Phrase, ...]:
    """When the list was closed or handed over, and how many were taken off since."""
    if end is None:
        return ()
    gone = (Phrase("list.gone", count=end.gone),) if end.gone and not late else ()
    return (handed_over(campaign) or Phrase("list.closed-on", {"day": Day(end.day, year=True)}), *gone)


def _late(view: View) -> tuple[Button, ...]:
    return (button("b.signed-late", *View(view.campaign, view.kind, late=True).at(0, 1)),)


def latest(ask: Ask, campaign: Campaign, kind: Kind) -> Answer:
    """The latest names, the newest first."""
    end = closed(ask.tx, campaign, ask.now)
    found = page(ask.tx, campaign.slug, kind, limit=PAGE, newest=True, until=end.until if end else None)
    head = Phrase("list.latest", {"title": home.title(ask, campaign)})
    parts: Parts = (head, *_names(ask, campaign, found, None))
    again = ("list", campaign.slug, "new", kind.value)
    return say(Saying(parts, _ways(ask, campaign, kind, in_full=False), picker=True), again=again)


def countries(ask: Ask, campaign: Campaign, start: int) -> Answer:
    """The countries of the organisations, those with most of them first."""
    by_country = counts(tallies(ask.tx, campaign, ask.now), 0).by_country
    found = sorted(by_country.items(), key=lambda pair: (-pair[1], territory(ask.language, pair[0])))
    rows = [(_country(campaign, code, count),) for code, count in found[start : start + MANY]]
    here = ("list", campaign.slug, "countries")
    if start + MANY < len(found):
        rows.append((button("b.more-titles", *here, str(start + MANY)),))
    rows.append((button("b.in-order", "list", campaign.slug),))
    head = Phrase("list.countries", count=len(found))
    return say(Saying((head,), tuple(rows), picker=True), again=(*here, str(start)))


def _country(campaign: Campaign, code: str, count: int) -> Button:
    label = Phrase("list.country", {"country": Country(code)}, count=count)
    return Button(label, View(campaign.slug, country=code).at(0, 1))


def _turning(ask: Ask, view: View, found: Page) -> Rows:
    """To the page before this one, and to the next."""
    row = []
    if view.first > 1:
        number = max(1, view.first - PAGE)
        before = 0
        if number > 1:
            before = found.previous_after(ask.tx, view.campaign, view.kind, PAGE, view.country)
        row.append(button("b.page-back", *view.at(before, number)))
    if found.next_after is not None:
        row.append(button("b.page-on", *view.at(found.next_after, view.first + len(found.signatories))))
    return (tuple(row),) if row else ()


def _names(ask: Ask, campaign: Campaign, found: Page, first: int | None) -> Parts:
    """The names; behind those who signed an earlier wording a star, and below what it means."""
    if not found.signatories:
        return ()
    document = ask.tools.catalog.statements[campaign.statement].version
    dated = wordings.dated(found.signatories, document)
    days = wordings.days_of(dated)
    shown = wordings.marked(dated, lambda day: wordings.mark(day, days))
    lines = tuple((Plain(signatory.line),) for signatory in shown)
    notes = (
        Phrase("version.list", {"mark": wordings.mark(day, days), "day": Day(day)}) for day in days[:FEW_DAYS]
    )
    return ((Quote((Bullets(lines, first),)),), *notes)


def _head(ask: Ask, campaign: Campaign, country: str) -> Phrase:
    seen = counts(tallies(ask.tx, campaign, ask.now), 0)
    title: dict[str, Value] = {"title": home.title(ask, campaign)}
    if country:
        return Phrase("list.of-country", {**title, "country": Country(country)})
    if not seen.organisations and not seen.people:
        return Phrase("list.empty", title)
    return Phrase("list.head", {**title, "counts": _counted(seen)})


def _counted(seen: Counts) -> Phrase:
    organisations = Phrase("campaign.organisations", count=seen.organisations or 0)
    if not seen.people:
        return organisations
    both: dict[str, Value] = {
        "organisations": organisations,
        "people": Phrase("list.people", count=seen.people),
    }
    return Phrase("list.both", both)


def _ways(ask: Ask, campaign: Campaign, kind: Kind, *, in_full: bool) -> Rows:
    """The other ways to look at the list, and back to the statement; ``in_full``: all are shown now."""
    seen = counts(tallies(ask.tx, campaign, ask.now), 0)
    other = Kind.PERSON if kind is Kind.ORGANISATION else Kind.ORGANISATION
    by_country = button("b.by-country", "list", campaign.slug, "countries", "0")
    newest = button("b.latest", "list", campaign.slug, "new", kind.value)
    in_order = button("b.in-order", *View(campaign.slug, kind).at(0, 1))
    switch = button(f"b.list-{other}", *View(campaign.slug, other).at(0, 1))
    rows = [(by_country, newest if in_full else in_order)] if seen.organisations else []
    back = (button("b.to-campaign", "c", campaign.slug),)
    share = share_row(ask.incoming, "c", campaign.slug)
    wrong = ((button("b.something-wrong", "dis", "of", campaign.slug),),) if seen.organisations else ()
    own = (*rows, (_copy(ask, campaign),), *wrong) if rows or seen.people_named else wrong
    return (*own, *(((switch,),) if seen.people_named else ()), *share, back)


def _copy(ask: Ask, campaign: Campaign) -> Button:
    """To the list as a file; from a room into our own chat."""
    route = ("copy", campaign.slug)
    return button("b.take-along", *route) if ask.private else Button(Phrase("b.take-along"), opens=route)


FEATURE = Feature("list", press, {"list": command}, public=True)
