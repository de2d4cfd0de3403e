"""The file for the addressee: the statement and who stands behind it, as a PDF to print and hand over.

Names come from the gate. Nothing of a representative, a contact or an account ever gets here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.content.catalog import Document, TextKind, TextStatus
from bot.dialog.messages import Country, Day, Names, Phrase
from bot.publication.facts import Say, corrections, how_many, list_of, text_of
from bot.publication.gate import Counts, Signatory
from bot.publication.printed import Values, blocks_of, language_of
from bot.publication.signatory_list import Listing
from bot.publication.typesetting import Print, typeset

_TEMPLATE = "paper.typ"
_TWO_COLUMNS_FROM = 60
"""A list this long is set in two columns."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What is handed over.

    ``document`` is the version signed, ``now`` (aware) the day of the list; ``late`` came after it was closed
    and are not in ``listing``. ``initiators`` by name, ``addressee`` who gets it ("" where that is open),
    ``closed`` the day on which the list was closed. ``language`` (BCP 47) is that of the words around the
    text.
    """

    listing: Listing
    document: Document
    now: datetime
    initiators: Sequence[str] = ()
    late: Sequence[Signatory] = ()
    addressee: str = ""
    closed: date | None = None
    language: str = "en"


def addressee_pdf(paper: Paper, say: Say) -> bytes:
    """The statement, who signed it, and who came late apart, as a PDF on A4.

    The same list on the same day gives the same bytes.
    """
    return typeset(_TEMPLATE, values_of(paper, say), paper.now.date())[0]


def addressee_pictures(paper: Paper, say: Say) -> list[bytes]:
    """The same pages as PNG pictures, to be looked at before the file is handed over."""
    return typeset(_TEMPLATE, values_of(paper, say), paper.now.date(), Print.PNG)


def values_of(paper: Paper, say: Say) -> Values:
    """Everything that stands on the pages, as the template takes it."""
    counts, document = paper.listing.counts, paper.document
    counted = how_many(counts)
    return {
        "language": language_of(paper.language),
        "text-language": language_of(document.language),
        "title": document.title,
        "above": [say(phrase) for phrase in _above(paper)],
        "counted": say(counted) if counted else "",
        "below": [say(phrase) for phrase in _below(paper)],
        "text": blocks_of(document.text),
        "groups": [
            *_group(Phrase("file.organisations"), paper.listing.organisations, say),
            *_group(Phrase("file.people"), paper.listing.people, say),
        ],
        "unnamed": say(Phrase("file.unnamed", count=counts.unnamed)) if counts.unnamed else "",
        "late": _group(Phrase("paper.late"), paper.late, say),
        "countries": _countries(counts, say),
        "foot": say(text_of(document)),
    }


def _above(paper: Paper) -> Iterator[Phrase]:
    if paper.addressee:
        yield Phrase("paper.to", {"addressee": paper.addressee})
    if paper.initiators:
        yield Phrase("campaign.started", {"initiators": Names(tuple(paper.initiators))})


def _below(paper: Paper) -> Iterator[Phrase]:
    document = paper.document
    yield (
        Phrase("paper.closed", {"day": Day(paper.closed, year=True)}) if paper.closed else list_of(paper.now)
    )
    if paper.listing.gone:
        yield Phrase("list.gone", count=paper.listing.gone)
    if document.kind is TextKind.SUMMARY:
        yield Phrase("text.summary", {"source": document.source.title})
    if document.status is not TextStatus.OFFICIAL:
        yield Phrase(f"text.{document.status}")
    yield from corrections(document)


def _group(title: Phrase, signatories: Sequence[Signatory], say: Say) -> list[Values]:
    """A part of the list under its title; nothing where there is nobody."""
    columns = 2 if len(signatories) >= _TWO_COLUMNS_FROM else 1
    names = [_name(signatory, number) for number, signatory in enumerate(signatories, 1)]
    return [{"title": say(title), "columns": columns, "names": names}] if names else []


def _name(signatory: Signatory, number: int) -> Mapping[str, str]:
    """A line of the list; the name in its own script stands below it where the line lacks it."""
    original = "" if signatory.original in signatory.line else signatory.original
    return {"number": f"{signatory.number or number}.", "line": signatory.line, "original": original}


def _countries(counts: Counts, say: Say) -> Values:
    """From where they are, organisations and people together, the most first."""
    both = {
        code: counts.by_country.get(code, 0) + counts.people_by_country.get(code, 0)
        for code in {*counts.by_country, *counts.people_by_country}
    }
    named = [(say(Phrase("country.name", {"country": Country(code)})), n) for code, n in both.items()]
    rows = [[str(n), name] for name, n in sorted(named, key=lambda row: (-row[1], row[0]))]
    return {"title": say(Phrase("paper.countries")), "rows": rows}
