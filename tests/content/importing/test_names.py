"""Names in a CSV that somebody else made."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.importing.names import PublishedName, names_file, read_names
from bot.content.importing.printed import Printed, joined, split_line

OURS = (
    "number,line,name,acronym,original,country,place,organisation\n"
    '1,"Kite Makers Union (KMU), Nepal",Kite Makers Union,KMU,,NP,Nepal,kite-makers-union\n'
    '2,"Thread Circle (Lingkaran Benang), Papua/Indonesia",Lingkaran Benang,,,ID,Papua/Indonesia,\n'
)
KITES = PublishedName(
    1, "Kite Makers Union (KMU), Nepal", "Kite Makers Union", "KMU", "", "NP", "Nepal", "kite-makers-union"
)


def names(text: str, encoding: str = "utf-8") -> list[PublishedName]:
    found, faults = read_names(text.encode(encoding))
    assert faults == ()
    return list(found)


def sentences(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.sentence) for fault in read_names(text.encode())[1]]


def test_our_own_columns() -> None:
    first, second = names(OURS)
    assert first == KITES
    assert (second.line, second.name) == (
        "Thread Circle (Lingkaran Benang), Papua/Indonesia",
        "Lingkaran Benang",
    )
    assert names(names_file([first, second])) == [first, second]


def test_columns_in_any_order() -> None:
    rows = [
        row.split(";") for row in ("country;organisation;line;number", "NP;kites;Kite Makers Union, Nepal;7")
    ]
    for order in ([0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]):
        text = "\n".join(";".join(row[i] for i in order) for row in rows)
        assert names(text) == [
            PublishedName(7, "Kite Makers Union, Nepal", "Kite Makers Union", "", "", "NP", "Nepal", "kites")
        ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(encoding: str, delimiter: str) -> None:
    rows = (("Name", "Country"), ("Unión de Cometas (UC)", "Perú"), (), ("Fädenbund", "Deutschland"))
    text = "".join(delimiter.join(row) + "\r\n" for row in rows)
    first, second = names(text, encoding)
    assert (first.line, first.name, first.acronym, first.country) == (
        "Unión de Cometas (UC), Perú",
        "Unión de Cometas",
        "UC",
        "PE",
    )
    assert second.line == "Fädenbund, Deutschland"


def test_a_plain_list_is_split_into_its_parts() -> None:
    text = (
        'Kite Makers Union (KMU), Nepal\n\n"Paper & Glue", Peru\n#PaperPlanes\n"Quoted Union, Chile"\nLone\n'
    )
    assert [(n.line, n.name, n.acronym, n.country) for n in names(text)] == [
        ("Kite Makers Union (KMU), Nepal", "Kite Makers Union", "KMU", "NP"),
        ('"Paper & Glue", Peru', '"Paper & Glue"', "", "PE"),
        ("#PaperPlanes", "#PaperPlanes", "", ""),
        ("Quoted Union, Chile", "Quoted Union", "", "CL"),
        ("Lone", "Lone", "", ""),
    ]


def test_a_table_without_a_header_is_guessed() -> None:
    first, second = names("1\tKite Makers Union\tKMU\tNepal\n2\tThread Circle\tTC\tID\n")
    assert (first.number, first.name, first.acronym, first.country) == (1, "Kite Makers Union", "KMU", "NP")
    assert second.line == "Thread Circle (TC), Indonesia"


def test_a_form_with_who_filled_it_in() -> None:
    text = "Organisation,Country,Name,Mail\nKite Makers Union,Nepal,Asha Rai,asha@example.org\n"
    assert names(text) == [
        PublishedName(None, "Kite Makers Union, Nepal", "Kite Makers Union", "", "", "NP", "Nepal")
    ]


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("=HYPERLINK(1)", "formula"),
        ("+1", "formula"),
        ("-2", "formula"),
        ("@kites", "mention"),
        ("Kites https://example.org", "link"),
        ("Kites \u202eevil", "see"),
        ("Kites\u200b", "see"),
        ("Kites \x07", "see"),
        ("K" + "\u0301" * 9 + "ites", "marks"),
        ("K" * 500, "long"),
        ("!!!", "no name"),
    ],
)
def test_what_no_list_can_show_is_a_fault_with_its_line(line: str, word: str) -> None:
    ((number, sentence),) = sentences(f"line\nGood Union, Nepal\n{line}\n")
    assert number == 3
    assert word in sentence


def test_doubles_wrong_numbers_and_wrong_codes_are_faults() -> None:
    text = (
        "number,line,country,organisation\n1,Kite Makers,NP,kites\n1,Others,NP,\n3,KITE makers,NP,\n"
        "four,Paper,NP,\n5,Glue,XX,\n6,Thread,NP,Not A Slug\n7,Needle,NP,kites\n,,,\n8,Fine,NP,\n"
    )
    assert [line for line, _ in sentences(text)] == [3, 4, 5, 6, 7, 8]
    assert [name.line for name in read_names(text.encode())[0]] == ["Kite Makers", "Fine"]


def test_a_comma_outside_quotes_is_a_fault_and_no_loss() -> None:
    assert sentences("name,country\nKite Makers, Upper Valley,Nepal\nGlue,Peru\n") == [
        (2, "This row has more cells than the header: put a name with a comma into quotes.")
    ]


def test_a_quote_that_is_never_closed_costs_only_its_own_line() -> None:
    rows = "".join(f"Union {number},Nepal\n" for number in range(300))
    assert len(names('name,country\n"Kites,Peru\n' + rows)) == 301


def test_a_place_that_is_no_country_is_kept() -> None:
    assert names("name,country\nKites,Kurdistan\n") == [
        PublishedName(None, "Kites, Kurdistan", "Kites", place="Kurdistan")
    ]


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"name\n", b"\x00\x01\x02" * 50, b"PK\x03\x04" + bytes(99)]
)
def test_files_without_names(content: bytes) -> None:
    assert read_names(content)[0] == ()


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_without_an_error(content: bytes) -> None:
    found, _ = read_names(content)
    assert all(name.line and name.name for name in found)


NAME = st.text(st.characters(codec="utf-8", categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=8)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(NAME, min_size=1, max_size=4).map(" ".join),
    st.sampled_from(["", " (ABC)", " / Other Name", " (Other Name)", " (CPI(ML))"]),
    st.sampled_from(["", ", Nepal", " (Peru)", ",Chile", ", Papua/Indonesia", " – Togo", ", Nowhere"]),
)
def test_the_parts_of_a_line_give_the_line_again(name: str, middle: str, place: str) -> None:
    line = name + middle + place
    assert line in joined(split_line(line))
    for found in read_names(line.encode())[0]:
        parts = Printed(found.name, original=found.original, acronym=found.acronym, place=found.place)
        assert found.line in joined(parts)
