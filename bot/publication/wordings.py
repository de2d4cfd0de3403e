"""For which wording each signatory stands, where the text was changed in its meaning since (FEATURES E7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from bot.content.catalog import Document
from bot.dialog.messages import Day, Phrase
from bot.publication.facts import Say
from bot.publication.gate import Signatory
from bot.publication.signatory_list import Listing

Group = tuple[Signatory, ...]


def dated(found: Iterable[Signatory], document: Document) -> Group:
    """The same signatories, each with the day of the earlier wording it signed, if it did."""
    return tuple(replace(each, wording=document.earlier(each.text)) for each in found)


def dated_listing(listing: Listing, document: Document) -> Listing:
    """The same for a whole list; a list in which nobody signed an earlier wording is as it was."""
    return _each(listing, lambda group: dated(group, document))


def told(listing: Listing, say: Say | None) -> Listing:
    """The list with the earlier wording behind each line that stands for one: in words, or as a mark."""
    days = days_of((*listing.organisations, *listing.people, *listing.late))

    def behind(day: date) -> str:
        return f"({say(Phrase('version.of', {'day': Day(day, year=True)}))})" if say else mark(day, days)

    return _each(listing, lambda group: marked(group, behind)) if days else listing


def marked(found: Iterable[Signatory], behind: Callable[[date], str]) -> Group:
    """The signatories with something behind the lines that stand for an earlier wording."""
    return tuple(
        replace(each, line=f"{each.line} {behind(each.wording)}") if each.wording else each for each in found
    )


def days_of(found: Iterable[Signatory]) -> list[date]:
    """The days of the earlier wordings among them, the newest first."""
    return sorted({each.wording for each in found if each.wording}, reverse=True)


def mark(day: date, days: Sequence[date]) -> str:
    """The sign that stands for a day: one star for the newest, two for the one before."""
    return "*" * (days.index(day) + 1)


def legend(listing: Listing, say: Say | None = None) -> list[str]:
    """What the marks of a list mean, in words or by the days alone; nothing where there are none."""
    days = days_of((*listing.organisations, *listing.people, *listing.late))
    if say:
        texts = [
            Phrase("version.list", {"mark": mark(day, days), "day": Day(day, year=True)}) for day in days
        ]
        return list(map(say, texts))
    return [f"{mark(day, days)} {day.isoformat()}" for day in days]


def _each(listing: Listing, do: Callable[[Group], Group]) -> Listing:
    return replace(
        listing,
        organisations=do(listing.organisations),
        people=do(listing.people),
        late=do(listing.late),
    )
