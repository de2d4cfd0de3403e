"""Shapes of greetings, in a few lines each."""

from __future__ import annotations

from pathlib import Path

from bot.content.catalog import Catalog
from bot.content.importing.folder import write
from bot.content.importing.greetings import import_greetings
from bot.content.importing.reading import read
from bot.content.importing.result import Imported
from bot.content.loader import load


def imported_greetings(text: str) -> Imported:
    return import_greetings(read(text.encode(), "page.txt"), Catalog())


def test_numbered_headings_and_headings_that_say_message_from() -> None:
    result = imported_greetings(
        "Greetings to the Kite Union\n\n1. Paper Mill, Nepal\n\nFly well!\n\n"
        "Message from the String Makers' League, Peru\n\nHold on to it!\n"
    )
    organisations = result.files["organisations.toml"]
    assert 'name = "Paper Mill"' in organisations
    assert 'name = "String Makers\' League"' in organisations


def test_a_signature_with_a_country_is_no_heading() -> None:
    result = imported_greetings(
        "Greetings to the Kite Union\n\nPaper Mill, Nepal\n\nFly well!\n\nAsha Rai, Secretary, Nepal\n\n"
        "String Makers, Peru\n\nHold on to it!\n\nJuan Paz, String Makers Union, Peru\n"
    )
    assert result.numbers["greetings"] == 2
    assert result.numbers["signers"] == 2


def test_an_international_body_after_an_unsigned_greeting_is_found() -> None:
    result = imported_greetings(
        "Greetings to the Kite Union\n\nPaper Mill, Nepal\n\nFly well!\n\nKites International\n\n"
        "From all our members we greet you.\n\nIn solidarity\n\nKites International\n\nGlue, Peru\n\nHold!\n"
    )
    assert result.numbers["greetings"] == 3
    assert result.numbers["signers"] == 1


def test_an_organisation_that_stands_twice_in_one_heading_is_written_once() -> None:
    result = imported_greetings("Greetings to X\n\nPaper Mill, Nepal\nPaper Mill, Nepal\n\nFly well!\n")
    assert '    "paper-mill",  # Paper Mill, Nepal\n    # Paper Mill, Nepal\n' in "".join(
        result.files.values()
    )


def test_a_greeting_of_a_known_occasion_keeps_its_slug_and_others_come_behind(tmp_path: Path) -> None:
    first = imported_greetings("Greetings to the Kite Union\n\nGlue, Peru\n\nHold!\n\nPaper, Nepal\n\nUp!\n")
    assert write(first, tmp_path / "one") == ()
    known, _ = load([tmp_path / "one"])
    page = read(b"Greetings to the Kite Union\n\nString, Chile\n\nPull!\n\nPaper, Nepal\n\nUp!\n", "page.txt")
    second = import_greetings(page, known)
    assert write(second, tmp_path / "two") == ()
    catalog, faults = load([tmp_path / "one", tmp_path / "two"])
    assert faults == ()
    assert [(g.slug, g.order) for g in catalog.occasions["kite-union"].greetings] == [
        ("glue", 1),
        ("paper", 2),
        ("string", 3),
    ]


def test_an_international_body_tied_to_the_next_heading_is_no_signature() -> None:
    result = imported_greetings(
        "Greetings to X\n\nPaper, Nepal\n\nFly well!\n\nKites International\n\nand Glue, Peru\n\nHold!\n"
    )
    assert result.numbers["joint greetings"] == 1
    assert result.numbers["signers"] == 0


def test_headings_inside_a_greeting_of_a_web_page_belong_to_its_text() -> None:
    page = read(
        b"<h1>Greetings to X</h1><h2>Paper Mill, Nepal</h2><p>Fly well!</p><h3>Our plans</h3><p>Paper!</p>"
        b"<h2>Glue, Peru</h2><p>Hold!</p>",
        "page.html",
    )
    result = import_greetings(page, Catalog())
    assert result.numbers["greetings"] == 2
    assert "## Our plans" in "".join(result.files.values())
