from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaign.endorsement import Entry, Kind, State, tally_names
from bot.publication.gate import UNNAMED_FROM, Counts, counts, line_of, numbered, show
from tests.publication.made import endorsement, signatories

ROOT = Path(__file__).parents[2]
PAGE = ROOT / ".." / "shared" / "source-documents" / "statement-palestine.txt"


def printed_lines() -> list[str]:
    """The numbered lines of the published page, without their numbers; skips where the page is absent."""
    if not PAGE.exists():
        pytest.skip("the source documents are not beside this checkout")
    text = PAGE.read_text(encoding="utf-8").replace("\u00a0", " ")
    return re.findall(r"^  \d+\. (.+)$", text, re.MULTILINE)


def entry_of(line: str) -> Entry:
    """A printed line as the importer stores it: the acronym apart where it is one, the place as printed."""
    name, _, place = line.rpartition(", ")
    found = re.fullmatch(r"(.+) \(([A-Z]+)\)", name)
    return Entry(found[1], acronym=found[2], place=place) if found else Entry(name, place=place)


def test_the_lines_of_the_published_page_come_out_as_they_are_printed() -> None:
    lines = printed_lines()
    assert len(lines) == 20
    assert [line_of(entry_of(line)) for line in lines] == lines
    assert sum(bool(entry_of(line).acronym) for line in lines) == 6


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (Entry("Example Party", acronym="EP", country="TH"), "Example Party (EP), Thailand"),
        (
            Entry("Example Party", acronym="EP", country="ID", place="Papua/Indonesia"),
            "Example Party (EP), Papua/Indonesia",
        ),
        (Entry("EXAMPLE", acronym="EXAMPLE"), "EXAMPLE"),
        (Entry("Example (EP)", acronym="EP"), "Example (EP)"),
        (Entry("#Example", place="Malaysia"), "#Example, Malaysia"),
        (Entry("One\nTwo\u2028\t Three\x07"), "One Two Three"),
        (Entry("\u202eevil\u202c \u200bgroup\ufeff"), "evil group"),
        (Entry("نیرو\u200cها"), "نیرو\u200cها"),
        (Entry("A", printed="A \u2028\u202eb,\u00a0C"), "A b,\u00a0C"),
        (Entry("half \ud800 sign", place="\u2066 "), "half  sign"),
    ],
)
def test_printed_lines(entry: Entry, line: str) -> None:
    assert line_of(entry) == line


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("named", [True, False])
def test_only_published_named_ones_are_shown(kind: Kind, state: State, *, named: bool) -> None:
    shown = show(endorsement(Entry("Canary", named=named), kind=kind, state=state))
    assert (shown is not None) == (state is State.PUBLISHED and named)


def test_what_has_no_place_on_the_list_is_not_shown() -> None:
    assert show(endorsement(Entry("Canary"), position=None)) is None


def test_numbers_count_from_the_first() -> None:
    shown = numbered(signatories(Entry("A"), Entry("B")), 18)
    assert [(each.number, each.line) for each in shown] == [(18, "A"), (19, "B")]


def test_counts_are_hidden_while_few() -> None:
    assert counts({"organisation": 3, "person": 1}, 5) == Counts()
    assert counts({"organisation": 3, "person": 2}, 5).organisations == 3
    assert counts({}, 0) == Counts(0, 0)


def test_a_country_of_unnamed_people_counts_from_five() -> None:
    tallies = {"person": 12, "person/unnamed": 9, "person/country/AU": 2, "person/country/TH": 1}
    tallies |= {"person/unnamed/country/AU": UNNAMED_FROM - 1, "person/unnamed/country/MM": UNNAMED_FROM}
    seen = counts(tallies, 0)
    assert seen.people_by_country == {"AU": 2, "MM": 5, "TH": 1}
    assert (seen.people, seen.people_named, seen.unnamed, seen.countries) == (12, 3, 9, 3)


def test_countries_that_nobody_is_left_from_are_not_counted() -> None:
    assert (
        counts({"organisation": 1, "organisation/country/MY": 1, "organisation/country/TH": 0}, 0).countries
        == 1
    )


entries = st.builds(
    Entry, name=st.text(max_size=8), country=st.sampled_from(["", "MY", "TH", "AU"]), named=st.booleans()
)


@given(st.lists(st.tuples(st.sampled_from(Kind), entries), max_size=40))
def test_counts_say_what_was_published(signed: list[tuple[Kind, Entry]]) -> None:
    tallies: dict[str, int] = {}
    for kind, entry in signed:
        for name in tally_names(endorsement(entry, kind=kind)):
            tallies[name] = tallies.get(name, 0) + 1
    seen = counts(tallies, 0)
    assert seen.organisations == sum(kind is Kind.ORGANISATION for kind, _ in signed)
    assert seen.people == sum(kind is Kind.PERSON for kind, _ in signed)
    assert seen.unnamed == sum(not entry.named for _, entry in signed)
    for country, number in seen.people_by_country.items():
        from_there = [
            entry.named for kind, entry in signed if kind is Kind.PERSON and entry.country == country
        ]
        unnamed = from_there.count(False)
        assert number == from_there.count(True) + (unnamed if unnamed >= UNNAMED_FROM else 0)


@given(st.text(max_size=200), st.text(max_size=20), st.text(max_size=60), st.just("") | st.text(max_size=99))
def test_any_name_stays_on_one_line_and_can_be_written(
    name: str, acronym: str, place: str, printed: str
) -> None:
    line = line_of(Entry(name, acronym=acronym, place=place, printed=printed))
    assert len(line.splitlines()) <= 1
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\t\r\x00") & set(line)
    line.encode()


def test_signatories_are_made_at_the_gate_alone() -> None:
    for file in sorted((ROOT / "bot").rglob("*.py")):
        calls = [node.func for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
        names = [getattr(name, "id", None) or getattr(name, "attr", None) for name in calls]
        made = names.count("Signatory")
        assert bool(made) == (file.relative_to(ROOT).as_posix() == "bot/publication/gate.py"), file
