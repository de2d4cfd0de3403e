"""Small Markdown: what is known becomes rich, what is not stays as it is written, nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.markup import is_web_address, read
from bot.dialog.text import Bold, Bullets, Heading, Italic, Link, Paragraph, Plain, Quote, paragraph, plain

WEB = "https://example.test/a"


def test_all_kinds_of_blocks() -> None:
    text = read(
        "## What we want\n\nOne line\ngoes on.\n\n- *peace*\n- **bread**\n\n"
        "3. three\n4. four\n\n> said\n>\n> more\n",
    )
    assert text == (
        Heading((Plain("What we want"),)),
        Paragraph(((Plain("One line"), Plain(" "), Plain("goes on.")),)),
        Bullets(((Italic("peace"),), (Bold("bread"),))),
        Bullets(((Plain("three"),), (Plain("four"),)), 3),
        Quote((paragraph("said"), paragraph("more"))),
    )


def test_pieces_of_a_line() -> None:
    text = read(f"a *b **c** d* **e *f* g** [*h* **i**]({WEB}) \\*j\\*")
    assert text == (
        Paragraph(
            (
                (
                    Plain("a "),
                    *(Italic("b "), Bold("c"), Italic(" d"), Plain(" ")),
                    *(Bold("e "), Bold("f"), Bold(" g"), Plain(" ")),
                    *(Link("h i", WEB), Plain(" *j*")),
                ),
            ),
        ),
    )


@pytest.mark.parametrize("end", ["  \n", "\\\n"])
def test_a_hard_end_begins_a_line(end: str) -> None:
    assert read(f"Name{end}Role") == (paragraph("Name", "Role"),)


@pytest.mark.parametrize(
    "written",
    [
        "<b>no</b> <script>alert(1)</script>",
        "<https://example.test>",
        "https://example.test",
        "`code` and ~~struck~~ and | a | table |",
        "&amp; &copy; &#65;",
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "[a](/relative)",
        "[a](mailto:b@example.test)",
        "[a](https://)",
        "[a]: https://example.test",
        "[a][b]",
        "[a]()",
        "@everyone <@1> #tag /start",
        "---",
        "* * *",
        "Title ===",
        "```",
        "+1 for this? 2 * 3 * 4 snake_case_name",
    ],
)
def test_what_is_not_known_stays_as_it_is_written(written: str) -> None:
    text = read(written)
    assert plain(text) == written.replace("* * *", "***")
    assert not any(isinstance(piece, Link) for piece in pieces(text))


def test_a_picture_and_a_title_keep_their_words() -> None:
    assert plain(read(f'![a dove]({WEB}) [read]({WEB} "the whole text")')) == "!a dove read (the whole text)"


def test_a_link_without_words_shows_its_address() -> None:
    assert pieces(read(f"[]({WEB})")) == [Link(WEB, WEB)]


def test_indented_and_fenced_text_is_text() -> None:
    assert plain(read("    four blanks\n\n```\nin a fence\n```\n")) == "four blanks\n\n``` in a fence ```"


def test_lists_in_lists_keep_their_order_and_marks() -> None:
    text = read("- a\n  1. b\n     - c\n  2. d\n\n  e\n- > f\n  > g\n- # h\n")
    assert plain(text) == "- a\n- 1. b\n- 2. – c\n- 3. d e\n- f g\n- h"


def test_a_quote_in_a_quote_is_one_quote() -> None:
    assert read("> a\n> > b\n") == (Quote((paragraph("a"), paragraph("b"))),)


def test_a_text_too_deep_stays_as_characters() -> None:
    deep = ">" * 30 + " at the bottom"
    assert read(deep) == (paragraph(deep),)
    deep = "".join("  " * level + "- a\n" for level in range(40))
    assert plain(read(deep)).count("a") == 40
    deep = "*a " * 2000 + "a* " * 2000
    assert plain(read(deep)).count("a") == 4000


@given(st.text("ab1 \n\t>-*_#+.[]()!<&;`~\\|=:/\"'", max_size=80))
def test_no_word_is_lost_whatever_the_marks(markdown: str) -> None:
    text = read(markdown)
    kept = "".join(
        f"{piece.text} {piece.url}" if isinstance(piece, Link) else piece.text for piece in pieces(text)
    )
    for letter in "ab":
        assert kept.count(letter) >= markdown.count(letter)
    assert [c for c in plain(text) if c in "ab"] == [c for c in markdown if c in "ab"]


@given(st.text(max_size=60))
def test_any_text_is_read(markdown: str) -> None:
    read(markdown)


@pytest.mark.parametrize(
    "address", ["", "https://", "http:///a", "https://[::1", "ftp://a", "javascript:a", "//a", "a"]
)
def test_what_is_no_web_address(address: str) -> None:
    assert not is_web_address(address)


def pieces(text: object) -> list[Plain | Bold | Italic | Link]:
    if isinstance(text, Plain | Bold | Italic | Link):
        return [text]
    if isinstance(text, tuple):
        return [piece for part in text for piece in pieces(part)]
    match text:
        case Heading(inner) | Paragraph(inner) | Bullets(inner) | Quote(inner):
            return pieces(inner)
    raise TypeError(text)
