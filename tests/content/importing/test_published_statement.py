"""The published statement, imported word for word."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from bot.content.catalog import Catalog
from bot.content.importing.folder import write
from bot.content.importing.names import read_names
from bot.content.importing.result import Imported
from bot.content.importing.statement import import_statement
from bot.content.loader import load
from tests.content.importing.documents import STATEMENT, needs_documents, page, raw_words
from tests.content.importing.rereading import SHARED, check_account, check_multiset

pytestmark = needs_documents
DATA = Path(__file__).parents[3] / "data"
DAY = date(2024, 2, 1)


@pytest.fixture(name="result", scope="module")
def import_it() -> Imported:
    return import_statement(page(STATEMENT), Catalog(), DAY)


@pytest.fixture(name="folder")
def write_it(result: Imported, tmp_path: Path) -> Path:
    assert write(result, tmp_path) == ()
    return tmp_path


def test_every_word_is_imported_or_set_aside(result: Imported, folder: Path) -> None:
    assert list(result.account.rejoined()) == raw_words(STATEMENT)
    check_account(page(STATEMENT), result, folder)
    check_multiset(page(STATEMENT), folder)


def test_what_was_found(result: Imported) -> None:
    assert result.title == "End the genocide! Solidarity with Palestine!"
    assert result.slug == "end-genocide-solidarity-palestine"
    assert result.numbers == {
        "calls": 6,
        "initiators": 1,
        "signatories": 20,
        "places": 10,
        "known organisations": 0,
        "new organisations": 21,
    }


def test_page_furniture_is_set_aside_and_named(result: Imported) -> None:
    assert [(aside.line, aside.reason) for aside in result.set_aside] == [
        (3, "image caption"),
        (5, "line about who started it"),
        (7, "sign-on form line"),
        (9, "contact line"),
        (11, "kind of text, before the title"),
        (43, "heading of the list of signatories"),
    ]


def test_doubts_name_the_missing_date_and_the_slip(result: Imported) -> None:
    sentences = [doubt.sentence for doubt in result.doubts]
    assert any("bears no date" in sentence for sentence in sentences)
    assert [d.line for d in result.doubts if d.sentence.startswith("“Gaza Strop” looks like a slip")] == [19]


def test_the_twenty_lines_are_the_published_ones(folder: Path) -> None:
    names, faults = read_names((folder / "signatories.csv").read_bytes())
    assert faults == ()
    assert [name.number for name in names] == list(range(1, 21))
    printed = (SHARED / STATEMENT).read_text(encoding="utf-8").partition("Signed by:")[2]
    assert [f"{name.number}. {name.line}".split() for name in names] == [
        line.split() for line in printed.splitlines() if line.strip()
    ]
    assert all(name.place and name.country and name.organisation for name in names)
    assert (names[7].place, names[7].country) == ("Papua/Indonesia", "ID")
    assert names[11].name == "#GegarAmerika"
    assert (names[19].name, names[19].acronym) == ("Europe solidaire sans frontières", "ESSF")


def test_the_folder_loads_alone_and_over_the_data(folder: Path, tmp_path: Path) -> None:
    catalog, faults = load([folder])
    assert faults == ()
    statement = catalog.statements["end-genocide-solidarity-palestine"]
    assert len(statement.version.calls) == 6
    assert statement.initiators == ("southeast-asian-left-network",)
    assert statement.version.dated == DAY
    assert catalog.campaigns.keys() == {"end-genocide-solidarity-palestine"}

    known, _ = load([DATA])
    again = import_statement(page(STATEMENT), known, DAY)
    assert again.slug == "palestine"
    assert again.numbers["new organisations"] == 0
    assert "organisations.toml" not in again.files
    assert write(again, tmp_path / "over") == ()
    assert load([DATA, tmp_path / "over"])[1] == ()


def test_an_editor_may_correct_the_result(folder: Path) -> None:
    text = folder / "statements/end-genocide-solidarity-palestine/en.md"
    corrected = (
        text.read_text(encoding="utf-8")
        .replace("Gaza Strop", "Gaza Strip")
        .replace("2024-02-01", "2024-02-12")
    )
    text.write_text(corrected, encoding="utf-8")
    with (folder / "organisations.toml").open("a", encoding="utf-8") as organisations:
        organisations.write('\n[[organisation]]\nslug = "praxis-two"\nname = "Praxis Two"\ncountry = "ID"\n')
    catalog, faults = load([folder])
    assert faults == ()
    assert "Gaza Strop" not in catalog.statements["end-genocide-solidarity-palestine"].version.body


def test_the_csv_has_the_columns_of_the_data_format(folder: Path) -> None:
    with (folder / "signatories.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert header == ["number", "line", "name", "acronym", "original", "country", "place", "organisation"]
