"""Cards: one message from what is to be said."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.card import Packing
from bot.content.phrases import Phrases
from bot.dialog.messages import Attachment, Button, Country, Key, Outgoing, Phrase, Saying
from bot.dialog.text import Bold, Paragraph, Plain, Quote, paragraph
from tests.content.planted import NOW, loaded, plant

PACKING = Packing("/".join, "_".join)
NAME = "Organisation-" * 40


@pytest.fixture
def phrases(tmp_path: Path) -> Phrases:
    words = {"a.head": "*Head*", "a.two": "one\ntwo {name}", "b.yes": "Yes", "b.for": "Sign for {name}"}
    own = "Our own words that are much too long for any button"
    plant(tmp_path, "en", {**words, "bot.broken": "A line is missing.", "b.own": own, "b.in": "In {country}"})
    plant(tmp_path, "ms", {"b.yes": "Ya"})
    return loaded(tmp_path)


def rendered(phrases: Phrases, saying: Saying, language: str = "en") -> Outgoing:
    return phrases.render(saying, language, "UTC", NOW, PACKING)


def labels(outgoing: Outgoing) -> list[list[str]]:
    return [[key.label for key in row] for row in outgoing.keys]


def test_parts_become_paragraphs_and_quoted_texts_stay_between_them(phrases: Phrases) -> None:
    quoted = (Quote((paragraph("words"),)),)
    outgoing = rendered(phrases, Saying((Phrase("a.head"), quoted, Phrase("a.two", {"name": "X"}))))
    lines = Paragraph(((Plain("one"),), (Plain("two X"),)))
    assert outgoing == Outgoing((Paragraph(((Bold("Head"),),)), *quoted, lines), phrases=("a.head", "a.two"))


def test_buttons_carry_a_press_a_start_word_or_a_link(phrases: Phrases) -> None:
    row = (
        Button(Phrase("b.yes"), ("c", "x")),
        Button(Phrase("b.yes"), opens=("c", "x")),
        Button("Site", url="https://x"),
    )
    assert rendered(phrases, Saying((), (row,))).keys == (
        (Key("Yes", data="c/x"), Key("Yes", start="c_x"), Key("Site", url="https://x")),
    )


def test_what_the_platform_needs_to_know_goes_through(phrases: Phrases) -> None:
    file = Attachment("list.txt", b"1", "text/plain")
    outgoing = rendered(phrases, Saying((), replaces=True, attachment=file, only=True))
    assert outgoing == Outgoing((), replaces=True, attachment=file, only=True)


def test_keys_stand_in_order_with_buttons_after_a_bar_and_names_in_quotes(phrases: Phrases) -> None:
    rows = ((Button(Phrase("b.yes")), Button("DinDeng")), (Button(Phrase("b.for", {"name": "X"})),))
    outgoing = rendered(
        phrases, Saying((Phrase("a.head"), Phrase("a.two", {"name": Phrase("a.head")})), rows)
    )
    assert outgoing.phrases == ("a.head", "a.two", "|", "b.yes", "«DinDeng»", "b.for")
    assert rendered(phrases, Saying((Phrase("a.head"),))).phrases == ("a.head",)


@pytest.mark.parametrize(("language", "alone", "beside"), [("en", 42, 24), ("ms", 48, 30)])
def test_names_of_things_fit_on_their_buttons(
    phrases: Phrases, language: str, alone: int, beside: int
) -> None:
    wide, named = Button(NAME), Button(Phrase("b.for", {"name": NAME}))
    outgoing = rendered(phrases, Saying((), ((wide,), (named,), (wide, named))), language)
    lengths = [[len(label) for label in row] for row in labels(outgoing)]
    assert lengths == [[alone], [alone], [beside, beside]]
    assert all(label.endswith("…") for row in labels(outgoing) for label in row)
    assert outgoing.phrases[1].startswith("«Organisation-")


def test_a_name_is_never_cut_inside_a_letter(phrases: Phrases) -> None:
    ((label,),) = labels(rendered(phrases, Saying((), ((Button("กำ" * 60),),))))
    assert label == "กำ" * 41 + "…"


def test_our_own_words_are_not_cut(phrases: Phrases) -> None:
    ((own, inside),) = labels(
        rendered(
            phrases,
            Saying((), ((Button(Phrase("b.own")), Button(Phrase("b.in", {"country": Country("GS")}))),)),
        )
    )
    assert own == "Our own words that are much too long for any button"
    assert inside == "In South Georgia & South Sandwich Islands"


def test_a_label_from_people_is_inert(phrases: Phrases) -> None:
    assert labels(rendered(phrases, Saying((), ((Button("*a*\n{b}\u202e"),),)))) == [["*a* {b}"]]


@pytest.mark.parametrize(
    "bad",
    [
        Phrase("a.none"),
        Phrase("a.two"),
        Phrase("a.two", {"name": Phrase("a.none")}),
        Phrase("a.two", {"name": NOW}),
    ],
)
def test_one_bad_phrase_never_takes_the_card_with_it(phrases: Phrases, bad: Phrase) -> None:
    outgoing = rendered(
        phrases, Saying((Phrase("a.head"), bad), ((Button(bad, ("c", "x")), Button(Phrase("b.yes"))),))
    )
    assert outgoing.phrases == ("a.head", "bot.broken", "|", "bot.broken", "b.yes")
    assert labels(outgoing)[0][1] == "Yes"
    assert outgoing.keys[0][0].data == "c/x"


def test_without_any_words_a_card_still_goes_out(tmp_path: Path) -> None:
    plant(tmp_path, "en", {"a.one": "x"})
    outgoing = rendered(loaded(tmp_path), Saying((Phrase("a.two"),)))
    assert outgoing == Outgoing((paragraph("bot.broken"),), phrases=("bot.broken",))


def test_an_unknown_zone_breaks_one_line_only(phrases: Phrases) -> None:
    saying = Saying((Phrase("a.two", {"name": NOW}), Phrase("a.head")))
    outgoing = phrases.render(saying, "en", "../etc", NOW, PACKING)
    assert outgoing.phrases == ("bot.broken", "a.head")
