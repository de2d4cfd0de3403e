"""Names read out of mails and typed words; what may be no name is left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.importing.mail import MOST_NAMES, read_request

Found = list[tuple[int, str, str]]


def found(text: str) -> Found:
    return [(row.line, row.name, row.country) for row in read_request(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Wind Watch, Nepal",
        "Wind Watch (Nepal)",
        "1. Wind Watch – Nepal",
        "Please add Wind Watch, Nepal. Regards, A. N.",
        "Hello! Could you please add our organisation Wind Watch from Nepal to the list? Thanks",
        "please include: Wind Watch, Nepal",
        "Add Wind Watch, Nepal",
        "On behalf of Wind Watch, Nepal, we endorse the statement.",
        "Salam sejahtera, sila tambah Wind Watch, Nepal ke dalam senarai. Terima kasih, A. N.",
        "Mohon tambahkan organisasi kami Wind Watch dari Nepal ke daftar.",
        "Atas nama Wind Watch, Nepal, kami mendukung pernyataan ini.",
        "Pakidagdag po ang Wind Watch, Nepal sa listahan. Maraming salamat, A. N.",
        "Sa ngalan ng Wind Watch, Nepal, ako ay lumalagda.",
        "Estimadas compañeras: por favor, añadan a Wind Watch, Nepal a la lista. Saludos, A. N.",
        "En nombre de Wind Watch, Nepal, nosotros firmamos.",
        "Bonjour, merci d’ajouter Wind Watch, Népal à la liste. Cordialement, A. N.",
        "Veuillez inscrire Wind Watch (Népal) parmi les signataires.",
        "โปรดเพิ่ม Wind Watch, เนปาล ในรายชื่อ",
    ],
)
def test_one_name_and_its_country_in_seven_languages(text: str) -> None:
    assert found(text) == [(1, "Wind Watch", "NP")]


def test_thai_sets_a_blank_before_the_country() -> None:
    assert found("กรุณาเพิ่มชื่อ กลุ่มว่าว ประเทศไทย ในรายชื่อ ขอบคุณค่ะ") == [(1, "กลุ่มว่าว", "TH")]


def test_acronym_and_place_are_told_apart() -> None:
    (row,) = read_request("Papuan Kites (PK), Papua/Indonesia")
    assert (row.name, row.acronym, row.country, row.place) == ("Papuan Kites", "PK", "ID", "Papua/Indonesia")


def test_several_names_on_one_line_and_on_several() -> None:
    text = "Please add Paper, Glue and Kites Union, Peru and Wind Watch from Nepal; String (Sri Lanka)"
    assert found(text) == [
        (1, "Paper, Glue and Kites Union", "PE"),
        (1, "Wind Watch", "NP"),
        (1, "String", "LK"),
    ]
    assert found("Kites, Peru\n\n• Wind Watch, Nepal\n") == [(1, "Kites", "PE"), (3, "Wind Watch", "NP")]


MAIL = """\
FYI, see below.

--
C. N., Somewhere House, Peru

---------- Forwarded message ---------
From: A. N. <kites@example.org>
Date: Mon, 12 Feb 2024
Subject: sign on, Nepal
To: desk@example.org

Dear comrades,

thank you for the statement. Please add these organisations to the list:

- Kite Makers Union, Nepal
- String International
Wind Watch, Sri Lanka

We met in Jakarta, Indonesia.

In solidarity,
A. N.
Glue Workers, Secretary, Nepal
On Sun, 11 Feb 2024, B wrote:
> Please add Old Name, Peru
"""


def test_a_forwarded_mail_gives_its_list_alone() -> None:
    assert found(MAIL) == [
        (16, "Kite Makers Union", "NP"),
        (17, "String International", ""),
        (18, "Wind Watch", "LK"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello what is this",
        "Thanks",
        "Please add us to the list",
        "Please add a comma in the second line.",
        "Wind Watch",
        "See you in Jakarta, Indonesia.",
        "A. N., Secretary, Nepal",
        "It is done.\nRegards,\nWind Watch, Nepal",
        "12 Kite Road, Nepal",
        "Nepal, Peru",
        "Please add https://example.org/x, Nepal",
        "Please add kites@example.org",
        "> Wind Watch, Nepal",
        "Dear Wind Watch, Nepal",
        "Kami tambah ahli baru minggu ini.",
        "Salamat po, Nepal",
    ],
)
def test_what_is_no_name_is_left_out(text: str) -> None:
    assert found(text) == []


def test_the_same_name_twice_is_marked() -> None:
    rows = read_request("Wind Watch, Nepal\nWIND WATCH (Nepal)\n")
    assert [row.doubt for row in rows] == ["", "row.double"]


def test_signs_that_nobody_sees_make_a_name_doubtful_and_so_leave_it_out() -> None:
    assert found("Wind\u202e Watch, Nepal") == []


def test_so_many_names_and_no_more() -> None:
    assert (
        len(found("".join(f"Wind {chr(65 + n // 26)}{chr(65 + n % 26)}, Nepal\n" for n in range(99))))
        == MOST_NAMES
    )


WORDS = st.sampled_from(
    [
        "Please add ",
        "Wind",
        ", ",
        "Nepal",
        "\n",
        "- ",
        "and ",
        "(",
        ")",
        ". ",
        "from ",
        ":",
        "Regards, ",
        "โปรดเพิ่ม",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=20).map("".join)))
def test_any_text_gives_names_on_one_line(text: str) -> None:
    for row in read_request(text):
        assert row.name
        assert len(row.name.splitlines()) == 1


@pytest.mark.parametrize(
    "unit", ["please add ", " ", "a,", "Wind Watch, Nepal and ", "\n", "(", "to the ", "on behalf of "]
)
def test_a_megabyte_ends_well(unit: str) -> None:
    assert len(read_request(unit * (1_000_000 // len(unit)))) <= MOST_NAMES


def test_a_typed_name_with_an_acronym_and_a_place_is_never_dropped() -> None:
    lines = "Praxis, Indonesia\nDinDeng, Thailand\nEurope solidaire sans frontières (ESSF), France"
    assert [row.acronym or row.name for row in read_request(lines)] == ["Praxis", "DinDeng", "ESSF"]
