"""Pages of the same and of other shapes, none of them published anywhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.content.catalog import Catalog, Greeting
from bot.content.importing.folder import write
from bot.content.importing.greetings import import_greetings
from bot.content.importing.names import PublishedName, read_names
from bot.content.importing.page import Page
from bot.content.importing.reading import read
from bot.content.importing.result import Imported
from bot.content.importing.statement import import_statement
from bot.content.loader import load
from tests.content.importing.rereading import PAGES, check_account

DAY = date(2024, 2, 1)


def page(name: str) -> Page:
    return read((PAGES / name).read_bytes(), name)


def written(page: Page, result: Imported, folder: Path) -> Catalog:
    assert write(result, folder) == ()
    check_account(page, result, folder)
    catalog, faults = load([folder])
    assert faults == ()
    return catalog


def statement(name: str, folder: Path) -> tuple[Imported, Catalog]:
    result = import_statement(page(name), Catalog(), DAY)
    return result, written(page(name), result, folder)


def greetings(name: str, folder: Path) -> tuple[Imported, Catalog, tuple[Greeting, ...]]:
    result = import_greetings(page(name), Catalog())
    catalog = written(page(name), result, folder)
    return result, catalog, catalog.occasions[result.slug].greetings if catalog.occasions else ()


def names(folder: Path) -> tuple[PublishedName, ...]:
    found, faults = read_names((folder / "signatories.csv").read_bytes())
    assert faults == ()
    return found


@pytest.mark.parametrize("path", sorted(PAGES.iterdir()), ids=lambda path: path.name)
def test_every_page_keeps_its_words_as_either_kind(path: Path, tmp_path: Path) -> None:
    statement(path.name, tmp_path / "statement")
    greetings(path.name, tmp_path / "greetings")


def test_another_congress_with_fewer_fields(tmp_path: Path) -> None:
    result, catalog, found = greetings("congress.txt", tmp_path)
    assert result.slug == "7th-conference-harbour-workers-union-hwu"
    assert catalog.organisations[catalog.occasions[result.slug].host].acronym == "HWU"
    assert [greeting.organisations for greeting in found] == [
        ("dockers-league",),
        ("free-ports-collective",),
        ("ropemakers-guild", "tallow-tar-association", "islands-assembly"),
        ("workers-radio-collective",),
        ("lighthouse-keepers-international",),
    ]
    assert [[(s.name, s.role) for s in greeting.signers] for greeting in found] == [
        [("Inês Falcão", "Treasurer")],
        [("Otieno W. Barasa", "(Chairperson)"), ("Amina Salim", "(Secretary)")],
        [("Marcus Bell", "Spokesperson"), ("Islands Assembly", "")],
        [],
        [("Secretariat of the Lighthouse Keepers", "")],
    ]
    assert any(doubt.line == 17 and "says 7" in doubt.sentence for doubt in result.doubts)
    assert [aside.text for aside in result.set_aside] == ["Leave a comment", "Name *", "Email *"]


def test_a_letter_with_lettered_names_and_countries_in_brackets(tmp_path: Path) -> None:
    result, catalog = statement("lettered.txt", tmp_path)
    assert result.title == "No more evictions at the river mouth"
    assert [(n.name, n.acronym, n.country, n.place) for n in names(tmp_path)] == [
        ("Delta Tenants Network", "", "BD", "Bangladesh"),
        ("Mangrove Watch", "MW", "ID", "Indonesia"),
        ("Fisherfolk of the East Bank", "", "VN", "Viet Nam"),
        ("Boat Builders' Circle", "", "PS", "Palestine"),
        ("Rahima Khatun", "", "BD", "Bangladesh"),
        ("Dr. Suresh Pillai", "", "IN", "India"),
    ]
    assert [name.organisation for name in names(tmp_path)][4:] == ["", ""]
    version = catalog.statements[result.slug].version
    assert version.calls == (
        "Stop the bulldozers;",
        "Give back what was taken;",
        "Talk with those who live there.",
    )
    assert "We are *many* & we don't_give_up [yet]. See <b>the map</b>." in repr(version.text)
    assert catalog.statements[result.slug].initiators == ("delta-tenants-network",)


def test_a_malay_statement_in_markdown(tmp_path: Path) -> None:
    result, catalog = statement("bulleted.md", tmp_path)
    found = catalog.statements["hentikan-kenaikan-tambang-bas"]
    assert found.original == "ms"
    assert found.initiators == ("rangkaian-penumpang-nusantara",)
    assert len(found.version.calls) == 3
    assert [(name.name, name.original, name.country) for name in names(tmp_path)] == [
        ("Rangkaian Penumpang Nusantara", "", "MY"),
        ("Kesatuan Pemandu Bas Utara", "", "MY"),
        ("Serikat Sopir Angkutan Kota", "", "ID"),
        ("Passengers' Group", "กลุ่มผู้โดยสาร", "TH"),
    ]
    assert catalog.organisations["passengers-group"].line == "กลุ่มผู้โดยสาร / Passengers' Group"
    assert "https://example.org/bas" in result.files["report.md"]
    assert "contact line" in {aside.reason for aside in result.set_aside}


def test_indonesian_greetings(tmp_path: Path) -> None:
    result, catalog, found = greetings("indonesian.txt", tmp_path)
    assert catalog.occasions[result.slug].host == "serikat-tani-lembah-hijau"
    assert catalog.occasions[result.slug].titles["id"] == "Kongres ke-3 Serikat Tani Lembah Hijau"
    assert [greeting.original for greeting in found] == ["id", "id"]
    assert [[s.role for s in greeting.signers] for greeting in found] == [["Setiausaha"], ["Kalihim"]]
    assert [doubt.line for doubt in result.doubts if "the title says 3" in doubt.sentence] == [15]


def test_a_thai_statement(tmp_path: Path) -> None:
    result, catalog = statement("thai.txt", tmp_path)
    assert result.title == "หยุดการไล่รื้อชุมชนริมคลอง"
    assert catalog.statements["statement"].original == "th"
    assert [name.country for name in names(tmp_path)] == ["TH", "TH", "MY"]


def test_a_saved_web_page(tmp_path: Path) -> None:
    result, catalog = statement("statement.html", tmp_path)
    version = catalog.statements["hands-off-our-wells"].version
    assert version.calls == ("open books;", "public pumps <everywhere>.")
    assert catalog.statements["hands-off-our-wells"].initiators == ("upland-water-council",)
    assert [name.number for name in names(tmp_path)] == [1, 2, 4]
    assert any("number 4 on the page and 3 by counting" in doubt.sentence for doubt in result.doubts)
    reasons = [aside.reason for aside in result.set_aside]
    assert {
        "navigation",
        "image caption",
        "form",
        "side column",
        "page footer",
        "outside the article",
    } <= set(reasons)
    assert "not words" not in "".join(result.files.values())
    assert "1 × script" in result.files["report.md"]


def test_headings_of_a_web_page_need_no_country(tmp_path: Path) -> None:
    result, _, found = greetings("greetings.html", tmp_path)
    assert [greeting.organisations for greeting in found] == [("sleeper-car-society",), ("praxis",)]
    assert [aside.text for aside in result.set_aside] == ["lost words"]


def test_a_recipe_is_a_draft_with_doubts(tmp_path: Path) -> None:
    result, catalog = statement("recipe.txt", tmp_path / "one")
    assert len(result.doubts) == 3
    assert "parsley" in catalog.statements["lentil-soup-for-twenty"].version.body
    result, catalog, found = greetings("recipe.txt", tmp_path / "two")
    assert found == ()
    assert len(result.doubts) == 3
    assert "parsley" in result.files["occasions/lentil-soup-for-twenty.md"]


def test_a_page_of_names_only(tmp_path: Path) -> None:
    result, _ = statement("names.txt", tmp_path / "one")
    assert "The Net Menders" in result.files["statements/rope-and-anchor-club-malta/en.md"]
    assert result.doubts
    greetings("names.txt", tmp_path / "two")


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf", b"Only a title"])
def test_a_page_without_text_is_a_report(content: bytes, tmp_path: Path) -> None:
    page = read(content, "page.txt")
    for number, result in enumerate(
        (import_statement(page, Catalog(), DAY), import_greetings(page, Catalog()))
    ):
        written(page, result, tmp_path / str(number))
        assert list(result.files) == ["report.md"]
        assert result.doubts


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04\x00\x01\x02" * 40, b"%PDF-1.7\x00\x01" * 20, bytes(range(256)) * 4]
)
def test_a_file_that_is_no_text_is_set_aside_whole(content: bytes, tmp_path: Path) -> None:
    page = read(content, "page.txt")
    result = import_greetings(page, Catalog())
    written(page, result, tmp_path)
    assert list(result.files) == ["report.md"]
    assert page.readable is False
    assert {aside.reason for aside in result.set_aside} == ({"no readable text"} if page.words else set())
    assert "save it as plain text" in result.doubts[0].sentence


def test_the_same_page_in_other_encodings_gives_the_same_content() -> None:
    text = (PAGES / "congress.txt").read_text(encoding="utf-8")
    plain = import_greetings(read(text.encode(), "page.txt"), Catalog())
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "cp1252"):
        again = import_greetings(read(text.encode(encoding), "page.txt"), Catalog())
        assert {k: v for k, v in again.files.items() if k != "report.md"} == {
            k: v for k, v in plain.files.items() if k != "report.md"
        }
    assert any("read as cp1252" in doubt.sentence for doubt in again.doubts)


def test_windows_line_ends_and_pages_without_empty_lines_are_read_too() -> None:
    text = (PAGES / "congress.txt").read_text(encoding="utf-8")
    plain = import_greetings(read(text.encode(), "page.txt"), Catalog())
    windows = import_greetings(read(text.replace("\n", "\r\n").encode(), "page.txt"), Catalog())
    assert windows.files == plain.files
    tight = "\n".join(line for line in text.splitlines() if line)
    assert import_greetings(read(tight.encode(), "page.txt"), Catalog()).numbers["greetings"] == 5


def test_a_slug_may_be_given() -> None:
    assert import_statement(page("recipe.txt"), Catalog(), DAY, "Soup for All!").slug == "soup-for-all"
    assert import_greetings(page("congress.txt"), Catalog(), "harbour").slug == "harbour"


def test_a_printed_date_is_taken_and_said() -> None:
    text = b"Water for all\n\nPosted on 12 March 2023\n\nWe want water, and we want it now, for all of us.\n"
    result = import_statement(read(text, "page.txt"), Catalog(), DAY)
    assert "dated = 2023-03-12" in result.files["statements/water-for-all/en.md"]
    assert any("2023-03-12" in doubt.sentence and doubt.line == 3 for doubt in result.doubts)
