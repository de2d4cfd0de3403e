from __future__ import annotations

import re
import unicodedata

import pytest
from prompt_toolkit.utils import get_cwidth
from wcwidth import wcswidth

from bot.dialog.messages import Key, Outgoing
from bot.dialog.text import Bold, Bullets, Heading, Italic, Link, Paragraph, Plain, Quote, paragraph
from bot.platforms.console.writing import Look, write, write_address, write_remark
from tests.platforms.console.cards import HOSTILE, card, every_kind

STYLE = re.compile("\x1b\\[[0-9;]+m")
LOOKS = [Look(), Look(20), Look(80, colours=True), Look(40, mark="< ")]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_row_is_too_wide_and_none_can_steer_the_terminal(text: str, look: Look) -> None:
    for row in write(every_kind(text), look, above=text):
        plain = STYLE.sub("", row) if look.colours else row
        assert not {c for c in plain if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}}
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", plain)
        assert max(wcswidth(plain), get_cwidth(plain)) <= look.width


def test_a_card_reads_well() -> None:
    signed = Paragraph(((Plain("Signed by "), Bold("DinDeng"), Plain(".")), (Plain("Thailand"),)))
    keys = ((Key("Sign", "a"), Key("Read it all · 3 min", "b")), (Key("Share", url="https://example.org/"),))
    quote = Quote(
        (Heading((Plain("Demands"),)), Bullets(((Plain("An immediate ceasefire"),), (Plain("Aid"),)), 1))
    )
    assert write(Outgoing((signed, quote, Bullets(((Italic("one"),),))), keys), Look(24)) == [
        "Signed by DinDeng.",
        "Thailand",
        "",
        "│ Demands",
        "│",
        "│ 1. An immediate",
        "│    ceasefire",
        "│ 2. Aid",
        "",
        "• one",
        "",
        "[1] Sign",
        "[2] Read it all · 3 min",
        "[3] Share ↗",
    ]


def test_buttons_keep_their_rows() -> None:
    keys = ((Key("Yes", "y"), Key("No", "n")), (Key("Later", "l"),))
    assert write(Outgoing((), keys), Look()) == ["[1] Yes   [2] No", "[3] Later"]


def test_a_long_label_goes_on_under_its_beginning() -> None:
    assert write(card("one two three four five", "six"), Look(20)) == [
        "Well?",
        "",
        "[1] one two three",
        "    four five",
        "[2] six",
    ]


def test_a_label_stays_on_its_row() -> None:
    assert write(card("Yes\n[2] Approve"), Look())[2:] == ["[1] Yes [2] Approve"]


def test_a_link_shows_where_it_leads() -> None:
    line = (Link("the page", "https://example.org/a"), Plain(" or "), Link("https://b.org", "https://b.org"))
    assert write(Outgoing((Paragraph((line,)),)), Look()) == [
        "the page (https://example.org/a) or https://b.org"
    ]


def test_colours_only_where_they_are_wanted() -> None:
    message = Outgoing((Paragraph(((Bold("a"), Plain("b"), Italic("c")),)),), ((Key("d", "d"),),))
    assert write(message, Look(colours=True), "e") == [
        "\x1b[2me\x1b[0m",
        "",
        "\x1b[1ma\x1b[0mb\x1b[3mc\x1b[0m",
        "",
        "\x1b[1;36m[1]\x1b[0m d",
    ]
    assert write(message, Look(), "e") == ["e", "", "abc", "", "[1] d"]


def test_on_a_pipe_each_row_has_its_mark() -> None:
    assert write(Outgoing((paragraph("a"), paragraph("b"))), Look(mark="< ")) == ["< a", "<", "< b"]


def test_an_address_is_never_broken() -> None:
    address = "https://example.org/" + "x" * 200
    assert write_address("Look:", address + "\x1b[2J\n", Look(mark="< ")) == ["< Look:", "< " + address]


def test_a_remark_is_wrapped() -> None:
    assert write_remark("one two three four five six", Look(20)) == ["one two three four", "five six"]


def test_a_message_of_nothing_has_no_rows() -> None:
    assert write(Outgoing(()), Look()) == []
