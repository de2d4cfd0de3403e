from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaign.refs import AccountRef, ChatRef
from bot.campaign.refusal import Refusal
from bot.dialog.messages import Came, Incoming, Key
from bot.platforms.console.reading import (
    Card,
    Local,
    Picked,
    Seat,
    check_name,
    goes_on,
    join_lines,
    private_chat,
    read,
    typed,
)
from tests.platforms.console.cards import DESK, HOME, HOSTILE

MIRA = Seat("mira", locale="ms")
AT_DESK = Seat("mira", DESK, administrator=True, called="Mira O.")
KEYS = (
    Key("Sign for an organisation", "c"),
    Key("‹ Back", "b"),
    Key("☐ The organisers may write to me", "w"),
    Key("Open our chat", start="s-sign"),
    Key("Share it", url="https://example.org/"),
)


def meaning(line: str, seat: Seat = MIRA, keys: tuple[Key, ...] = KEYS) -> Incoming:
    found = read(line, seat, Card(seat.here, keys), seat.here, "e1")
    assert isinstance(found, Incoming)
    return found


@pytest.mark.parametrize(
    ("line", "name", "args"),
    [
        ("/start", "start", ""),
        ("  /Start palestine ", "start", "palestine"),
        ("/sign@solidarity_bot  PSM, Malaysia", "sign", "PSM, Malaysia"),
        ("/list\ntwo", "list", "two"),
        ("/unknown_1", "unknown_1", ""),
    ],
)
def test_a_command_has_a_name_and_arguments(line: str, name: str, args: str) -> None:
    found = meaning(line)
    assert (found.came, found.name, found.args) == (Came.COMMAND, name, args)


@pytest.mark.parametrize("line", ["/", "//start", "/ start", "/usr/bin", "/1", "/ภาษา", "1 /start"])
def test_what_only_looks_like_a_command_is_words(line: str) -> None:
    found = meaning(line)
    assert (found.came, found.text) == (Came.WORDS, line)


@pytest.mark.parametrize("line", ["1", " 1 ", "[1]", "๑", "١", "01"])
def test_a_number_presses_the_button_it_counts(line: str) -> None:
    found = meaning(line)
    assert (found.came, found.data) == (Came.PRESS, "c")


@pytest.mark.parametrize("line", ["0", "6", "-1", "1.", "1 2", "1111", "²", "1e0", "99999999999999999999"])
def test_a_number_without_a_button_is_words(line: str) -> None:
    assert meaning(line).came is Came.WORDS


def test_a_number_is_words_where_the_card_has_no_buttons() -> None:
    found = meaning("1", keys=())
    assert (found.came, found.text) == (Came.WORDS, "1")


@pytest.mark.parametrize(
    ("line", "data"),
    [
        ("Sign for an organisation", "c"),
        ("SIGN FOR AN  ORGANISATION", "c"),
        ("‹ Back", "b"),
        ("back", "b"),
        ("☑ the organisers may write to me", "w"),
        ("the organisers may write to me", "w"),
    ],
)
def test_a_label_presses_its_button(line: str, data: str) -> None:
    found = meaning(line)
    assert (found.came, found.data) == (Came.PRESS, data)


def test_a_part_of_a_label_is_words() -> None:
    assert meaning("sign for").came is Came.WORDS


def test_a_label_that_two_buttons_share_is_words_and_their_numbers_still_work() -> None:
    twins = (Key("Praxis", "p1"), Key("praxis", "p2"))
    assert meaning("Praxis", keys=twins).came is Came.WORDS
    assert meaning("2", keys=twins).data == "p2"


def test_a_label_of_signs_alone_can_be_typed_and_nothing_else_finds_it() -> None:
    arrows = (Key("‹", "left"), Key("›", "right"))
    assert meaning("›", keys=arrows).data == "right"
    assert meaning("·", keys=arrows).came is Came.WORDS


def test_the_label_of_a_number_works_where_no_button_is_counted_so_far() -> None:
    assert meaning("1984", keys=(Key("1984", "y"),)).data == "y"


@pytest.mark.parametrize(
    ("line", "text"), [("'1", "1"), ("' 1", "1"), ("'/start", "/start"), ("'Back", "Back")]
)
def test_a_leading_quote_makes_words(line: str, text: str) -> None:
    found = meaning(line)
    assert (found.came, found.text) == (Came.WORDS, text)


@pytest.mark.parametrize("line", ["'s-Hertogenbosch", "'", "''1"])
def test_a_name_that_begins_with_a_quote_keeps_it(line: str) -> None:
    assert meaning(line).text == line


def test_a_button_that_opens_the_private_chat_starts_there() -> None:
    found = meaning("4", AT_DESK)
    assert (found.came, found.name, found.args) == (Came.COMMAND, "start", "s-sign")
    assert (found.chat, found.private, found.administrator) == (HOME, True, None)


def test_a_button_with_an_address_is_given_back() -> None:
    assert read("share it", MIRA, Card(HOME, KEYS), HOME, "e1") == KEYS[4]


def test_alone_with_the_bot() -> None:
    found = meaning("hello")
    assert (found.chat, found.private, found.administrator) == (HOME, True, None)
    assert (found.person, found.called, found.locale, found.event) == (
        AccountRef("console", "mira"),
        "mira",
        "ms",
        "e1",
    )


def test_in_a_room() -> None:
    found = meaning("/list", AT_DESK)
    assert (found.chat, found.private, found.administrator) == (DESK, False, True)
    assert (found.person, found.called) == (AccountRef("console", "mira"), "Mira O.")


def test_in_a_room_words_go_where_the_talk_is_and_commands_to_the_room() -> None:
    card = Card(HOME, KEYS)
    words = read("Socialist Alliance", AT_DESK, card, HOME, "e1")
    press = read("1", AT_DESK, card, DESK, "e2")
    command = read("/list", AT_DESK, card, HOME, "e3")
    assert [one.chat for one in (words, press, command) if isinstance(one, Incoming)] == [HOME, HOME, DESK]


@pytest.mark.parametrize(
    ("line", "local"),
    [
        ("", Local.NOTHING),
        ("  \t", Local.NOTHING),
        ("\x1b[A", Local.NOTHING),
        ("/quit", Local.LEAVE),
        (" /EXIT", Local.LEAVE),
    ],
)
def test_what_the_console_does_itself(line: str, local: Local) -> None:
    assert read(line, MIRA, Card(HOME), HOME, "e1") is local


@pytest.mark.parametrize("line", HOSTILE)
def test_no_control_character_comes_in(line: str) -> None:
    found = read(line, MIRA, Card(HOME, KEYS), HOME, "e1")
    text = found.text if isinstance(found, Incoming) else ""
    assert {c for c in text if unicodedata.category(c) in {"Cc", "Cs"}} <= {"\n"}


@given(st.text())
def test_any_line_means_something(line: str) -> None:
    found = read(line, MIRA, Card(HOME, (Key(line, "x"), *KEYS)), HOME, "e1")
    assert isinstance(found, (Incoming, Local, Key))


@given(st.text("‹›☐☑·… aBçก", min_size=1).filter(str.strip))
def test_every_label_can_be_typed_as_it_is_completed(label: str) -> None:
    assert meaning(typed(label), keys=(Key(label, "x"),)).data == "x"


def test_a_line_of_a_million_characters_is_words() -> None:
    assert len(meaning("ก" * 1_000_000).text) == 1_000_000


def test_a_line_goes_on_after_a_single_backslash() -> None:
    assert [goes_on(line) for line in ("a\\", "a", "a\\\\", "", "\\")] == [True, False, False, False, True]


def test_lines_that_go_on_are_one_answer() -> None:
    assert join_lines(["one\\", "two\\", "three"]) == "one\ntwo\nthree"
    assert join_lines(["C:\\\\"]) == "C:\\"
    assert join_lines(["unfinished\\"]) == "unfinished"


@pytest.mark.parametrize("name", ["mira", "Mira.O", "ดินแดง", "desk-2", "စည်း", "x" * 64])
def test_a_name_for_a_seat(name: str) -> None:
    assert check_name(f" {name} ") == name


@pytest.mark.parametrize(
    "name", ["", " ", "@mira", "#desk", "a/b", "a:b", "..", "-x", "a b", "a\x1b[1m", "a\\b", "x" * 65, "a@b"]
)
def test_a_name_that_could_be_taken_for_something_else_is_refused(name: str) -> None:
    assert check_name(name) == Refusal("console.name")


def test_a_private_chat_is_no_room() -> None:
    assert private_chat(AccountRef("console", "desk")) == ChatRef("console", "@desk") != DESK


@pytest.mark.parametrize(
    ("line", "path", "words"),
    [
        ("/file names.csv", "names.csv", ""),
        ("/FILE  ~/my lists/names.csv ", "~/my lists/names.csv", ""),
        ("/file ~/my\\ lists/names.csv", "~/my lists/names.csv", ""),
        ("/file '~/my lists/names.csv'", "~/my lists/names.csv", ""),
        ('/file "names.csv" from the form', "names.csv", "from the form"),
        ("/file \"mira's.csv\" 'all'", "mira's.csv", "'all'"),
        ("/file 'mira's names.csv", "mira", "s names.csv"),
        ('/file "names.csv', '"names.csv', ""),
        ("/file ''", "''", ""),
    ],
)
@pytest.mark.parametrize("seat", [MIRA, AT_DESK])
def test_a_file_goes_to_the_bot_alone(line: str, path: str, words: str, seat: Seat) -> None:
    found = read(line, seat, Card(seat.here, KEYS), seat.here, "e1")
    assert isinstance(found, Picked)
    assert (found.path, found.incoming.came, found.incoming.text) == (path, Came.FILE, words)
    assert (found.incoming.chat, found.incoming.private) == (seat.home, True)


def test_a_command_beside_a_file() -> None:
    found = read('/file "page.html" /new palestine', MIRA, Card(HOME, KEYS), HOME, "e1")
    assert isinstance(found, Picked)
    assert (found.incoming.came, found.incoming.name, found.incoming.args) == (
        Came.COMMAND,
        "new",
        "palestine",
    )


@pytest.mark.parametrize("seat", [MIRA, AT_DESK])
def test_words_that_are_handed_on(seat: Seat) -> None:
    found = meaning("/forward Please add Praxis,\nIndonesia", seat)
    assert (found.came, found.text, found.forwarded) == (
        Came.WORDS,
        "Please add Praxis,\nIndonesia",
        True,
    )
    assert found.chat == seat.home


@pytest.mark.parametrize("line", ["/file", "/file  ", "/forward"])
def test_the_consoles_own_commands_alone_say_how(line: str) -> None:
    assert read(line, MIRA, Card(HOME, KEYS), HOME, "e1") == Refusal("console.files")
