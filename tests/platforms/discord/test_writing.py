"""What we write to Discord: only our own marks live, all within its limits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.messages import Blank, Key, Outgoing, Sheet
from bot.dialog.pages import size
from bot.dialog.text import (
    Bold,
    Bullets,
    Code,
    Heading,
    Instant,
    Italic,
    Link,
    Paragraph,
    Plain,
    Quote,
    paragraph,
)
from bot.platforms.discord.components import Component, write_rows
from bot.platforms.discord.cut import fit
from bot.platforms.discord.forms import write_choices, write_form
from bot.platforms.discord.inert import clean, inert
from bot.platforms.discord.writing import write, write_text
from tests.platforms.discord.markdown import alive, shown

NASTY = st.lists(
    st.sampled_from(
        [*"\\*_~|`<>#[]()-+.:@!&/1 \n", "@everyone", "<@1>", "<t:1:R>", "<:x:1>", "</a:1>", "<#1>"]
    )
    | st.sampled_from(["https://", "discord.gg/x", "[a](https://b.c)", ":smile:", "1. ", "-# ", "```", "x"])
    | st.characters(),
    max_size=30,
).map("".join)
KEY = st.builds(Key, st.text(max_size=120), st.text(alphabet="abc/", max_size=64))


@given(NASTY)
def test_nothing_people_wrote_is_alive(text: str) -> None:
    assert alive(inert(text)) == set()
    assert shown(inert(text)) == clean(text).replace("\u2060", "")


@given(st.lists(NASTY, max_size=4))
def test_nothing_comes_alive_where_pieces_meet(texts: list[str]) -> None:
    assert alive(write_text((Paragraph((tuple(map(Plain, texts)),)),))) == set()


@pytest.mark.parametrize(
    ("written", "kind"),
    [("*a*", "emphasis"), ("<@1>", "tag"), ("1. a", "list"), ("> a", "quote"), ("[a](b)", "masked link")],
)
def test_the_scanner_finds_what_lives(written: str, kind: str) -> None:
    assert kind in alive(written)


def test_our_own_marks() -> None:
    at = datetime(2026, 11, 25, tzinfo=UTC)
    assert write_text(
        (
            Heading((Bold("Why"),)),
            paragraph((Plain("a "), Bold(" b* "), Italic("c"))),
            Bullets(((Plain("x"),), (Link("here", "https://a.org/b"),))),
            Bullets(((Plain("y"),),), 3),
            Quote((paragraph("1. z", "w"),)),
            paragraph((Instant("today", at),)),
        )
    ) == (
        "### Why\n\na  **b\\*** \u2060*c*\n\n- x\n- [here](<https://a.org/b>)\n\n3. y\n\n> 1\\. z\n> w"
        f"\n\n<t:{int(at.timestamp())}:F>"
    )


def test_what_is_copied_is_code_and_never_breaks_out_of_it() -> None:
    assert write_text((paragraph((Code("in_ab*c"),)),)) == "`in_ab*c`"
    assert write_text((paragraph((Code("a`b @everyone"),)),)) == "`ab @everyone`"
    assert write_text((paragraph((Plain("x"), Code("` `"))),)) == "x"


def test_links_that_could_break_out_are_words() -> None:
    for url in (
        "http://a.org",
        "javascript:x",
        "https://a.org/)x",
        "https://a.org/> x",
        "https://a.org/" + "x" * 600,
    ):
        assert write_text((paragraph((Link("here", url),)),)) == "here"


@given(st.lists(NASTY | st.text(min_size=500, max_size=3000), max_size=4))
def test_every_payload_fits_and_pings_nobody(texts: list[str]) -> None:
    payloads = write(Outgoing(tuple(map(paragraph, texts)), ((Key("OK", "ok"),),)))
    for payload in payloads:
        assert payload["content"].strip()
        assert size(payload["content"]) <= 2000
        assert payload["allowed_mentions"] == {"parse": []}
        assert payload["flags"] == 4
    assert [bool(payload["components"]) for payload in payloads] == [False] * (len(payloads) - 1) + [
        True
    ] * bool(payloads)


def inside(rows: list[Component]) -> list[Component]:
    return [each for row in rows for each in row["components"]]


@given(st.lists(st.lists(KEY, max_size=8).map(tuple), max_size=12).map(tuple))
def test_every_keyboard_fits(keys: tuple[tuple[Key, ...], ...]) -> None:
    rows = write_rows(Outgoing((), keys))
    assert len(rows) <= 5
    assert all(1 <= len(row["components"]) <= 5 for row in rows)
    ids = [each["custom_id"] for each in inside(rows)]
    assert len(ids) == len(set(ids))
    assert all(len(each) <= 100 for each in ids)
    for each in inside(rows):
        labels = [each] if each["type"] == 2 else each["options"]
        assert all(1 <= size(one["label"]) <= 100 for one in labels)
        assert len(labels) <= 25
        assert each["type"] == 3 or size(each["label"]) <= 80
    carried = {each["custom_id"].partition(":")[2] for each in inside(rows) if each["type"] == 2}
    carried |= {one["value"] for each in inside(rows) if each["type"] == 3 for one in each["options"]}
    assert carried == {key.data for row in keys for key in row if key.data}


def test_buttons() -> None:
    keys = ((Key("Go", "go"), Key("Start", start="c_x")), (Key("Web", url="https://a.org"),))
    sheet = Sheet("T", (), "s/1", Key("Fill in", "s/1/open"), "Other")
    first, second, third = write_rows(Outgoing((), keys, sheet=sheet))
    assert [each["custom_id"] for each in inside([first, second])] == ["p0:s/1/open", "p1:go", "s2:c_x"]
    assert [each["style"] for each in inside([first, second, third])] == [1, 2, 2, 5]


def test_a_form() -> None:
    options = (("PH", "Philippines"), ("TH", "Thailand"))
    blanks = (
        Blank("name", "Name", "As you write it", "Mira"),
        Blank("country", "Country", options=options, value="TH"),
        Blank("public", "Public", options=options, words=False, required=False),
    )
    form = write_form(Sheet("x" * 60, blanks, "s/1", Key("Fill in", "o"), "None of these"))
    assert (form["custom_id"], form["title"]) == ("f:s/1", "x" * 44 + "…")
    name, country, public = form["components"]
    assert name["description"] == "As you write it"
    assert (name["component"]["value"], name["component"]["type"], name["type"]) == ("Mira", 4, 18)
    assert [each["value"] for each in country["component"]["options"]] == ["PH", "TH", "~other"]
    assert [each.get("default", False) for each in country["component"]["options"]] == [False, True, False]
    assert (country["component"]["type"], public["component"]["type"]) == (3, 21)
    assert public["component"]["required"] is False


def test_choices_that_do_not_fit_are_left_out() -> None:
    assert write_choices([("A", "c/x"), ("B", "x" * 100)]) == {"choices": [{"name": "A", "value": ">c/x"}]}
    assert len(write_choices([("A", str(n)) for n in range(40)])["choices"]) == 25


@given(st.text(), st.integers(2, 100))
def test_labels_fit_and_are_never_empty(text: str, longest: int) -> None:
    assert 1 <= size(fit(text, longest)) <= longest
