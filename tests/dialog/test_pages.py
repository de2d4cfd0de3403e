"""Pages: nothing lost, nothing too long, cut where a reader can rest."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaign.lookalike import graphemes
from bot.dialog.pages import SMALLEST, paginate
from bot.dialog.text import (
    Bold,
    Bullets,
    Heading,
    Inline,
    Italic,
    Line,
    Link,
    Paragraph,
    Plain,
    Quote,
    Text,
    paragraph,
    plain,
)

LETTERS = st.characters(exclude_categories=["Cs"])
WORDS = st.text(st.sampled_from("abcอั้းမြို့😀é.‍🌾👩"), max_size=9).map("w".__add__)
SENTENCES = st.lists(WORDS, min_size=1, max_size=25).map(lambda words: " ".join((*words, "")))


def pieces(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Inline]:
    return st.one_of(
        texts.map(Plain),
        texts.map(Bold),
        texts.map(Italic),
        texts.map(lambda text: Link(text, "https://example.test/")),
    )


def lines(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Line]:
    return st.lists(pieces(texts), max_size=5).map(tuple)


def blocks(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Paragraph | Heading | Bullets]:
    many = st.lists(lines(texts), min_size=1, max_size=4).map(tuple)
    return st.one_of(
        many.map(Paragraph),
        lines(texts).map(Heading),
        st.builds(Bullets, many, st.none() | st.integers(0, 10**9)),
    )


def texts(characters: st.SearchStrategy[str]) -> st.SearchStrategy[Text]:
    quotes = st.lists(blocks(characters), min_size=1, max_size=3).map(tuple).map(Quote)
    return st.lists(st.one_of(blocks(characters), quotes), max_size=6).map(tuple)


@given(texts(st.text(LETTERS, max_size=120)), st.integers(SMALLEST, 90))
def test_any_text_keeps_every_character_and_every_page_is_small_enough(text: Text, limit: int) -> None:
    pages = paginate(text, limit)
    assert all(units(plain(page)) <= limit for page in pages)
    assert solid("\n\n".join(map(plain, pages))) == solid(plain(text))


@given(texts(SENTENCES), st.integers(80, 200))
def test_words_that_fit_are_never_broken(text: Text, limit: int) -> None:
    assert "\n\n".join(map(plain, paginate(text, limit))).split() == plain(text).split()


@given(st.text(LETTERS, max_size=400), st.integers(SMALLEST, 60))
def test_graphemes_are_never_broken(text: str, limit: int) -> None:
    text = " ".join(text.split())
    pages = paginate((paragraph(text),), limit)
    borders = set(accumulate(map(len, graphemes(text))))
    at = 0
    for page in pages[:-1]:
        at = text.index(plain(page), at) + len(plain(page))
        assert at in borders


@given(st.lists(st.tuples(st.text("ab ", max_size=60), st.text("xy ", min_size=1, max_size=30)), max_size=6))
def test_links_that_fit_are_never_broken(parts: list[tuple[str, str]]) -> None:
    line: Line = tuple(
        piece
        for before, inside in parts
        for piece in (Plain(f"{before} "), Link(inside.strip() + "!", "https://a.test"))
    )
    pages = paginate((Paragraph((line,)),), SMALLEST)
    links = [piece for page in pages for piece in pieces_of(page) if isinstance(piece, Link)]
    assert links == [piece for piece in line if isinstance(piece, Link)]


def test_pages_end_between_paragraphs_where_they_can() -> None:
    one, two, three = (paragraph(letter * 30) for letter in "abc")
    assert paginate((one, two, three), 62) == ((one, two), (three,))
    assert paginate((one, two, three), 61) == ((one,), (two,), (three,))


def test_a_long_paragraph_is_cut_after_a_sentence_else_after_a_word() -> None:
    pages = paginate((paragraph("One two three four. Five six seven! Eight nine ten eleven"),), SMALLEST)
    assert [plain(page) for page in pages] == ["One two three four. Five six seven!", "Eight nine ten eleven"]
    pages = paginate((paragraph("said “we stay.” And then they stayed for a long time"),), SMALLEST)
    assert [plain(page) for page in pages] == ["said “we stay.”", "And then they stayed for a long time"]
    pages = paginate((paragraph("one two three four five six seven eight nine"),), SMALLEST)
    assert [plain(page) for page in pages] == ["one two three four five six seven eight", "nine"]


def test_a_number_keeps_its_unit() -> None:
    pages = paginate((paragraph("the march that day was as long as 12\u00a0kilometres"),), SMALLEST)
    assert [plain(page) for page in pages] == ["the march that day was as long as", "12\u00a0kilometres"]


def test_a_list_is_cut_between_items_and_goes_on_counting() -> None:
    items: tuple[Line, ...] = tuple((Plain(letter * 15),) for letter in "abcd")
    pages = paginate((Bullets(items, 9),), SMALLEST)
    assert pages == ((Bullets(items[:2], 9),), (Bullets(items[2:], 11),))


def test_an_item_too_long_for_a_page_gets_its_mark_once() -> None:
    pages = paginate((Bullets(((Plain("word " * 20),), (Plain("end"),))),), SMALLEST)
    assert plain(pages[0]).startswith("- word")
    assert "".join(map(plain, pages)).count("- ") == 2


def test_a_heading_stays_with_what_follows() -> None:
    head, body = Heading((Plain("What we want"),)), paragraph("b" * 25)
    assert paginate((paragraph("a" * 20), head, body), 45) == ((paragraph("a" * 20),), (head, body))


def test_a_quote_stays_a_quote_on_each_page() -> None:
    long = Quote((paragraph("a" * 30), paragraph("b" * 30)))
    assert paginate((long,), SMALLEST) == ((Quote((paragraph("a" * 30),)),), (Quote((paragraph("b" * 30),)),))


def test_a_link_longer_than_a_page_goes_on_with_its_address() -> None:
    pages = paginate((Paragraph(((Link("word " * 12, "https://a.test"),),)),), SMALLEST)
    assert [piece for page in pages for piece in pieces_of(page)] == [
        Link("word word word word word word word word", "https://a.test"),
        Link("word word word word ", "https://a.test"),
    ]


def test_a_heap_of_marks_longer_than_a_page_is_cut_all_the_same() -> None:
    pages = paginate((paragraph("a" + "\u0301" * 500),), SMALLEST)
    assert all(units(plain(page)) <= SMALLEST for page in pages)


def test_a_huge_line_is_cut_in_good_time() -> None:
    pages = paginate((paragraph("word " * 100_000),), 900)
    assert sum(len(plain(page).split()) for page in pages) == 100_000


def test_there_is_always_a_page_and_a_least_limit() -> None:
    assert paginate((), 100) == ((),)
    with pytest.raises(ValueError, match="39"):
        paginate((), SMALLEST - 1)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def solid(text: str) -> str:
    return "".join(text.split())


def pieces_of(page: Text) -> list[Inline]:
    return [piece for block in page if isinstance(block, Paragraph) for line in block.lines for piece in line]
