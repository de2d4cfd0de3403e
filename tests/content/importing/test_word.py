"""Pages saved as Word files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest

from bot.content.catalog import Catalog
from bot.content.importing.folder import write
from bot.content.importing.greetings import import_greetings
from bot.content.importing.names import read_names
from bot.content.importing.page import Page
from bot.content.importing.reading import read
from bot.content.importing.statement import import_statement
from bot.content.loader import load
from tests.content.importing.documents import GREETINGS, STATEMENT, needs_documents
from tests.content.importing.rereading import PAGES, SHARED, check_account
from tests.content.importing.wordfiles import as_word, paragraph, run, saved, word_file

DAY = date(2024, 2, 1)
Shown = list[tuple[str, int, str]]


def shown(page: Page) -> Shown:
    assert page.format == "Word"
    return [(line.text, line.heading, line.aside) for line in page.lines]


def keys(page: Page) -> list[str]:
    return [doubt.phrase.key for doubt in page.doubts if doubt.phrase]


def of_body(*paragraphs: str, **parts: str) -> Page:
    return read(word_file("".join(paragraphs), **parts), "page.docx")


@needs_documents
def test_the_published_statement_as_a_word_file_is_the_same_document(tmp_path: Path) -> None:
    text = (SHARED / STATEMENT).read_text(encoding="utf-8")
    page = read(as_word(text), "statement.docx")
    result = import_statement(page, Catalog(), DAY)
    plain = import_statement(read(text.encode(), STATEMENT), Catalog(), DAY)
    assert list(result.account.rejoined()) == text.split()
    assert {**result.files, "report.md": ""} == {**plain.files, "report.md": ""}
    assert len(read_names(result.files["signatories.csv"].encode())[0]) == 20
    assert write(result, tmp_path) == ()
    check_account(page, result, tmp_path)
    assert load([tmp_path])[1] == ()


@needs_documents
def test_the_published_greetings_as_a_word_file_are_the_same_greetings(tmp_path: Path) -> None:
    text = (SHARED / GREETINGS).read_text(encoding="utf-8")
    page = read(as_word(text), "greetings.docx")
    result = import_greetings(page, Catalog())
    plain = import_greetings(read(text.encode(), GREETINGS), Catalog())
    assert list(result.account.rejoined()) == text.split()
    assert {**result.files, "report.md": ""} == {**plain.files, "report.md": ""}
    assert result.numbers["greetings"] == 17
    assert write(result, tmp_path) == ()
    check_account(page, result, tmp_path)


@pytest.mark.parametrize("name", ["indonesian.txt", "thai.txt", "congress.txt"])
def test_a_made_up_page_as_a_word_file_keeps_its_words(name: str, tmp_path: Path) -> None:
    text = (PAGES / name).read_text(encoding="utf-8")
    page = read(as_word(text), "page.docx")
    result = import_statement(page, Catalog(), DAY)
    assert result.numbers == import_statement(read(text.encode(), name), Catalog(), DAY).numbers
    assert write(result, tmp_path) == ()
    check_account(page, result, tmp_path)


def test_what_python_docx_writes() -> None:
    document = docx.Document()
    document.add_heading("On kites", 0)
    first = document.add_paragraph("We fly ")
    first.add_run("what we make").bold = True
    first.add_run().add_break()
    first.add_run("and make what flies.")
    document.add_paragraph().add_run("Bold as a whole").bold = True
    for style in ("List Bullet", "List Number", "List Number", "List Bullet"):
        document.add_paragraph(f"in a {style}", style=style)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Paper & Glue", "Peru"
    document.sections[0].footer.paragraphs[0].text = "page by page"
    page = read(saved(document), "kites.docx")
    assert keys(page) == []
    assert shown(page) == [
        ("On kites", 1, ""),
        ("We fly what we make", 0, ""),
        ("and make what flies.", 0, ""),
        ("Bold as a whole", 7, ""),
        ("- in a List Bullet", 0, ""),
        ("1. in a List Number", 0, ""),
        ("2. in a List Number", 0, ""),
        ("- in a List Bullet", 0, ""),
        ("Paper & Glue", 0, ""),
        ("Peru", 0, ""),
        ("page by page", 0, "page footer"),
    ]


def test_a_comment_is_put_aside_and_said_so() -> None:
    document = docx.Document()
    document.add_comment(document.add_paragraph("Fair wages").runs, text="too soft?", author="N")
    page = read(saved(document), "page.docx")
    assert shown(page) == [("Fair wages", 0, ""), ("too soft?", 0, "comment")]
    assert keys(page) == ["upload.notes"]


def test_notes_captions_and_hidden_words_are_put_aside() -> None:
    notes = f'<w:footnote w:id="1">{paragraph(run("See above."))}</w:footnote>'
    page = of_body(
        paragraph(run("Seen "), run("unseen", "<w:vanish/>"), run("again", '<w:vanish w:val="0"/>')),
        paragraph(run("A kite"), properties='<w:pStyle w:val="c"/>'),
        footnotes=f'<w:footnote w:type="separator">{paragraph()}</w:footnote>{notes}',
        styles='<w:style w:styleId="c"><w:name w:val="caption"/></w:style>',
    )
    assert shown(page) == [
        ("Seen again", 0, ""),
        ("unseen", 0, "hidden text"),
        ("A kite", 0, "image caption"),
        ("See above.", 0, "footnote"),
    ]
    assert [doubt.phrase.count for doubt in page.doubts if doubt.phrase] == [1]


def test_tracked_changes_are_read_as_accepted() -> None:
    page = of_body(
        paragraph(run("Gaza "), f"<w:del>{run('Strop')}</w:del>", f"<w:ins>{run('Strip')}</w:ins>"),
        paragraph(run("first half"), properties="<w:rPr><w:del/></w:rPr>"),
        paragraph(run(", second half")),
        paragraph(f"<w:moveFrom>{run('moved')}</w:moveFrom>"),
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph(run('gone'))}</w:tc></w:tr></w:tbl>",
        paragraph(f"<w:moveTo>{run('moved')}</w:moveTo>"),
    )
    assert [text for text, _, _ in shown(page)] == ["Gaza Strip", "first half, second half", "moved"]
    assert keys(page) == ["upload.tracked"]


LEVELS = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2."/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def test_lists_count_as_word_counts() -> None:
    def item(number: int, level: int) -> str:
        where = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        return paragraph(run("x"), properties=where)

    items = [item(1, 0), item(1, 1), item(1, 1), item(1, 0), item(1, 1), item(2, 0), item(2, 0), item(0, 0)]
    marks = [text for text, _, _ in shown(of_body(*items, numbering=LEVELS))]
    assert marks == ["3) x", "a. x", "b. x", "4) x", "a. x", "1) x", "2) x", "x"]


def test_a_list_may_take_its_levels_from_a_style() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="mine"/></w:abstractNum>'
        + LEVELS.replace("<w:lvl", '<w:styleLink w:val="mine"/><w:lvl', 1)
        + '<w:num w:numId="3"><w:abstractNumId w:val="8"/></w:num>'
    )
    page = of_body(
        paragraph(run("x"), properties='<w:numPr><w:numId w:val="3"/></w:numPr>'), numbering=linked
    )
    assert [text for text, _, _ in shown(page)] == ["3) x"]


def test_a_paragraph_without_a_style_has_the_default_one() -> None:
    default = '<w:style w:type="paragraph" w:default="1" w:styleId="d"><w:name w:val="heading 2"/></w:style>'
    assert shown(of_body(paragraph(run("x")), styles=default)) == [("x", 2, "")]


def test_numbers_and_bullets_that_were_typed() -> None:
    page = of_body(paragraph(run("3.Wind Watch")), paragraph(run("\uf0b7 Kites")))
    assert [text for text, _, _ in shown(page)] == ["3. Wind Watch", "• Kites"]


def test_links_and_macros_are_named_and_text_boxes_read() -> None:
    box = f"<w:pict><w:txbxContent>{paragraph(run('in a box'))}</w:txbxContent></w:pict>"
    page = of_body(
        paragraph(f'<w:hyperlink r:id="web">{run("the form")}</w:hyperlink>', f"<w:r>{box}</w:r>"),
        paragraph('<w:r><w:instrText> HYPERLINK "https://example.org/2" </w:instrText></w:r>', run("here")),
        vbaProject="",
    )
    assert [text for text, _, _ in shown(page)] == ["the form", "in a box", "here"]
    assert page.unread == ("macros", "https://example.org/form", "https://example.org/2")


def test_signs_that_nobody_sees_are_made_visible() -> None:
    page = of_body(paragraph(run("ab\u202ecd"), run("e\u0301f\u200b")))
    assert [text for text, _, _ in shown(page)] == ["ab⟨U+202E⟩cdéf⟨U+200B⟩"]
    assert keys(page) == ["upload.hidden"]
