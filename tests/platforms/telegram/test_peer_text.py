"""The strict server's judge of texts: what Telegram links by itself, and which entities it takes."""

from __future__ import annotations

import pytest

from tests.peers.telegram_links import links
from tests.peers.telegram_refusal import Refused
from tests.peers.telegram_text import Entity, Formatted, formatted

LINKED = [
    ("#GegarAmerika", ("hashtag", "#GegarAmerika")),
    ("(#tag)", ("hashtag", "#tag")),
    ("#ประชา", ("hashtag", "#ประชา")),
    ("ask @solidarity", ("mention", "@solidarity")),
    ("write /start now", ("bot_command", "/start")),
    ("/start@some_bot", ("bot_command", "/start@some_bot")),
    ("see www.example.org.", ("url", "www.example.org")),
    ("example.org/a?b=c", ("url", "example.org/a?b=c")),
    ("https://example.org:8080/x", ("url", "https://example.org:8080/x")),
    ("at 10.0.0.1", ("url", "10.0.0.1")),
    ("tg://resolve", ("url", "tg://resolve")),
    ("Strop.The next", ("url", "Strop.The")),
    ("mail info@example.org", ("email", "info@example.org")),
    ("$USD rose", ("cashtag", "$USD")),
    ("call +60 12 345 6789", ("phone_number", "+60 12 345 6789")),
    ("card 4111 1111 1111 1111", ("bank_card", "4111 1111 1111 1111")),
]
NOT_LINKED = [
    *("a#tag", "#123", "# tag", "C#", "1#2#3", "#tag#"),
    *("a@b", "@me", "word@name", "@"),
    *("and/or", "//start", "<a/start>", "/ start"),
    *("e.V.", "3.5", "one. two", "...", "1.000.000", "x.y", "http://localhost"),
    *("US$ 5", "$usd", "12 345", "2026-12-01"),
    *(
        "#\u2060GegarAmerika",
        "@\u2060name",
        "/\u2060start",
        "www.\u2060example.\u2060org",
        "tg://\u2060resolve",
    ),
]


@pytest.mark.parametrize(("text", "link"), LINKED)
def test_what_telegram_links(text: str, link: tuple[str, str]) -> None:
    assert link in [(kind, text[begin:end]) for kind, begin, end in links(text)]


@pytest.mark.parametrize("text", NOT_LINKED)
def test_what_telegram_does_not_link(text: str) -> None:
    assert not list(links(text))


def mark(kind: str, offset: int, length: int, **more: object) -> Entity:
    return {"type": kind, "offset": offset, "length": length, **more}


def test_a_marked_link_takes_the_place_of_an_automatic_one() -> None:
    shown = formatted("see example.org", [mark("text_link", 4, 11, url="https://example.org")])
    assert shown.links == ()
    assert shown.marked("text_link") == ["example.org"]


def test_blanks_around_are_cut_and_entities_follow() -> None:
    shown = formatted("  a bold\n\n", [mark("bold", 4, 4)])
    assert shown == Formatted("a bold", ({"type": "bold", "offset": 2, "length": 4},))
    assert shown.marked("bold") == ["bold"]
    assert formatted(" x ", [mark("bold", 0, 3)]).marked("bold") == ["x"]
    assert formatted("x  ", [mark("bold", 1, 2)]).entities == ()


def test_places_count_in_utf16_and_lengths_in_characters() -> None:
    assert formatted("✊🏽 bold", [mark("bold", 4, 4)]).marked("bold") == ["bold"]
    assert formatted("🏴" * 4096, None).text
    with pytest.raises(Refused, match="too long"):
        formatted("x" * 4097, None)


BAD = [
    [mark("bold", 0, 0)],
    [mark("bold", -1, 2)],
    [mark("bold", 0, 9)],
    [mark("bold", 1, 2)],
    [mark("shout", 0, 2)],
    [mark("mention", 0, 2)],
    [mark("text_link", 0, 2)],
    [mark("text_link", 0, 2, url="javascript:alert(1)")],
    [mark("date_time", 0, 2)],
    [mark("date_time", 0, 2, unix_time=-1)],
    [mark("date_time", 0, 2, unix_time=1.5)],
    [mark("date_time", 0, 2, unix_time=1_796_119_200, date_time_format="rt")],
    [mark("date_time", 0, 2, unix_time=1_796_119_200, date_time_format="tD")],
    [mark("date_time", 0, 6, unix_time=1), mark("text_link", 2, 2, url="https://a.bc")],
    [mark("bold", 0, 4), mark("italic", 2, 4)],
    [mark("blockquote", 0, 6), mark("expandable_blockquote", 2, 2)],
    [mark("code", 0, 6), mark("bold", 2, 2)],
    [mark("bold", 2, 1)] * 2,
    [mark("bold", 2, 1)] * 101,
    ["bold"],
]


@pytest.mark.parametrize("entities", BAD)
def test_entities_nobody_may_send(entities: object) -> None:
    with pytest.raises(Refused):
        formatted("😀 text", entities)


def test_half_characters_are_no_text() -> None:
    with pytest.raises(Refused, match="UTF-8"):
        formatted("\ud83d", None)
