"""Messages as Telegram takes them: whatever stands in a text, the server takes it and links nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.messages import Key, Outgoing
from bot.dialog.text import (
    Block,
    Bold,
    Bullets,
    Code,
    Heading,
    Inline,
    Instant,
    Italic,
    Line,
    Link,
    Paragraph,
    Plain,
    Quote,
    Text,
    paragraph,
)
from bot.platforms.telegram.inert import JOINER, inert
from bot.platforms.telegram.writing import LONG_QUOTE, Part, write, write_alert, write_keyboard
from tests.peers.telegram_text import Formatted, formatted

NAME = "solidarity_bot"


def shown(part: Part) -> Formatted:
    """What a client shows of a part the strict server took."""
    return formatted(part.text, list(part.entities))


def one(*blocks: Block, keys: tuple[tuple[Key, ...], ...] = ()) -> Formatted:
    (part,) = write(Outgoing(blocks, keys), NAME)
    return shown(part)


def test_a_card() -> None:
    said = one(
        Heading((Plain("End "), Bold("it"))),
        paragraph((Plain("Signed by "), Bold("Praxis"), Plain(", "), Italic("Indonesia"))),
        Bullets(((Plain("one"),), (Link("two", "https://example.org"),))),
        Bullets(((Plain("three"),),), first=3),
    )
    assert said.text == "End it\n\nSigned by Praxis, Indonesia\n\n• one\n• two\n\n3. three"
    assert said.marked("bold") == ["End it", "Praxis"]
    assert said.marked("italic") == ["Indonesia"]
    assert said.marked("text_link") == ["two"]


def test_places_of_entities_count_in_utf16() -> None:
    said = one(paragraph((Plain("✊🏽 ไทย "), Bold("x"))))
    assert said.marked("bold") == ["x"]


def test_quotes_and_long_quotes_that_fold() -> None:
    said = one(Quote((paragraph("short"), Heading((Plain("H"),)))), paragraph("after"))
    assert said.marked("blockquote") == ["short\n\nH"]
    assert said.marked("bold") == ["H"]
    long = one(Quote((paragraph("x" * (LONG_QUOTE + 1)),)))
    assert long.marked("expandable_blockquote") == ["x" * (LONG_QUOTE + 1)]


def test_a_moment_is_shown_by_the_readers_own_clock() -> None:
    moment = Instant("today 18:00 (GMT+08:00)", datetime(2026, 12, 1, 10, tzinfo=UTC))
    said = one(paragraph((Plain("✊🏽 It opens "), moment, Plain("."))), Heading((moment,)))
    assert said.text == "✊🏽 It opens today 18:00 (GMT+08:00).\n\ntoday 18:00 (GMT+08:00)"
    assert said.marked("date_time") == ["today 18:00 (GMT+08:00)"] * 2
    found = [entity for entity in said.entities if entity["type"] == "date_time"]
    assert {entity["unix_time"] for entity in found} == {1_796_119_200}
    assert {entity["date_time_format"] for entity in found} == {"wDt"}
    assert said.links == ()


def test_what_is_copied_stands_as_it_is_and_is_no_link() -> None:
    word = "https://t.me/bot?start=in_a_b*c"
    said = one(paragraph((Plain("The link: "), Code(word))))
    assert said.text == f"The link: {word}"
    assert said.marked("code") == [word]


def test_what_somebody_agrees_to_is_never_folded() -> None:
    words = "x" * (LONG_QUOTE + 1)
    said = one(Quote((paragraph(words),), folds=False))
    assert said.marked("blockquote") == [words]
    assert not said.marked("expandable_blockquote")
    parts = write(Outgoing((Quote((paragraph("agree. " * 1000),), folds=False),)), NAME)
    assert len(parts) > 1
    assert not any(shown(part).marked("expandable_blockquote") for part in parts)


NAMES = [
    *(
        "#GegarAmerika",
        "@solidarity",
        "/start",
        "www.example.org",
        "example.org/a",
        "http://a.bc",
        "tg://resolve",
    ),
    *(
        "info@example.org",
        "$USD",
        "+60 12 345 6789",
        "4111 1111 1111 1111",
        "10.0.0.1",
        "U.S.Workers",
        "a@b.cd",
    ),
    *("#ประชา", "/start@a_bot", "Group.Name", "ftp://x.yz", "xn--a.bc", "#a.b@c/d"),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", [Plain, Bold, Italic])
def test_a_name_is_never_a_link(name: str, kind: type[Plain | Bold | Italic]) -> None:
    assert formatted(name, None).links, "Telegram would link it"
    said = one(paragraph((Plain("1. "), kind(name), Plain(", Malaysia"))))
    assert said.links == ()
    assert said.text.replace(JOINER, "") == f"1. {name}, Malaysia"


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_name_in_two_pieces_is_no_link_either(cut: int) -> None:
    for name in ("www.bc.example", "say /startnow", "ring +60123456789", "the #GegarAmerika"):
        assert one(paragraph((Plain(name[:cut]), Bold(name[cut:])))).links == ()


def test_ordinary_words_stay_as_they_are() -> None:
    for words in ("and/or", "e.V., 3%", "One. Two.", "C# 5", "25 of 2026-12-01, 18:00", "Rp 5 (ten)"):
        assert inert(words) == words or JOINER in inert(words)
        assert len(inert(words)) <= len(words) + 1


def test_an_own_link_stays_to_be_copied() -> None:
    said = one(paragraph((Link("https://example.org/a.b", "https://example.org/a.b"),)))
    assert said.text == "https://example.org/a.b"
    assert one(paragraph((Link("write", "mailto:a@example.org"),))).entities == ()


def test_hostile_letters() -> None:
    said = one(paragraph("a\x00b\x1b[1mc\u2028d\u202ee\ud83df\r\ng"))
    assert said.text == "a b [1mcde\ufffdf\ng"


BUTTONS = (
    (Key("Yes", data="a/b"), Key("Open", start="c_palestine")),
    (Key("Page", url="https://example.org"),),
)


def test_buttons() -> None:
    assert write_keyboard(BUTTONS, NAME) == [
        [
            {"text": "Yes", "callback_data": "a/b"},
            {"text": "Open", "url": "https://t.me/solidarity_bot?start=c_palestine"},
        ],
        [{"text": "Page", "url": "https://example.org"}],
    ]


def test_long_rows_go_on_and_too_many_buttons_are_left_out() -> None:
    row = tuple(Key(str(number), data="x") for number in range(20))
    assert [len(each) for each in write_keyboard((row,), NAME)] == [8, 8, 4]
    assert sum(map(len, write_keyboard((row,) * 6, NAME))) <= 100
    assert write_keyboard(((Key(" \n", data="x"), Key("nothing")),), NAME) == [
        [{"text": "·", "callback_data": "x"}]
    ]


def test_a_long_text_has_its_buttons_on_the_last_part() -> None:
    text = tuple(paragraph(f"{number} " + "word " * 300) for number in range(9))
    parts = write(Outgoing(text, BUTTONS), NAME)
    assert len(parts) > 2
    assert [bool(part.keyboard) for part in parts] == [False] * (len(parts) - 1) + [True]
    words = " ".join(shown(part).text for part in parts).split()
    assert words == " ".join(f"{number} " + "word " * 300 for number in range(9)).split()


def test_word_joiners_and_entities_count_too() -> None:
    joined = write(Outgoing((paragraph("#@" * 2000),)), NAME)
    marked = write(Outgoing((paragraph(tuple(Bold(f"{n} ") for n in range(250))),)), NAME)
    linked = write(
        Outgoing((paragraph(tuple(Link("x" * 60 + " ", "https://a.bc/" + "y" * 2000) for _ in "123456")),)),
        NAME,
    )
    for parts in (joined, marked, linked):
        assert len(parts) > 1
        assert all(part.fits and shown(part) for part in parts)


def test_nothing_to_say_is_no_message() -> None:
    assert write(Outgoing(()), NAME) == write(Outgoing((paragraph(" "),), BUTTONS), NAME) == ()


def test_an_alert_is_short() -> None:
    assert write_alert(Outgoing((paragraph("only you"), paragraph((Bold("see"),))))) == "only you\n\nsee"
    long = write_alert(Outgoing((paragraph("✊🏽 word " * 60),)))
    assert len(long.encode("utf-16-le")) // 2 <= 200
    assert long.endswith("word…")


# Anything at all

SIGNS = st.text(st.sampled_from("#@/.$+-_~:ab1Z9 \u00e9\u0e44ก🏽\u200d\u2060\n"), max_size=30)
WORDS = SIGNS | st.text(max_size=40) | st.sampled_from(NAMES)
PIECES: st.SearchStrategy[Inline] = (
    st.builds(Plain, WORDS) | st.builds(Bold, WORDS) | st.builds(Italic, WORDS)
)
LINES: st.SearchStrategy[Line] = st.lists(PIECES, max_size=4).map(tuple)
INNER: st.SearchStrategy[Paragraph | Heading | Bullets] = (
    st.lists(LINES, max_size=3).map(lambda lines: Paragraph(tuple(lines)))
    | LINES.map(Heading)
    | st.builds(Bullets, st.lists(LINES, max_size=3).map(tuple), st.none() | st.integers(0, 99))
)
BLOCKS: st.SearchStrategy[Block] = INNER | st.lists(INNER, max_size=3).map(
    lambda blocks: Quote(tuple(blocks))
)
TEXTS: st.SearchStrategy[Text] = st.lists(BLOCKS, max_size=5).map(tuple)


@given(TEXTS)
def test_whatever_is_written_is_taken_and_links_nothing(text: Text) -> None:
    for part in write(Outgoing(text), NAME):
        assert part.fits
        said = shown(part)
        assert said.links == (), said
        assert said.text


@given(st.lists(WORDS, min_size=1, max_size=3), st.integers(1, 400))
def test_long_texts_are_taken_part_by_part(words: list[str], times: int) -> None:
    text = tuple(Paragraph(((Plain(word * times),),)) for word in words)
    parts = write(Outgoing(text, BUTTONS), NAME)
    assert all(part.fits and shown(part).links == () for part in parts)
    kept = "".join("".join(part.text.replace(JOINER, "").split()) for part in parts)
    whole = "".join("".join(inert(word * times).replace(JOINER, "").split()) for word in words)
    assert kept == whole
