from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from struct import unpack_from

import pytest

from bot.campaign.endorsement import Entry, Kind
from bot.content.catalog import TextKind, TextStatus
from bot.content.markup import read
from bot.publication.gate import Counts, numbered
from bot.publication.paper import Paper, addressee_pdf, addressee_pictures, values_of
from bot.publication.signatory_list import Listing
from tests.publication.made import DOCUMENT, signatories
from tests.publication.words import NOW, phrases, say

A4 = (1191, 1684)
MIXED = (
    Entry("Example Party", acronym="EP", country="TH"),
    Entry("Labour for Peace", country="TH", original="สหภาพแรงงานเพื่อสันติภาพ"),
    Entry("Spinners Union", country="MM", original="မန္တလေး ချည်မျှင်အလုပ်သမားသမဂ္ဂ"),
    Entry("حزب العمال 48 (بيروت)", country="LB", acronym="PW"),
)
HOSTILE = (
    '#import "x": *',
    "$ sum_(i=0) $",
    "#{ panic() }",
    "*b* _i_ `r` <l> @r ~ \\ // /*",
    '"},{"',
    "#read('/etc/passwd')",
    "A" * 900,
    "Z\u0301\u0302\u0303" * 80,
    "\u202eabc",
    "أ" * 400,
    "中文 한국어 😀",
    "= Heading",
)
TEXT = read(
    "# Why\n\nFirst *of* **all**, [read](https://peace.example/a).\n\n- one\n- two\n\n3. three\n\n> said\n"
)


def listing(*entries: Entry, people: tuple[Entry, ...] = (), unnamed: int = 0) -> Listing:
    codes = {entry.country: 1 for entry in entries if entry.country}
    counts = Counts(len(entries), len(people) + unnamed, unnamed, len(people), codes)
    named = signatories(*people, kind=Kind.PERSON)
    return Listing(numbered(signatories(*entries), 1), numbered(named, 1), counts)


def paper(*entries: Entry) -> Paper:
    return Paper(listing(*entries), replace(DOCUMENT, text=TEXT), NOW)


def listed(groups: object, *columns: str) -> list[tuple[object, ...]]:
    """These columns of every name in some groups of a list."""
    assert isinstance(groups, list)
    return [tuple(name[column] for column in columns) for group in groups for name in group["names"]]


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG")
    width, height = unpack_from(">II", picture, 16)
    return width, height


def test_it_is_a_document_of_a4_pages() -> None:
    assert addressee_pdf(paper(*MIXED), say).startswith(b"%PDF-")
    assert [size(picture) for picture in addressee_pictures(paper(*MIXED), say)] == [A4]
    assert len(addressee_pictures(paper(*MIXED * 50), say)) in {3, 4, 5}


def test_it_says_who_for_whom_how_many_and_which_text() -> None:
    whole = replace(
        paper(*MIXED), initiators=("A Network", "B"), addressee="the Embassy of X", closed=date(2026, 3, 1)
    )
    values = values_of(whole, say)
    assert values["above"] == ["To: the Embassy of X", "Started by A Network and B"]
    assert values["counted"] == "4 organisations from 3 countries"
    assert values["below"] == ["The list was closed on 1 March 2026"]
    assert values["foot"] == f"Text of 1 February 2026, fingerprint {DOCUMENT.sha256}"
    assert values["countries"] == {
        "title": "Where they are from",
        "rows": [["1", "Lebanon"], ["1", "Myanmar"], ["1", "Thailand"]],
    }


def test_an_open_list_says_its_day() -> None:
    assert values_of(paper(*MIXED), say)["below"] == ["List of 15 February 2026"]


def test_who_reads_it_is_told_that_it_is_a_summary_and_translated() -> None:
    document = replace(DOCUMENT, kind=TextKind.SUMMARY, status=TextStatus.COMMUNITY)
    below = values_of(replace(paper(), document=document), say)["below"]
    assert isinstance(below, list)
    assert below[1:] == ["A summary in our own words. Source: .", "A translation by volunteers."]


def test_names_stand_in_their_own_script_once() -> None:
    assert listed(values_of(paper(*MIXED), say)["groups"], "number", "original") == [
        ("1.", ""),
        ("2.", "สหภาพแรงงานเพื่อสันติภาพ"),
        ("3.", "မန္တလေး ချည်မျှင်အလုပ်သမားသမဂ္ဂ"),
        ("4.", ""),
    ]


def test_late_ones_stand_apart_and_unnamed_ones_are_a_number() -> None:
    late = signatories(Entry("Late Circle", country="NP"))
    values = values_of(
        Paper(listing(*MIXED, people=(Entry("Somebody"),), unnamed=7), DOCUMENT, NOW, late=late), say
    )
    assert ("Late Circle, Nepal",) not in listed(values["groups"], "line")
    assert listed(values["late"], "line") == [("Late Circle, Nepal",)]
    assert listed(values["groups"], "line")[-1] == ("Somebody",)
    assert values["unnamed"] == "And 7 people without their names."
    assert values["counted"] == "4 organisations and 8 people from 3 countries"


def test_the_same_list_on_the_same_day_gives_the_same_bytes() -> None:
    later = replace(paper(*MIXED), now=NOW + timedelta(hours=5))
    assert addressee_pdf(paper(*MIXED), say) == addressee_pdf(later, say)
    assert addressee_pdf(paper(*MIXED[::-1]), say) != addressee_pdf(later, say)
    tomorrow = replace(paper(*MIXED), now=NOW + timedelta(days=1))
    assert b"20260216" in addressee_pdf(tomorrow, say)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_what_it_is(name: str) -> None:
    hostile = replace(
        paper(Entry(name, original=name), *MIXED),
        document=replace(DOCUMENT, title=name),
        initiators=(name,),
        addressee=name,
    )
    assert len(addressee_pictures(hostile, say)) in {1, 2, 3}


def test_every_letter_of_a_name_is_drawn_as_it_was_written() -> None:
    plain, marked = (addressee_pictures(paper(Entry(name)), say) for name in ("b", "*b*"))
    assert plain != marked


def test_an_empty_list_and_an_empty_text_make_a_page() -> None:
    empty = Paper(Listing((), (), Counts()), replace(DOCUMENT, title="", text=()), NOW)
    assert len(addressee_pictures(empty, say)) == 1


@pytest.mark.parametrize("language", ["en", "ms", "id", "fil", "th", "ar", "zh-Hant", "", "not a code"])
def test_every_language_can_be_around_the_text(language: str) -> None:
    now = datetime(2026, 2, 15, tzinfo=UTC)
    worded = replace(paper(*MIXED), language=language, document=replace(DOCUMENT, language=language))
    assert addressee_pdf(worded, lambda phrase: phrases().text(language, phrase, now, "UTC"))
