"""Files that nobody should have sent: none of them harms, each gets an answer."""

from __future__ import annotations

import io
import struct
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.content.importing import elements, zipped
from bot.content.importing.natures import UNREAD
from bot.content.importing.page import Page
from bot.content.importing.reading import read
from tests.content.importing import wordfiles
from tests.content.importing.wordfiles import paragraph, run, word_file

ODT = "application/vnd.oasis.opendocument.text"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def key(page: Page) -> str:
    assert page.readable is False
    assert page.words == ()
    (doubt,) = page.doubts
    assert doubt.phrase
    return doubt.phrase.key


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7 words", "upload.pdf"),
        (b"{\\rtf1\\ansi words}", "upload.rtf"),
        (OLE + bytes(512), "upload.old-word"),
        (OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "upload.locked"),
        (OLE + bytes(512) + "Workbook".encode("utf-16-le"), "upload.sheet"),
        (wordfiles.zipped({"mimetype": ODT}, ZIP_STORED), "upload.open-document"),
        (b"PK\x03\x04 cut off", "upload.broken"),
        (b"word " * 800_001, "upload.too-large"),
        (word_file(paragraph(run("word " * 800_001))), "upload.too-large"),
        (wordfiles.zipped({"photo.jpg": b"\xff\xd8"}), "upload.broken"),
        (word_file("", before='<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "upload.broken"),
        (word_file("<w:p>" * 500 + "</w:p>" * 500), "upload.broken"),
        (word_file("<w:p>not closed"), "upload.broken"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_text_gets_an_answer_that_says_what_to_do(content: bytes, expected: str) -> None:
    assert key(read(content, "upload")) == expected
    assert expected in UNREAD


def test_a_sheet_is_told_by_what_it_holds() -> None:
    parts = {
        "_rels/.rels": wordfiles.relations(("a", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{wordfiles.SHEET}"/>',
    }
    assert key(read(wordfiles.zipped(parts), "a.docx")) == "upload.sheet"


def test_a_bomb_is_counted_before_it_is_unpacked() -> None:
    large = wordfiles.zipped({"word/document.xml": bytes(zipped.MOST_UNPACKED + 1)})
    assert len(large) < 50_000
    assert key(read(large, "bomb.docx")) == "upload.too-large"
    many = wordfiles.zipped({f"{number}.xml": b"" for number in range(zipped.MOST_ENTRIES + 1)})
    assert key(read(many, "bomb.docx")) == "upload.too-large"


def test_a_directory_that_lies_is_not_believed() -> None:
    honest = word_file(paragraph(run("a" * 100_000)))
    size = struct.pack("<I", ZipFile(io.BytesIO(honest)).getinfo("word/document.xml").file_size)
    lying = honest.replace(size, struct.pack("<I", 50))
    assert lying != honest
    assert key(read(lying, "bomb.docx")) == "upload.broken"


def test_too_many_elements_are_too_many() -> None:
    body = "<w:p/>" * (elements.MOST_ELEMENTS + 1)
    assert key(read(word_file(body), "large.docx")) == "upload.broken"


def test_a_large_honest_text_is_read_whole() -> None:
    body = "".join(
        paragraph(run(f"This is paragraph {number}, and it goes on. " * 3)) for number in range(5000)
    )
    page = read(word_file(body), "large.docx")
    assert len(page.words) == 5000 * 24
    assert page.blocks[-1][0].number == 5000


@pytest.mark.parametrize("body", ["", paragraph(), "words outside of any paragraph"])
def test_a_file_without_words_is_empty(body: str) -> None:
    page = read(word_file(body), "page.docx")
    assert page.blocks == ()
    assert [doubt.phrase.key for doubt in page.doubts if doubt.phrase] == ["upload.empty"]


WHOLE = word_file(
    paragraph(run("A title")) + paragraph(run("wages"), properties='<w:numPr><w:numId w:val="1"/></w:numPr>'),
    numbering='<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:abstractNum w:abstractNumId="7"/>',
    styles='<w:style w:styleId="a"><w:name w:val="Title"/></w:style>',
)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 4_000), st.integers(0, 255), st.integers(0, 60))
@example(0, 0, 60)
def test_a_damaged_file_never_raises(place: int, value: int, length: int) -> None:
    content = bytearray(WHOLE)
    place %= len(content)
    content[place : place + length] = bytes([value]) * (length // 2)
    page = read(bytes(content), "page.docx")
    assert page.readable or page.doubts


PIECES = st.sampled_from(
    [
        "<w:p>",
        "</w:p>",
        "<w:r>",
        "</w:r>",
        "<w:t>words",
        "</w:t>",
        "<w:br/>",
        "<w:del>",
        "</w:del>",
        '<w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="x"/><w:numId w:val="1"/></w:numPr></w:pPr>',
        "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
        "<w:txbxContent>",
        "</w:txbxContent>",
        "<w:hyperlink/>",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=12), st.lists(PIECES, max_size=3))
def test_any_order_of_elements_never_raises(body: list[str], style: list[str]) -> None:
    styles = f'<w:style w:styleId="a"><w:basedOn w:val="a"/>{"".join(style)}</w:style>'
    numbering = '<w:num w:numId="1"><w:abstractNumId w:val="none"/></w:num>'
    read(word_file("".join(body), styles=styles, numbering=numbering), "page.docx")
