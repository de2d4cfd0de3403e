"""The small parts: printed lines, places, languages, slips, slugs, dates, escapes, encodings."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.importing.dates import named_days, printed_date
from bot.content.importing.decoding import decode
from bot.content.importing.furniture import furniture, is_caption
from bot.content.importing.initiator import initiator_name
from bot.content.importing.language import guess
from bot.content.importing.notation import escaped, markdown
from bot.content.importing.page import Line
from bot.content.importing.printed import Printed, split_line
from bot.content.importing.reading import read
from bot.content.importing.shapes import Shape, line_shape
from bot.content.importing.slip import other_ordinals, slips
from bot.content.importing.slug import slugify, unique
from bot.content.importing.territory import territory
from bot.content.markup import read as read_markup
from bot.dialog.text import plain


def line(text: str, heading: int = 0) -> Line:
    return Line(1, " ".join(text.split()), 0, heading)


def nobody(printed: Printed) -> bool:
    return not printed.name


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Kites / Layang-layang (KL), Malaysia",
            Printed("Kites", "Layang-layang", "", "KL", "MY", "Malaysia"),
        ),
        ("وایت / Kites, Iran", Printed("Kites", "", "وایت", "", "IR", "Iran")),
        (
            "Kites of Asia (Left Wing), Nepal",
            Printed("Kites of Asia (Left Wing)", country="NP", place="Nepal"),
        ),
        ("Kites (South Africa)", Printed("Kites", country="ZA", place="South Africa")),
        ("Kites, Papua/Indonesia", Printed("Kites", country="ID", place="Papua/Indonesia")),
        ("Kite Workers Thailand", Printed("Kite Workers Thailand", country="TH")),
        ("Kites, the Philippines", Printed("Kites", country="PH", place="the Philippines")),
        ("Kites, Upper Valley", Printed("Kites, Upper Valley")),
        ("", Printed("")),
    ],
)
def test_parts_of_a_printed_line(text: str, parts: Printed) -> None:
    assert split_line(text) == parts


def test_places_in_many_words() -> None:
    codes = {
        text: found.country
        for text in ("USA", "Viet Nam", "Burma", "Filipina", "ไทย", "Scotland", "Türkiye", "U.K.")
        if (found := territory(text))
    }
    assert codes == {
        "USA": "US",
        "Viet Nam": "VN",
        "Burma": "MM",
        "Filipina": "PH",
        "ไทย": "TH",
        "Scotland": "GB",
        "Türkiye": "TR",
        "U.K.": "GB",
    }
    assert territory("European Union") is None
    assert territory("x" * 100) is None


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("Kite Makers Union, Nepal", Shape.HEADING),
        ("#PaperPlanes, Malaysia", Shape.HEADING),
        ("Kite Makers International", Shape.MAYBE_HEADING),
        ("Asha Rai, General Secretary", Shape.SIGNER),
        ("Asha Rai, Kite Makers Union, Nepal", Shape.SIGNER),
        ("Asha Rai, International Desk, The Kite Makers Union (Nepal)", Shape.SIGNER),
        ("Central Committee of the Kite Makers", Shape.NAME),
        ("Asha Rai", Shape.NAME),
        ("Long live the kites of Nepal and Peru", Shape.TEXT),
        ("In Solidarity", Shape.TEXT),
        ("We write to you from the hills, Nepal", Shape.TEXT),
        ("Kathmandu, 3 May 2021", Shape.DATED),
        ("Fly high!", Shape.TEXT),
    ],
)
def test_shapes_of_lines(text: str, shape: Shape) -> None:
    assert line_shape(line(text), nobody) is shape


def test_what_furniture_is_and_what_is_not() -> None:
    assert furniture(line("For more information, contact the office")) == "contact line"
    assert furniture(line("Please fill in the form below")) == "sign-on form line"
    assert furniture(line("Share this:")) == "page button"
    assert furniture(line("They ask for money in the form of loans")) == ""
    assert furniture(line("Contact with friends abroad kept us going")) == ""
    assert is_caption(line("children with kites"))
    assert not is_caption(line("Children fly kites."))


def test_who_started_it() -> None:
    assert initiator_name("The Kite Council has launched a joint statement against wires.") == "Kite Council"
    assert initiator_name("An appeal initiated by the Kite Council, open to all") == "Kite Council"
    assert initiator_name("Pernyataan ini digagas oleh Serikat Layang-layang.") == "Serikat Layang-layang"
    assert initiator_name("Israel has launched an attack on the harbour") == ""


def test_slips_are_told_once_and_only_where_one_letter_differs() -> None:
    lines = [
        line("From Port Dawn to Port Dawn, and to Port Down. Port Dune is far."),
        line("Kite People, Kite Peoples"),
    ]
    assert [doubt.sentence for doubt in slips(lines)] == [
        "“Port Down” looks like a slip: “Port Dawn” stands elsewhere."
    ]
    assert slips([line("West Bank, West Bank"), line("NATO Pact NATA Pact")]) == []


def test_other_ordinals() -> None:
    lines = [
        line("your 8th national congress"),
        line("the 9th congress"),
        line("our 2nd strike"),
        line("9 th Annual Congress"),
    ]
    assert [doubt.sentence[:24] for doubt in other_ordinals("To the 9th Congress of X", lines)] == [
        "This line says number 8,"
    ]
    assert other_ordinals("To our friends", lines) == []


def test_languages() -> None:
    texts = {
        "en": "We stand with the people of the river and with all who are there.",
        "ms": "Kami berdiri bersama rakyat kerana mereka telah dihalau daripada rumah oleh kerajaan.",
        "id": "Kami berdiri bersama rakyat karena mereka telah diusir dari rumah oleh pemerintah.",
        "fil": "Nakikiisa kami sa mga manggagawa ng daungan at sa kanilang laban para sa sahod na sapat.",
        "es": "Estamos con el pueblo de los ríos y con todos los que luchan por la tierra en el sur.",
        "fr": "Nous sommes avec les peuples des rivières et avec tous ceux qui luttent pour la terre.",
        "vi": "Chúng tôi đoàn kết với những người lao động ở bến cảng và gia đình của họ.",
        "th": "เราขอแสดงความสมานฉันท์กับคนงานท่าเรือ",
        "my": "ကျွန်ုပ်တို့သည် အလုပ်သမားများနှင့် အတူရပ်တည်ပါသည်",
        "ar": "نتضامن مع عمال الميناء ومع عائلاتهم",
    }
    assert {guess(text).language for text in texts.values()} == texts.keys()
    assert all(guess(text).language == language for language, text in texts.items())
    assert not guess("Kites").sure
    assert not guess("the kites of the hills").sure
    assert not guess("untuk rakyat dan kongres yang tidak akan pada di dalam").sure
    assert guess("").language == "en"


def test_slugs() -> None:
    assert slugify("Vänsterpartiet – Ørsted’s Łódź!") == "vansterpartiet-orsteds-lodz"
    assert slugify("The Friends of the Long and Winding Road to the Sea") == "friends-long-winding-road-sea"
    assert slugify("x" * 100) == "x" * 40
    assert slugify("ไทย") == ""
    assert unique("kites", {"kites", "kites-2"}, "") == "kites-3"
    assert unique("", set(), "spare") == "spare"
    assert len(unique("x" * 40, {"x" * 40}, "")) == 40


def test_dates() -> None:
    lines = [
        line("A very long line that says something about 3 May 2020 and goes on"),
        line("Posted on June 4th, 2021"),
    ]
    assert printed_date(lines) == (date(2021, 6, 4), 1)
    assert printed_date([line("31 Februari 2020"), line("12 Mac 2020")]) == (date(2020, 3, 12), 1)
    assert printed_date([line("no date")]) is None
    assert named_days([line("on 15-17 July 2022, in"), line("15–17 July 2022")]) == (
        date(2022, 7, 15),
        date(2022, 7, 17),
    )
    assert named_days([line("17-15 July 2022")]) == ()


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=30))
def test_escaped_text_reads_as_it_was(word: str) -> None:
    for text in (word, f"{word} {word}", f"a{word}b *{word}*", f"1. {word}"):
        assert plain(read_markup(escaped(text))) == text


def test_an_entity_stays_five_characters_in_any_markdown() -> None:
    assert escaped("salt &amp; sea & air") == "salt \\&amp; sea & air"


def test_lists_become_lists() -> None:
    page = read("We ask:\n\n• one;\n\n• two;\n\n3. three\n4. four\n\nEnd - of it.\n".encode(), "page.txt")
    assert markdown(page.blocks) == "We ask:\n\n- one;\n- two;\n\n3. three\n4. four\n\nEnd - of it."


def test_decoding() -> None:
    assert decode("é\u202e".encode()).text == "é⟨U+202E⟩"
    assert decode("e\u0301".encode()).text == "é"
    assert decode("“quoted”".encode("cp1252")).text == "“quoted”"
    assert decode("æ".encode(), "nonsense").encoding == "utf-8"
    assert decode("słowo".encode("iso8859-2"), "iso8859-2").text == "słowo"
    assert decode("Ã©".encode()).twice
    assert decode(b"\x81\x8d\x00\x01" * 5).binary
    assert not decode(b"plain").hidden


def test_numbers_that_stick_to_names_are_parted() -> None:
    assert [each.text for each in read(b"1.Kites\n2.Paper\n3.5 kilos", "page.txt").lines] == [
        "1. Kites",
        "2. Paper",
        "3.5 kilos",
    ]
