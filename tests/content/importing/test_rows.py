"""Columns guessed and rows read as names for a list."""

from __future__ import annotations

import pytest

from bot.content.importing.columnguess import Columns, guess_columns, is_mail
from bot.content.importing.columnwords import meaning
from bot.content.importing.rows import Row, rows_of
from bot.content.importing.table import read_table
from tests.content.importing.documents import STATEMENT, needs_documents
from tests.content.importing.rereading import SHARED

FORM = """\
Timestamp,Name of your organisation,Short name,Country,Your name,Position,Email address,May we publish it?
2024-02-03,Kite Makers Union,KMU,Nepal,A. N.,Secretary,kites@example.org,Yes
2024-02-03,Wind Watch / ลม,,ID,B. N.,,+60 12 345 6789,Yes
"""


def rows(text: str) -> tuple[Row, ...]:
    table = read_table(text.encode(), "a.csv")
    return rows_of(table, guess_columns(table))


def columns(text: str) -> Columns:
    return guess_columns(read_table(text.encode(), "a.csv"))


def test_a_web_form_is_understood() -> None:
    assert columns(FORM) == Columns(organisation=1, acronym=2, country=3, representative=4, role=5, contact=6)
    assert rows(FORM) == (
        Row(2, "Kite Makers Union", "KMU", "", "NP", "", "A. N., Secretary", "kites@example.org"),
        Row(3, "Wind Watch", "", "ลม", "ID", "", "B. N.", "+60 12 345 6789"),
    )


@pytest.mark.parametrize(
    "header",
    [
        "Organization,Country,Representative,E-mail",
        "Nama pertubuhan,Negara,Nama wakil,Emel",
        "Nama organisasi,Negara,Narahubung,Surel",
        "Pangalan ng samahan,Bansa,Kinatawan,Email",
        "ชื่อองค์กร,ประเทศ,ชื่อผู้แทน,อีเมล",
        "Nombre de la organización,País,Representante,Correo electrónico",
        "Nom de l’organisation,Pays,Nom complet,Courriel",
        "Party,Country,Name,Contact details",
    ],
)
def test_headers_in_seven_languages(header: str) -> None:
    found = columns(f"{header}\nKites,Nepal,A. N.,kites@example.org\n")
    assert found == Columns(organisation=0, country=1, representative=2, contact=3)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("E-mail of your organisation", "contact"),
        ("Position in the organisation", "role"),
        ("Country of the organisation", "country"),
        ("Name of the organisation in its original language", "original"),
        ("Nama singkat organisasi", "acronym"),
        ("City", "place"),
        ("Timestamp", ""),
        ("x" * 201, ""),
        ("organisation " * 21, ""),
    ],
)
def test_what_a_heading_announces(heading: str, expected: str) -> None:
    assert meaning(heading) == expected


def test_columns_without_a_header_tell_themselves_by_their_cells() -> None:
    text = "1;A. N.;Kite Makers Union;Nepal;a@example.org\n2;B. N.;Paper Workers Party;Peru;b@example.org\n"
    assert columns(text) == Columns(organisation=2, country=3, contact=4)


def test_a_name_column_alone_is_the_organisation() -> None:
    assert columns("Name,Country\nWind,Nepal\n") == Columns(organisation=0, country=1)


def test_of_two_countries_columns_the_one_with_countries_is_taken() -> None:
    text = "Organisation,Which country should we call?,Country\nWind,none,Nepal\nGlue,many,Peru\n"
    assert columns(text).country == 2


def test_printed_lines_are_taken_apart() -> None:
    text = "Name\n1. Kite Makers Union (KMU), Nepal\n- Papuan Kites, Papua/Indonesia\nWind Watch\n"
    assert [(r.name, r.acronym, r.country, r.place) for r in rows(text)] == [
        ("Kite Makers Union", "KMU", "NP", ""),
        ("Papuan Kites", "", "ID", "Papua/Indonesia"),
        ("Wind Watch", "", "", ""),
    ]


def test_a_town_is_no_place_of_a_list_but_a_territory_is() -> None:
    text = "Organisation,City,Country\nWind,Jakarta,Indonesia\nGlue,Gaza Strip,\n"
    assert [(row.country, row.place) for row in rows(text)] == [("ID", ""), ("PS", "Gaza Strip")]


@pytest.mark.parametrize(
    ("name", "expected", "doubt"),
    [
        ('=HYPERLINK("x")', 'HYPERLINK("x")', "row.formula"),
        ("+Wind", "Wind", "row.formula"),
        ("@wind", "wind", "row.formula"),
        ("＝Wind", "Wind", "row.formula"),
        ("'=Wind", "Wind", "row.formula"),
        ("- Wind", "Wind", ""),
        ("• Wind", "Wind", ""),
        ("", "", "row.no-name"),
        ("—", "—", "row.no-name"),
        ("Wi\u202end", "Wind", "row.hidden"),
        ("Wi\u200bnd", "Wind", "row.hidden"),
        ("https://example.org/x", "https://example.org/x", "row.name"),
        ("x" * 200, "x" * 200, "row.name"),
        ("Z" + "\u0316" * 20, "Z" + "\u0316" * 20, "row.name"),
    ],
)
def test_hostile_names_are_made_harmless_and_doubted(name: str, expected: str, doubt: str) -> None:
    quoted = name.replace('"', '""')
    (row,) = rows(f'Organisation,Country,Mail\n"{quoted}",Nepal,a@example.org\n')
    assert (row.name, row.doubt, row.country) == (expected, doubt, "NP")


def test_other_cells_begin_no_formula_either() -> None:
    (row,) = rows("Organisation,Representative,Role,Mail\nWind,=A1,-2,@sum\n")
    assert (row.representative, row.contact) == ("A1, 2", "sum")


def test_an_unknown_country_is_doubted() -> None:
    assert [row.doubt for row in rows("Organisation,Country\nWind,Nowhere\nGlue,\n")] == ["row.country", ""]


def test_doubles_are_marked_where_the_countries_do_not_differ() -> None:
    text = "Organisation,Country\nWind Watch,Nepal\nWIND  WATCH,Nepal\nWind Watch,Peru\nWínd Watch,\n"
    assert [row.doubt for row in rows(text)] == ["", "row.double", "", "row.double"]
    assert [row.doubt for row in rows("Organisation,Country\nWind,\nWind,Nepal\n")] == ["", "row.double"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("a@example.org", True), ("N <a@example.org>", True), ("a@b", False), ("a b@c.org", False), ("", False)],
)
def test_the_shape_of_a_mail_address(cell: str, expected: bool) -> None:  # noqa: FBT001
    assert is_mail(cell) is expected


@needs_documents
def test_the_published_names_come_in_as_a_list() -> None:
    printed = (SHARED / STATEMENT).read_text(encoding="utf-8").partition("Signed by:")[2]
    found = rows(printed)
    assert len(found) == 20
    assert [row.doubt for row in found] == [""] * 20
    assert all(row.country for row in found)
    assert found[7].place == "Papua/Indonesia"
    assert (found[19].name, found[19].acronym) == ("Europe solidaire sans frontières", "ESSF")
