"""Any page at all: no crash, no loss, and what is written loads."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.catalog import Catalog
from bot.content.importing.folder import write
from bot.content.importing.greetings import import_greetings
from bot.content.importing.page import Page
from bot.content.importing.reading import read
from bot.content.importing.result import Imported
from bot.content.importing.statement import import_statement
from bot.content.loader import load
from tests.content.importing.rereading import check_account

LINES = st.sampled_from(
    [
        "",
        "",
        "",
        "Messages to the 3rd Congress of the Kite Makers Union",
        "Kite Makers Union, Nepal",
        "Paper & Glue (PG) (Peru)",
        "and String International",
        "String International",
        "Wind Watch / Vahtkond, Estonia",
        "Tomás Vidal, Secretary",
        "Ana Kovač – Treasurer",
        "Chairperson",
        "In solidarity,",
        "12 May 2020",
        "We fly what we make, and we make what flies.",
        "Signed by:",
        "1. Kite Makers Union, Nepal",
        "2) Wind Watch (Estonia);",
        "a. Paper & Glue",
        "- fair wages;",
        "• dry glue",
        "* * *",
        "---",
        "+++",
        "===",
        "# a hash",
        "## Signatories",
        "> quoted",
        "*bold* _under_ `code` [link](https://example.org) <b>html</b> &amp; \\ ~",
        "Leave a Reply",
        "For inquiries, please contact",
        '"quoted, with comma", =1+1',
        "ขอแสดงความยินดี",
        "الموقعون:",
        "\u202eevil\u202c \u200bzero",
        "2. second 1. first",
    ]
)
TEXTS = st.one_of(
    st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=25).map("\n".join),
    st.text(max_size=300),
)
NAMES = st.sampled_from(["page.txt", "page.html", "page.md"])


def check(page: Page, result: Imported) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        assert write(result, folder) == ()
        check_account(page, result, folder)
        assert load([folder])[1] == ()


@settings(max_examples=60, deadline=None)
@given(TEXTS, NAMES)
def test_any_text_becomes_a_statement_that_loads_and_keeps_every_word(text: str, name: str) -> None:
    page = read(text.encode("utf-8", errors="surrogatepass"), name)
    check(page, import_statement(page, Catalog(), date(2024, 2, 1)))


@settings(max_examples=60, deadline=None)
@given(TEXTS, NAMES)
def test_any_text_becomes_greetings_that_load_and_keep_every_word(text: str, name: str) -> None:
    page = read(text.encode("utf-8", errors="surrogatepass"), name)
    check(page, import_greetings(page, Catalog()))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400), NAMES)
def test_any_bytes_are_a_page_without_loss(content: bytes, name: str) -> None:
    page = read(content, name)
    check(page, import_statement(page, Catalog(), date(2024, 2, 1)))
    check(page, import_greetings(page, Catalog()))


@pytest.mark.parametrize("unit", ["word ", "word", "A\x00", "Ab Ac ", "One long line, Nepal, " * 500 + "\n"])
def test_two_megabytes_end_well(unit: str) -> None:
    page = read((unit * (2_000_000 // len(unit))).encode(), "page.txt")
    for result in (import_statement(page, Catalog(), date(2024, 2, 1)), import_greetings(page, Catalog())):
        assert result.account.whole
        assert list(result.files) == ["report.md"]
        assert result.doubts
