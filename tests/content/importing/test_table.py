"""Tables that people send: CSV and Excel files, good ones and hostile ones."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from bot.content.importing import spreadsheet
from bot.content.importing.columnguess import Columns, guess_columns
from bot.content.importing.rows import rows_of
from bot.content.importing.table import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Table, read_table
from tests.content.importing.wordfiles import SHEET, relations, word_file, zipped

HEADER = ("Organisation", "Country", "Name", "Mail")
ROW = ("Kite Makers Union", "Nepal", "A. N.", "kites@example.org")
CSV = "\n".join(map(",".join, (HEADER, ROW)))


def keys(table: Table) -> list[str]:
    return [fault.key for fault in table.faults]


def book(*sheets: Sequence[Sequence[object]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for rows in sheets:
        sheet = made.create_sheet()
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def raw_book(rows: str, *, strings: str = "", before: str = "") -> bytes:
    parts = {
        "_rels/.rels": relations(("a", "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relations(
            ("s1", "worksheet", "sheet.xml"), ("s2", "sharedStrings", "strings.xml")
        ),
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="x" r:id="s1"/></sheets></workbook>',
        "xl/sheet.xml": f'{before}<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>',
        "xl/strings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>',
    }
    return zipped(parts)


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_however_it_was_saved(delimiter: str, encoding: str, end: str) -> None:
    text = CSV.replace("A. N.", "Ané").replace(",", delimiter).replace("\n", end)
    table = read_table(text.encode(encoding), "responses.csv")
    assert table.header == HEADER
    assert table.rows == (("Kite Makers Union", "Nepal", "Ané", "kites@example.org"),)
    assert table.lines == (2,)
    assert keys(table) == (
        [] if encoding.startswith("utf-8") or encoding == "utf-16" else ["upload.encoding"]
    )


def test_thai_as_windows_saves_it() -> None:
    table = read_table("องค์กร,ประเทศ\nกลุ่มว่าว,ไทย\n".encode("cp874"), "a.csv")
    assert table.rows == (("กลุ่มว่าว", "ไทย"),)


def test_excels_own_first_line_names_the_delimiter() -> None:
    table = read_table(b"sep=;\r\nName;Country\r\nPaper, Glue, Kites;Peru\r\n", "a.csv")
    assert table.rows == (("Paper, Glue, Kites", "Peru"),)


def test_quotes_hold_commas_quotes_and_lines() -> None:
    table = read_table(b'Name,Country\n"Paper, ""Glue""\nand Kites",Peru\nWind,Nepal\n', "a.csv")
    assert table.rows == (('Paper, "Glue" and Kites', "Peru"), ("Wind", "Nepal"))
    assert table.lines == (2, 3)


def test_a_quote_that_nobody_closed_swallows_nothing() -> None:
    lines = ["Name,Country", '"Kites,Peru', *(f"Wind {number},Nepal" for number in range(100))]
    table = read_table("\n".join(lines).encode(), "a.csv")
    assert len(table.rows) == 101
    assert table.rows[-1] == ("Wind 99", "Nepal")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Kites, Peru\nWind, Nepal\n", (("Kites", "Peru"), ("Wind", "Nepal"))),
        ("Kites, Glue and Wind, Peru\nWind, Nepal\n", (("Kites, Glue and Wind, Peru",), ("Wind, Nepal",))),
        ("Kites, Peru\n" * 9 + "Kites, Wind, Peru\n", ((*(("Kites, Peru",),) * 9, ("Kites, Wind, Peru",)))),
        ("Kota Party;City Union;Nepal\n", (("Kota Party", "City Union", "Nepal"),)),
        ("Workers Party\nKites\n", (("Workers Party",), ("Kites",))),
        ("Our list\n\nName,Country\nWind,Nepal\n", (("Wind", "Nepal"),)),
    ],
)
def test_a_list_without_a_header_is_a_table_too(text: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert read_table(text.encode(), "a.csv").rows == rows


def test_an_excel_file_gives_what_its_cells_show() -> None:
    moment = datetime(2024, 2, 14, 18, 30, tzinfo=UTC).replace(tzinfo=None)
    values = ("Kites", 31, 0.1, date(2024, 2, 14), moment, True, "=1+1", 60123456789, "007")
    table = read_table(book([], [HEADER, (), values]), "a.xlsx")
    assert table.header == (*HEADER, "", "", "", "", "")
    assert table.rows == (
        ("Kites", "31", "0.1", "2024-02-14", "2024-02-14 18:30", "TRUE", "", "60123456789", "007"),
    )
    assert table.lines == (3,)


def test_days_are_counted_from_the_day_the_book_says() -> None:
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    made.active.append(["Name", date(2024, 2, 14)])
    out = io.BytesIO()
    made.save(out)
    assert read_table(out.getvalue(), "a.xlsx").rows == (("Name", "2024-02-14"),)


def test_a_hidden_sheet_is_passed_over() -> None:
    made = openpyxl.load_workbook(
        io.BytesIO(book([("secret", "x")], [("Name", "Country"), ("Wind", "Nepal")]))
    )
    made.worksheets[0].sheet_state = "hidden"
    made.active = 1
    out = io.BytesIO()
    made.save(out)
    assert read_table(out.getvalue(), "a.xlsx").rows == (("Wind", "Nepal"),)


def test_texts_in_pieces_are_joined_and_not_read_aloud() -> None:
    strings = "<si><r><t>Ki</t></r><r><t>tes</t></r><rPh><t>kaitsu</t></rPh></si>"
    wind = '<c t="inlineStr"><is><t>Wi</t><t>nd</t></is></c>'
    row = f'<row><c t="s"><v>0</v></c>{wind}<c t="s"><v>9</v></c></row>'
    assert read_table(raw_book(row, strings=strings), "a.xlsx").rows == (("Kites", "Wind"),)


def test_two_cells_far_apart_are_two_cells() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>2</v></c></row>'
    table = read_table(raw_book(rows), "a.xlsx")
    assert table.rows == (("1", ""), ("", "2"))
    assert table.lines == (1, 1048576)
    wide = read_table(raw_book('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'), "a.xlsx")
    assert wide.rows == (("1",),)


def test_what_is_too_much_is_left_out_and_said() -> None:
    lines = [
        "Name,Country",
        *(f"Wind {number},{'x' * 501 if number else ''}" for number in range(MOST_ROWS + 1)),
    ]
    table = read_table("\n".join(lines).encode(), "a.csv")
    assert len(table.rows) == MOST_ROWS
    assert {len(cell) for row in table.rows for cell in row[1:]} == {0, LONGEST_CELL}
    assert keys(table) == ["sheet.rows", "sheet.cells"]
    many = read_table(book([HEADER, *[[f"x{n}"] for n in range(MOST_ROWS + 5)]]), "a.xlsx")
    assert (len(many.rows), keys(many)) == (MOST_ROWS, ["sheet.rows"])
    for wide in (book([range(MOST_COLUMNS + 3)]), ",".join(map(str, range(MOST_COLUMNS + 3))).encode()):
        table = read_table(wide, "a.xlsx")
        assert (len(table.rows[0]), keys(table)) == (MOST_COLUMNS, ["sheet.columns"])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "sheet.empty"),
        (b" \n\n", "sheet.empty"),
        (b"Name,Country\n", "sheet.empty"),
        (book([]), "sheet.empty"),
        (bytes(range(256)) * 4, "sheet.no-table"),
        (b"%PDF-1.7", "sheet.no-table"),
        (b"<html><table><tr><td>Wind", "sheet.no-table"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(99), "sheet.no-table"),
        (word_file(""), "sheet.no-table"),
        (b"PK\x03\x04", "upload.broken"),
        (zipped({"a": bytes(20_000_001)}), "upload.too-large"),
        (raw_book("", before='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "sheet.empty"),
        (raw_book("<row/>" * (spreadsheet.MOST_HEARD + 1)), "sheet.empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_gets_an_answer(content: bytes, expected: str) -> None:
    table = read_table(content, "upload")
    assert table == Table(faults=table.faults)
    assert keys(table) == [expected]


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_any_bytes_give_a_table_as_wide_as_its_header(content: bytes) -> None:
    table = read_table(content, "a.csv")
    widths = {len(row) for row in (*table.rows, *([table.header] if table.header else []))}
    assert len(widths) <= 1
    assert len(table.lines) == len(table.rows) == len(rows_of(table, guess_columns(table)))


WHOLE = book([HEADER, ROW])


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(WHOLE)), st.integers(0, 255), st.integers(1, 60))
def test_a_damaged_excel_file_never_raises(place: int, value: int, length: int) -> None:
    content = bytearray(WHOLE)
    content[place : place + length] = bytes([value]) * (length // 2)
    table = read_table(bytes(content), "a.xlsx")
    assert table.rows or table.faults


def test_a_megabyte_ends_well() -> None:
    for unit in ("a,b\n", '"', ",", "x", '"a\n', "a;b,c\td\n"):
        table = read_table((unit * (1_000_000 // len(unit))).encode(), "a.csv")
        assert len(table.rows) <= MOST_ROWS
        assert guess_columns(table) == guess_columns(table)


def test_no_columns_are_guessed_where_there_are_none() -> None:
    assert guess_columns(Table()) == Columns()
    assert rows_of(Table(), Columns()) == ()
