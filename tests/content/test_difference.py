"""The difference of two texts as an organiser reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.catalog import Document
from bot.content.difference import (
    WIDTH,
    Change,
    as_text,
    difference,
    difference_of,
    is_small,
    on_one_line,
    summary,
    told,
)
from bot.content.inert import length
from bot.content.phrases import load_phrases
from bot.content.worded import worded
from bot.dialog.messages import Phrase

DATA = Path(__file__).parents[2] / "data"
NOW = datetime(2024, 2, 16, tzinfo=UTC)


def sides(old: str, new: str) -> list[tuple[str, str]]:
    return [(change.before, change.after) for change in difference(old, new)]


def document(title: str, body: str) -> Document:
    return Document("en", title, (), "c0ffee", date(2024, 2, 1), body=body)


OLD = "Over many years, people were driven\nfrom Kite Strop.\n\nWe call for:\n\n- fair wages;\n- dry glue."


def test_a_slip_of_the_pen_is_one_word() -> None:
    changes = difference(OLD, OLD.replace("Strop", "Strip"))
    assert changes == (Change("Strop", "Strip", "… were driven from Kite Strip. ¶ We call …", "Kite ", 1),)
    assert summary(changes) == (Phrase("difference.word", {"before": "Kite Strop", "after": "Kite Strip"}),)
    phrases, _ = load_phrases([DATA])
    said = phrases.text("en", summary(changes)[0], NOW, "UTC")
    assert said == "One word differs: “Kite Strop” → “Kite Strip”."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (OLD, OLD.replace("\nfrom", " from"), []),
        ("a b", "a  b\n", []),
        ("one two", "one brave new two", [("", "brave new")]),
        ("one two three four", "one four", [("two three", "")]),
        ("a b c d e", "a X c Y e", [("b c d", "X c Y")]),
        ("a b c d e f", "a X c d Y f", [("b", "X"), ("e", "Y")]),
        ("wages, glue", "wages; glue", [(",", ";")]),
        ("28,000 people", "29,000 people", [("28,000", "29,000")]),
        ("the people's", "the peoples'", [("people's", "peoples'")]),
        ("one\n\ntwo", "one two", [("¶", "")]),
        ("- a\n- b", "- a\n- c\n- b", [("", "- c")]),
        ("one\n\ntwo", "one\n\nnew\n\ntwo", [("", "¶ new")]),
        ("", "all new", [("", "all new")]),
        ("all gone", "", [("all gone", "")]),
        ("e\u0301 x", "\u00e9 x", []),
        ("*word*", "word", [("*word*", "word")]),
        ("พวกเราเรียกร้องโลกใหม่ทั้งหมด", "พวกเราเรียกร้องเลกใหม่ทั้งหมด", [("โ", "เ")]),
        ("မြန်မာပြည်သူ", "မြန်မာပြည်သား", [("သူ", "သား")]),
    ],
)
def test_what_differs(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert sides(old, new) == expected


def test_a_change_in_a_text_without_blanks_is_shown_with_what_stands_before_it() -> None:
    (phrase,) = summary(difference("พวกเราเรียกร้องโลกใหม่", "พวกเราเรียกร้องเลกใหม่"))
    assert phrase.key == "difference.word"
    assert str(phrase.values["before"]).endswith("ร้องโ")
    assert " " not in str(phrase.values["before"])


def test_titles_are_part_of_it() -> None:
    old, new = document("Kites for all", OLD), document("Kites for everybody", OLD.replace("dry", "wet"))
    changes = difference_of(old, new)
    assert [(change.before, change.in_title) for change in changes] == [("all", True), ("dry", False)]
    assert [phrase.key for phrase in summary(changes)] == [
        "difference.few",
        "difference.title",
        "difference.changed",
    ]
    assert [phrase.key for phrase in summary(changes[:1])] == ["difference.few", "difference.title"]


def test_added_and_left_out_words_are_told_with_their_place() -> None:
    added, gone = told(difference("a b", "a new b")[0]), told(difference("a old b", "a b")[0])
    assert added == Phrase("difference.added", {"after": "new", "where": "a new b"})
    assert gone == Phrase("difference.left-out", {"before": "old", "where": "a b"})


def test_changes_for_a_file_and_for_one_line() -> None:
    changes = difference("one Strop two three", "one Strip two three four")
    assert as_text(changes) == "− Strop\n+ Strip\n\n− –\n+ four\n\n"
    assert on_one_line(changes, 40) == "“Strop” → “Strip”; – → “four”"
    assert on_one_line(changes, 28) == ""


def test_small_and_large() -> None:
    assert summary(()) == (Phrase("difference.none"),)
    four = difference("a b c d e f g h i j", "X b c Y e f Z h i W")
    assert (len(four), is_small(four)) == (4, False)
    assert summary(four) == (
        Phrase("difference.many", {"words": Phrase("difference.words", count=4)}, count=4),
    )
    long = difference("one", "one two three four five six seven")
    assert not is_small(long)
    assert is_small(difference("one", "one two three four five six"))


def test_a_card_is_told_little_and_nothing_that_harms_it() -> None:
    (change,) = difference("a", f"{'x' * 500}\u202e\u0007")
    values = told(change).values
    assert length(str(values["after"])) == WIDTH
    assert told(difference("a", "b\u202ec")[0]).values["after"] == "b⟨U+202E⟩c"


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts(old: str, new: str) -> None:
    changes = difference(old, new)
    assert bool(changes) == (worded(old).tokens != worded(new).tokens)
    assert all(change.before or change.after for change in changes)
    assert all(phrase.key.startswith("difference.") for phrase in summary(changes))
    assert difference(old, old) == ()


def test_large_and_very_different_texts_end_well() -> None:
    lines = [f"Line {number} says something else about kites." for number in range(20_000)]
    changed = ["Something new." if number % 1000 == 0 else line for number, line in enumerate(lines)]
    assert len(difference("\n\n".join(lines), "\n\n".join(changed))) == 20
    assert len(difference("a " * 50_000, "a b " * 25_000)) == 1
