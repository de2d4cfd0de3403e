from __future__ import annotations

import csv
import io
import json
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaign.endorsement import Entry, Kind
from bot.publication.files import WORDED, Format, attachment, export
from bot.publication.gate import Counts, numbered
from bot.publication.signatory_list import Listing
from tests.publication.made import DOCUMENT, signatories
from tests.publication.test_gate import PAGE, entry_of, printed_lines
from tests.publication.words import NOW, say

SMALL = Listing(
    numbered(
        signatories(Entry("Example Party", acronym="EP", country="TH"), Entry("#Tag", place="Malaysia")), 1
    ),
    numbered(signatories(Entry("Somebody", country="AU"), kind=Kind.PERSON), 1),
    Counts(2, 13, 12, 1, {"TH": 1, "MY": 1}, {"AU": 1}),
)


def listing(*entries: Entry) -> Listing:
    return Listing(numbered(signatories(*entries), 1), (), Counts(len(entries), 0))


def test_the_plain_list_is_the_published_one_line_for_line() -> None:
    published = PAGE.read_text(encoding="utf-8").replace("\u00a0", " ") if printed_lines() else ""
    text = export(listing(*map(entry_of, printed_lines())), DOCUMENT, Format.TEXT, NOW).decode()
    assert published[published.index("  1. ") :].rstrip() == text.rstrip("\n")


def test_a_plain_list_with_a_heading_says_what_and_when() -> None:
    assert export(SMALL, DOCUMENT, Format.TEXT, NOW, say).decode().splitlines() == [
        "A *call* for peace",
        f"Text of 1 February 2026, fingerprint {DOCUMENT.sha256}",
        "List of 15 February 2026",
        "2 organisations, 13 people",
        "",
        "  1. Example Party (EP), Thailand",
        "  2. #Tag, Malaysia",
        "",
        "  1. Somebody, Australia",
    ]


def test_markdown_shows_names_as_they_are() -> None:
    lines = export(SMALL, DOCUMENT, Format.MARKDOWN, NOW, say).decode().splitlines()
    assert lines[0] == "# A \\*call\\* for peace"
    assert [line for line in lines if line[:1].isdigit()] == [
        "1. Example Party (EP), Thailand",
        "2. \\#Tag, Malaysia",
        "1. Somebody, Australia",
    ]
    assert lines[-1] == "And 12 people without their names."
    assert DOCUMENT.sha256 in lines[2]


@pytest.mark.parametrize("form", sorted(WORDED))
def test_headings_without_words_are_a_mistake(form: Format) -> None:
    with pytest.raises(ValueError, match="words"):
        export(SMALL, DOCUMENT, form, NOW)


def test_a_page_is_the_list_and_nothing_else() -> None:
    facts = (
        f"Text of 1 February 2026, fingerprint {DOCUMENT.sha256}",
        "List of 15 February 2026",
        "2 organisations and 13 people from 3 countries",
    )
    assert export(SMALL, DOCUMENT, Format.HTML, NOW, say).decode().splitlines() == [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        "<title>A *call* for peace</title>",
        "</head>",
        "<body>",
        "<h1>A *call* for peace</h1>",
        f"<p>{'<br>'.join(facts)}</p>",
        "<h2>Organisations</h2>",
        "<ol>",
        "<li><bdi>Example Party (EP), Thailand</bdi></li>",
        "<li><bdi>#Tag, Malaysia</bdi></li>",
        "</ol>",
        "<h2>People</h2>",
        "<ol>",
        "<li><bdi>Somebody, Australia</bdi></li>",
        "</ol>",
        "<p>And 12 people without their names.</p>",
        "</body>",
        "</html>",
    ]


@given(st.text(max_size=30))
def test_no_name_becomes_an_element(name: str) -> None:
    found = export(listing(Entry(name, place="</li><script>x</script>")), DOCUMENT, Format.HTML, NOW, say)
    lines = found.decode().splitlines()
    (item,) = [line for line in lines if line.startswith("<li>")]
    inside = item.removeprefix("<li><bdi>").removesuffix("</bdi></li>")
    assert "<" not in inside
    assert ">" not in inside
    assert unescape(inside) == signatories(Entry(name, place="</li><script>x</script>"))[0].line


@pytest.mark.parametrize(
    "name", ["[a](https://x.example)", "**b**", "<script>", "1. c", "- d", "`e`", "@f", "&lt;"]
)
def test_no_name_becomes_markup(name: str) -> None:
    from_markdown = export(listing(Entry(name)), DOCUMENT, Format.MARKDOWN, NOW, say).decode()
    line = next(line for line in from_markdown.splitlines() if line.startswith("1. ")).removeprefix("1. ")
    assert line != name
    assert line.replace("\\", "") == name


def test_the_table_has_every_column() -> None:
    rows = list(csv.reader(io.StringIO(export(SMALL, DOCUMENT, Format.CSV, NOW).decode(), newline="")))
    assert rows[0] == ["number", "name", "acronym", "original", "country", "place", "line", "kind"]
    assert rows[1] == [
        "1",
        "Example Party",
        "EP",
        "",
        "TH",
        "Thailand",
        "Example Party (EP), Thailand",
        "organisation",
    ]
    assert [row[-1] for row in rows[1:]] == ["organisation", "organisation", "person"]


@given(st.lists(st.builds(Entry, name=st.text(max_size=20), place=st.text(max_size=9)), max_size=5))
def test_no_cell_is_calculated_and_every_cell_comes_back(entries: list[Entry]) -> None:
    table = export(listing(*entries), DOCUMENT, Format.CSV, NOW).decode()
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert len(rows) == len(entries)
    for row, shown in zip(rows, signatories(*entries), strict=True):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
        assert row["name"].removeprefix("'") == shown.name.removeprefix("'")


@pytest.mark.parametrize("start", "=+-@＝＋－＠")
def test_formulas_are_guarded(start: str) -> None:
    table = export(listing(Entry(f"{start}1+1")), DOCUMENT, Format.CSV, NOW).decode()
    assert f"'{start}1+1" in table


def test_json_says_title_version_counts_and_names() -> None:
    whole = json.loads(export(SMALL, DOCUMENT, Format.JSON, NOW))
    assert (whole["title"], whole["dated"], whole["version"]) == (
        DOCUMENT.title,
        "2026-02-01",
        DOCUMENT.sha256,
    )
    assert whole["list_of"] == "2026-02-15"
    assert whole["counts"]["organisations"] == 2
    assert (whole["counts"]["people"], whole["counts"]["unnamed"], whole["counts"]["countries"]) == (
        13,
        12,
        3,
    )
    assert [each["line"] for each in whole["signatories"]] == [
        "Example Party (EP), Thailand",
        "#Tag, Malaysia",
        "Somebody, Australia",
    ]


@pytest.mark.parametrize("form", Format)
def test_the_same_list_gives_the_same_bytes(form: Format) -> None:
    assert export(SMALL, DOCUMENT, form, NOW, say) == export(SMALL, DOCUMENT, form, NOW, say)


@pytest.mark.parametrize("form", Format)
def test_an_empty_list_is_a_file_too(form: Format) -> None:
    content = export(Listing((), (), Counts(0, 0)), DOCUMENT, form, NOW, say)
    sent = attachment("peace", form, content)
    assert sent.name == f"peace.{form}"
    assert content
    assert b"None" not in content
