"""What stands at the head of a file or a page: which text, of which day, how many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.campaign.campaign import Campaign
from bot.campaign.organisation import Organisation
from bot.campaign.version import Correction, Weight
from bot.content.catalog import Document
from bot.content.inert import shortened
from bot.dialog.messages import Day, Phrase
from bot.publication.gate import Counts
from bot.publication.signatory_list import Listing

Say = Callable[[Phrase], str]
"""Puts a phrase into the words of the file's language."""
MOST_CORRECTIONS = 2
"""Corrections that are told; the text's own file tells all."""
CHANGE = 100
"""Characters of what a correction changed."""


def text_of(document: Document) -> Phrase:
    """Which text was signed: its day and its hash."""
    return Phrase("file.version", {"day": Day(document.dated, year=True), "version": document.sha256})


def corrections(document: Document) -> tuple[Phrase, ...]:
    """What was changed since a text was published, the newest last."""
    return tuple(map(_correction, document.corrected[-MOST_CORRECTIONS:]))


def _correction(each: Correction) -> Phrase:
    """When it was, and what was changed where that is little."""
    day = Day(each.day)
    if each.weight is Weight.SUBSTANTIAL:
        return Phrase("text.changed", {"day": day})
    if not each.change:
        return Phrase("text.corrected-plain", {"day": day})
    return Phrase("text.corrected", {"day": day, "change": shortened(each.change, CHANGE)})


def list_of(now: datetime) -> Phrase:
    """Of which day the list is."""
    return Phrase("file.list-of", {"day": Day(now.date(), year=True)})


def head(counts: Counts, document: Document, now: datetime, say: Say) -> list[str]:
    """The lines at the head of a file: which text, of which day, how many."""
    number = {"organisations": Phrase("file.count-organisations", count=counts.organisations or 0)}
    whole = number | {"people": Phrase("file.count-people", count=counts.people or 0)}
    return [
        say(text_of(document)),
        *map(say, corrections(document)),
        say(list_of(now)),
        say(Phrase("file.counts", whole)),
    ]


def how_many(counts: Counts) -> Phrase | None:
    """How many signed and from how many countries; None while nobody did or the count is not shown."""
    told = [
        Phrase(key, count=count)
        for key, count in (("post.organisations", counts.organisations), ("post.people", counts.people))
        if count
    ]
    if not told:
        return None
    both = {"organisations": told[0], "people": told[-1]}
    counted = Phrase("post.both", both) if len(told) > 1 else told[0]
    if not counts.countries:
        return counted
    countries = Phrase("post.countries", count=counts.countries)
    return Phrase("post.from", {"counted": counted, "countries": countries})


def since_closed(listing: Listing) -> list[Phrase]:
    """On which day a list was closed, and how many were taken off it since; nothing while it is open."""
    if listing.closed is None:
        return []
    gone = [Phrase("list.gone", count=listing.gone)] if listing.gone else []
    return [Phrase("list.closed-on", {"day": Day(listing.closed, year=True)}), *gone]


def handed_over(campaign: Campaign) -> Phrase | None:
    """When and to whom it was handed over; None while it was not."""
    if campaign.delivered is None:
        return None
    return Phrase("delivered.told", {"day": Day(campaign.delivered, year=True), "to": campaign.delivered_to})


def initiators(campaign: Campaign, organisations: Mapping[str, Organisation]) -> tuple[str, ...]:
    """The names of those who started it, in the order that the organisers chose."""
    found = (organisations[slug] for slug in campaign.initiators if slug in organisations)
    return tuple(each.english or each.name for each in found)
