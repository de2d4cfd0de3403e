from __future__ import annotations

from dataclasses import replace
from functools import partial
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaign.endorsement import Entry
from bot.content.markup import read
from bot.publication.gate import Counts, numbered
from bot.publication.ready_texts import correction_note, mail_text, website_text
from bot.publication.signatory_list import Listing
from tests.publication.made import DOCUMENT, signatories
from tests.publication.words import NOW, say

LANGUAGES = ["en", "ms", "id", "fil", "th"]
LINK = "https://t.me/peace_bot?start=peace&x=1"
PEACE = replace(DOCUMENT, title="Peace", text=read("# Why\n\nWe *ask* for\\\npeace.\n\nSecond.\n"))
SMALL = Listing(
    numbered(signatories(Entry("Example Party", acronym="EP", country="TH"), Entry("Praxis <b>")), 1),
    (),
    Counts(2, 0, by_country={"TH": 1}),
)


class Elements(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str | None] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def elements(html: str) -> Elements:
    found = Elements()
    found.feed(html)
    found.close()
    return found


def test_the_text_for_websites() -> None:
    assert website_text(SMALL, PEACE, LINK, NOW, say).plain.splitlines() == [
        "Peace",
        "",
        "We ask for",
        "peace.",
        "",
        "Signed up to 15 February 2026: 2 organisations from 1 country",
        "",
        "  1. Example Party (EP), Thailand",
        "  2. Praxis <b>",
        "",
        f"Read it and sign: {LINK}",
    ]


def test_the_same_in_html() -> None:
    shown = "https://t.me/peace_bot?start=peace&amp;x=1"
    assert website_text(SMALL, PEACE, LINK, NOW, say).html.splitlines() == [
        "<h2>Peace</h2>",
        "<p>We ask for<br>peace.</p>",
        "<p>Signed up to 15 February 2026: 2 organisations from 1 country</p>",
        "<ol>",
        "<li><bdi>Example Party (EP), Thailand</bdi></li>",
        "<li><bdi>Praxis &lt;b&gt;</bdi></li>",
        "</ol>",
        f'<p>Read it and sign: <a href="{shown}">{shown}</a></p>',
    ]


@given(st.text(max_size=30), st.sampled_from(['"><script>', "javascript:alert(1)", "https://a.example/'\"<"]))
def test_whatever_it_holds_the_html_has_our_elements_only(words: str, link: str) -> None:
    hostile = "<script>x</script>" + words
    named = Listing(numbered(signatories(Entry(hostile)), 1), (), Counts(1, 0))
    document = replace(PEACE, title=hostile, text=read(hostile))
    found = elements(website_text(named, document, link, NOW, say).html)
    assert found.tags <= {"h2", "p", "br", "ol", "li", "bdi", "a"}
    assert all(address == link and link.startswith("https://") for address in found.links)
    assert found.text.count("<script>x</script>") == 3


def test_a_list_that_is_empty_yet_has_a_text_too() -> None:
    empty = website_text(Listing((), (), Counts()), replace(PEACE, text=()), LINK, NOW, say)
    assert empty.plain == f"Peace\n\nRead it and sign: {LINK}\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_says_who_is_asked_for_what_and_where(language: str) -> None:
    mail = mail_text(PEACE, "Praxis", "ID", LINK, partial(say, language=language))
    assert "Praxis" in mail.subject
    assert "Peace" in mail.subject
    assert mail.body.count("\n\n") == 3
    assert LINK in mail.body
    assert "Indonesia" in mail.body or "อินโดนีเซีย" in mail.body


def test_a_mail_without_a_country() -> None:
    body = mail_text(PEACE, "Praxis", "", LINK, say).body
    assert body.startswith("Dear friends of Praxis,\n\n")


@pytest.mark.parametrize(
    "name", ["Praxis\nBcc: all@x.example", "Praxis\r\n\r\nbody", "*b* {link} %s", "\u202ex"]
)
def test_a_subject_is_one_line(name: str) -> None:
    mail = mail_text(replace(PEACE, title=name), name, "", LINK, say)
    assert len(mail.subject.splitlines()) == 1
    assert mail.body.count("\n\n") == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_for_sites_says_each_change(language: str) -> None:
    changes = [("Gaza Strop", "Gaza Strip"), ("old words", ""), ("", "new words")]
    note = correction_note(PEACE, changes, LINK, partial(say, language=language))
    lines = [line for line in note.splitlines() if line.startswith("  ")]
    assert lines[0] == "  “Gaza Strop” → “Gaza Strip”"
    assert "“old words”" in lines[1]
    assert "“new words”" in lines[2]
    assert [line.count("→") for line in lines] == [1, 0, 0]
    assert "Peace" in note
    assert LINK in note
