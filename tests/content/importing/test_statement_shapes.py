"""Shapes of statements, in a few lines each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.content.catalog import Catalog
from bot.content.importing.folder import write
from bot.content.importing.reading import read
from bot.content.importing.result import Imported
from bot.content.importing.statement import import_statement
from bot.content.loader import load

DAY = date(2024, 2, 1)


def imported_statement(text: str) -> Imported:
    return import_statement(read(text.encode(), "page.txt"), Catalog(), DAY)


def test_a_statement_known_by_its_title_keeps_its_slug_and_is_doubted(tmp_path: Path) -> None:
    text = "Joint call: Free the kites!\n\nWe want the sky back, and we want it soon.\n"
    first = import_statement(read(text.encode(), "page.txt"), Catalog(), DAY, "sky")
    assert write(first, tmp_path) == ()
    again = import_statement(read(text.encode(), "page.txt"), load([tmp_path])[0], DAY)
    assert again.slug == "sky"
    assert "campaigns/sky.toml" not in again.files
    assert any("“sky” already" in doubt.sentence for doubt in again.doubts)


def test_two_lists_of_signatories_are_one_list() -> None:
    result = imported_statement(
        "Free the kites\n\nWe want the sky back.\n\nSigned by organisations:\n- Kite Union, Nepal\n"
        "- People’s Kites, Peru\n\nSigned by individuals:\n- Asha Rai, Nepal\n"
    )
    rows = result.files["signatories.csv"].splitlines()[1:]
    assert [row.rpartition(",")[2] for row in rows] == ["kite-union", "peoples-kites", ""]


def test_demands_at_the_end_of_a_page_are_no_signatories() -> None:
    result = imported_statement(
        "Free the kites\n\nWe want:\n\n1. wind for all\n2. more string\n3. no wires\n"
    )
    assert result.numbers["signatories"] == 0
    assert result.numbers["calls"] == 3


def test_names_at_the_end_without_a_heading_are_taken_with_a_doubt() -> None:
    names = "".join(
        f"{n}. Kite Union {name}, Nepal\n" for n, name in enumerate(["North", "South", "East"], 1)
    )
    result = imported_statement(f"Free the kites\n\nWe want the sky back.\n\n{names}")
    assert result.numbers["signatories"] == 3
    assert any("taken for the signatories" in doubt.sentence for doubt in result.doubts)


def test_a_sentence_about_signing_is_text() -> None:
    result = imported_statement(
        "Free the kites\n\nSigned by hand and sent by post it went around the hills\n\nIt came back torn.\n"
    )
    assert "Signed by hand" in result.files["statements/free-the-kites/en.md"]


def test_what_cannot_be_listed_is_set_aside_and_doubted() -> None:
    result = imported_statement(
        "Free the kites\n\nWe want it.\n\nSigned by:\n\n1. Kites https://example.org\n2. Kites\nand many\n"
    )
    assert result.numbers["signatories"] == 1
    assert {"cannot be listed", "line without a mark in the list of signatories"} <= {
        aside.reason for aside in result.set_aside
    }
    assert {7, 9} <= {doubt.line for doubt in result.doubts}
