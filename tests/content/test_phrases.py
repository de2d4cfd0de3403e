"""Phrases and values in a reader's words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.phrases import Phrases, load_phrases
from bot.dialog.messages import Country, Day, Language, Names, Phrase, Value
from bot.dialog.text import Bold, Instant, Italic, Plain
from tests.content.planted import NOW, TIMES, Words, loaded, plant, tables

ONE = "msg.one"


def english(folder: Path, **phrases: Words) -> Phrases:
    plant(folder, "en", {**TIMES, **{f"msg.{key}": words for key, words in phrases.items()}})
    return loaded(folder)


def said(phrases: Phrases, value: Value, language: str = "en", zone: str = "UTC", now: datetime = NOW) -> str:
    return phrases.text(language, Phrase(ONE, {"value": value}), now, zone)


@pytest.mark.parametrize(
    ("language", "forms", "expected"),
    [
        ("en", ("one", "other"), {0: "other", 1: "one", 2: "other", 21: "other"}),
        ("ms", ("other",), {0: "other", 1: "other", 2: "other"}),
        ("fr", ("one", "many", "other"), {0: "one", 1: "one", 2: "other", 1_000_000: "many"}),
        ("pl", ("one", "few", "many"), {0: "many", 1: "one", 2: "few", 5: "many", 12: "many", 22: "few"}),
        (
            "ar",
            ("zero", "one", "two", "few", "many", "other"),
            {
                0: "zero",
                1: "one",
                2: "two",
                3: "few",
                10: "few",
                11: "many",
                99: "many",
                100: "other",
                103: "few",
            },
        ),
    ],
)
def test_a_count_takes_the_form_that_the_language_wants(
    tmp_path: Path, language: str, forms: tuple[str, ...], expected: dict[int, str]
) -> None:
    plant(tmp_path, "en", {ONE: ("{count} one", "{count} other")})
    plant(tmp_path, language, {ONE: tuple(f"{form} {{count}}" for form in forms)})
    phrases = loaded(tmp_path)
    found = {n: phrases.text(language, Phrase(ONE, count=n), NOW, "UTC").split()[0] for n in expected}
    assert found == expected


def test_a_form_of_one_single_number_may_leave_the_number_out(tmp_path: Path) -> None:
    phrases = english(tmp_path, one=("One organisation", "{count} organisations"))
    assert phrases.text("en", Phrase(ONE, count=1), NOW, "UTC") == "One organisation"
    assert phrases.text("en", Phrase(ONE, count=2000), NOW, "UTC") == "2,000 organisations"


def test_the_languages_words_come_first_then_its_base_then_english(tmp_path: Path) -> None:
    plant(tmp_path, "en", {"msg.a": "en a", "msg.b": "en b", "msg.c": "en c"})
    plant(tmp_path, "pt", {"msg.a": "pt a", "msg.b": "pt b"})
    plant(tmp_path, "pt-BR", {"msg.a": "br a"})
    phrases = loaded(tmp_path)
    texts = [phrases.text("pt-BR", Phrase(key), NOW, "UTC") for key in ("msg.a", "msg.b", "msg.c")]
    assert texts == ["br a", "pt b", "en c"]


@pytest.mark.parametrize("language", ["", "xx", "pt_br", "PT-br-x", "../../etc", "💥", "en-" + "a" * 5000])
def test_any_code_of_a_language_is_answered(tmp_path: Path, language: str) -> None:
    phrases = english(tmp_path, one="words {value}")
    assert said(phrases, datetime(2026, 2, 14, 10, tzinfo=UTC), language) == "words today 10:00 (GMT+00:00)"


def test_a_regional_hint_finds_the_language_offered(tmp_path: Path) -> None:
    plant(tmp_path, "en", {ONE: "x"})
    plant(tmp_path, "ms", {ONE: "x"})
    plant(tmp_path, "th", {ONE: "x"})
    tables(tmp_path, languages='en = "English"\nms = "Bahasa Malaysia"\n')
    phrases = loaded(tmp_path)
    assert phrases.languages == ("en", "ms")
    assert phrases.offered["ms"] == "Bahasa Malaysia"
    hints = ("ms", "ms-MY", "MS_my", "th", "", "zh-Hant-TW")
    assert [phrases.nearest(hint) for hint in hints] == ["ms", "ms", "ms", "en", "en", "en"]


def test_a_later_folder_wins_key_by_key(tmp_path: Path) -> None:
    plant(tmp_path / "a", "en", {"msg.a": "first a", "msg.b": "first b"})
    plant(tmp_path / "b", "en", {"msg.b": "second b"})
    phrases = loaded(tmp_path / "a", tmp_path / "b", tmp_path / "empty")
    assert phrases.text("en", Phrase("msg.a"), NOW, "UTC") == "first a"
    assert phrases.text("en", Phrase("msg.b"), NOW, "UTC") == "second b"


def test_markup_is_bold_and_italic_and_lines(tmp_path: Path) -> None:
    phrases = english(tmp_path, one="*{value}* and _so on_, a_b\nnext", two="_{value}_")
    reader = ("en", Phrase(ONE, {"value": "X"}), NOW, "UTC")
    assert phrases.text(*reader) == "X and so on, a_b\nnext"
    assert phrases.line("en", Phrase("msg.two", {"value": "X"}), NOW, "UTC") == (Italic("X"),)
    with pytest.raises(ValueError, match="unpack"):
        phrases.line(*reader)


def test_neighbours_of_one_style_are_one_piece(tmp_path: Path) -> None:
    phrases = english(tmp_path, one="a {value} b *{value}*")
    line = phrases.line("en", Phrase(ONE, {"value": "X"}), NOW, "UTC")
    assert line == (Plain("a X b "), Bold("X"))


@pytest.mark.parametrize(
    "value",
    [
        "{0.__class__}",
        "{value}",
        "{count}",
        "%s %(value)s",
        "*bold* _italic_",
        "</b><script>",
        "{",
        "}}",
        "\\n",
        "@everyone <@1>",
        "$value",
    ],
)
def test_what_people_write_is_never_read_as_anything(tmp_path: Path, value: str) -> None:
    phrases = english(tmp_path, one="«{value}»")
    assert phrases.line("en", Phrase(ONE, {"value": value}), NOW, "UTC") == (Plain(f"«{value}»"),)


def test_what_people_write_stays_on_its_line(tmp_path: Path) -> None:
    phrases = english(tmp_path, one="{value}!")
    assert said(phrases, "a\r\nb\u2028c\x00d\x85e") == "a b c d e!"


def test_what_people_write_cannot_turn_the_line_around(tmp_path: Path) -> None:
    phrases = english(tmp_path, one="{value}!")
    assert said(phrases, "a\u202eb\u2066c\u2069") == "abc!"
    assert said(phrases, "فلسطين") == "\u2068فلسطين\u2069!"
    assert said(phrases, "\u2069فلسطين") == "\u2068فلسطين\u2069!"
    assert said(phrases, "DinDeng (1)") == "DinDeng (1)!"


def test_a_latin_name_is_kept_apart_in_a_line_from_right_to_left(tmp_path: Path) -> None:
    plant(tmp_path, "en", {ONE: "{value}!"})
    plant(tmp_path, "ar", {ONE: "{value}!"})
    phrases = loaded(tmp_path)
    assert said(phrases, "DinDeng", "ar") == "\u2068DinDeng\u2069!"
    assert said(phrases, "فلسطين", "ar") == "فلسطين!"


def test_half_a_character_does_not_reach_the_wire(tmp_path: Path) -> None:
    assert said(english(tmp_path, one="{value}"), "a\ud800b").encode() == "a\ufffdb".encode()


@pytest.fixture(scope="module")
def quoting(tmp_path_factory: pytest.TempPathFactory) -> Phrases:
    return english(tmp_path_factory.mktemp("quoting"), one="«{value}»")


@settings(max_examples=200, deadline=None)
@given(value=st.text(st.characters(codec=None), max_size=60))
def test_no_text_breaks_a_line(quoting: Phrases, value: str) -> None:
    shown = said(quoting, value)
    assert len(shown.splitlines()) == 1
    assert shown.startswith("«")
    assert shown.endswith("»")
    shown.encode()


def test_a_phrase_inside_a_phrase_keeps_its_own_style(tmp_path: Path) -> None:
    phrases = english(tmp_path, one="see {value}", two="a *b*", three="*{value}*")
    inner = Phrase("msg.two")
    assert phrases.line("en", Phrase(ONE, {"value": inner}), NOW, "UTC") == (Plain("see a "), Bold("b"))
    assert phrases.line("en", Phrase("msg.three", {"value": inner}), NOW, "UTC") == (Bold("a b"),)


def test_numbers_are_written_as_the_language_does(tmp_path: Path) -> None:
    plant(tmp_path, "en", {ONE: "{value}"})
    plant(tmp_path, "fr", {ONE: "{value}"})
    phrases = loaded(tmp_path)
    assert said(phrases, 1234567) == "1,234,567"
    assert said(phrases, 1234567, "fr").replace("\u202f", " ") == "1 234 567"


def at(text: str, zone: timezone = UTC) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "zone", "expected"),
    [
        ("2026-02-14T10:00", "UTC", "today 10:00"),
        ("2026-02-14T00:00", "UTC", "today 00:00"),
        ("2026-02-14T23:59", "UTC", "today 23:59"),
        ("2026-02-15T00:00", "UTC", "tomorrow 00:00"),
        ("2026-02-13T23:59", "UTC", "yesterday 23:59"),
        ("2026-02-16T10:00", "UTC", "Monday 10:00"),
        ("2026-02-20T23:59", "UTC", "Friday 23:59"),
        ("2026-02-21T00:00", "UTC", "21 February 00:00"),
        ("2026-02-12T10:00", "UTC", "12 February 10:00"),
        ("2027-02-14T10:00", "UTC", "14 February 2027 10:00"),
        ("2026-02-14T17:30", "Asia/Bangkok", "tomorrow 00:30"),
        ("2026-02-14T16:30", "Asia/Bangkok", "today 23:30"),
        ("2026-02-14T07:30", "America/Los_Angeles", "yesterday 23:30"),
        ("2026-02-14T18:15", "Asia/Kathmandu", "tomorrow 00:00"),
    ],
)
def test_times_are_the_readers_own(tmp_path: Path, moment: str, zone: str, expected: str) -> None:
    text = said(english(tmp_path, one="{value}"), at(moment), zone=zone)
    assert text.partition(" (")[0] == expected


@pytest.mark.parametrize(
    ("moment", "zone", "expected"),
    [
        ("2026-02-14T10:00", "UTC", "GMT+00:00"),
        ("2026-02-14T10:00", "Asia/Kuala_Lumpur", "GMT+08:00"),
        ("2026-02-14T10:00", "Asia/Kathmandu", "GMT+05:45"),
        ("2026-02-14T10:00", "America/New_York", "GMT-05:00"),
        ("2026-07-14T10:00", "America/New_York", "GMT-04:00"),
    ],
)
def test_a_time_says_its_zone(tmp_path: Path, moment: str, zone: str, expected: str) -> None:
    assert said(english(tmp_path, one="{value}"), at(moment), zone=zone).endswith(f" ({expected})")


@pytest.mark.parametrize("written", ["at {value}.", "at *{value}*.", "at _{value}_."])
def test_a_time_is_a_piece_of_its_own_which_a_platform_may_show_by_another_clock(
    tmp_path: Path, written: str
) -> None:
    phrases, moment = english(tmp_path, one=written), at("2026-02-14T10:00")
    line = phrases.line("en", Phrase(ONE, {"value": moment}), NOW, "UTC")
    assert line == (Plain("at "), Instant("today 10:00 (GMT+00:00)", moment), Plain("."))


def test_a_time_inside_a_phrase_inside_a_phrase_stays_one(tmp_path: Path) -> None:
    plant(tmp_path, "en", {**TIMES, "msg.a": "*{inner}*", "msg.b": "from {a}{b}"})
    one, two = at("2026-02-14T10:00"), at("2026-02-14T11:00")
    phrase = Phrase("msg.a", {"inner": Phrase("msg.b", {"a": one, "b": two})})
    line = loaded(tmp_path).line("en", phrase, NOW, "UTC")
    assert [type(piece) for piece in line] == [Bold, Instant, Instant]


def test_the_reader_s_day_is_that_of_their_zone(tmp_path: Path) -> None:
    phrases = english(tmp_path, one="{value}")
    late = datetime(2026, 2, 14, 20, tzinfo=UTC)
    assert said(phrases, late + timedelta(hours=1), zone="UTC", now=late) == "today 21:00 (GMT+00:00)"
    assert (
        said(phrases, late - timedelta(hours=4), zone="Asia/Bangkok", now=late)
        == "yesterday 23:00 (GMT+07:00)"
    )
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert said(phrases, Day(date(2026, 12, 31)), now=new_year) == "31 December"
    assert said(phrases, Day(date(2026, 12, 31)), now=new_year, zone="Asia/Tokyo") == "31 December 2026"


def test_an_hour_that_comes_twice_is_told_apart_by_its_zone(tmp_path: Path) -> None:
    phrases = english(tmp_path, one="{value}")
    now = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    times = [said(phrases, now + timedelta(minutes=m), zone="Europe/Paris", now=now) for m in (30, 90)]
    assert times == ["today 02:30 (GMT+02:00)", "today 02:30 (GMT+01:00)"]


def test_days_have_the_year_when_it_is_another_or_asked_for(tmp_path: Path) -> None:
    phrases = english(tmp_path, one="{value}")
    assert said(phrases, Day(date(2026, 12, 31))) == "31 December"
    assert said(phrases, Day(date(2025, 2, 14))) == "14 February 2025"
    assert said(phrases, Day(date(2026, 12, 31), year=True)) == "31 December 2026"


def test_days_and_times_in_another_language(tmp_path: Path) -> None:
    plant(tmp_path, "en", {**TIMES, ONE: "{value}"})
    plant(tmp_path, "ms", {**TIMES, ONE: "{value}", "time.today": "hari ini {time}"})
    phrases = loaded(tmp_path)
    assert said(phrases, at("2026-02-14T18:00"), "ms") == "hari ini 18:00 (GMT+00:00)"
    assert said(phrases, at("2026-02-16T18:00"), "ms") == "Isnin 18:00 (GMT+00:00)"
    assert said(phrases, Day(date(2026, 2, 14)), "ms") == "14 Februari"


def test_countries_and_languages_have_their_names(tmp_path: Path) -> None:
    plant(tmp_path, "en", {ONE: "{value}"})
    plant(tmp_path, "ms", {ONE: "{value}"})
    tables(tmp_path, places='[PS]\nen = "Palestine"\n[HK]\nms = "Hong Kong"\n')
    phrases = loaded(tmp_path)
    assert [said(phrases, Country(c), "en") for c in ("PS", "TH", "ZZX")] == ["Palestine", "Thailand", "ZZX"]
    assert [said(phrases, Country(c), "ms") for c in ("HK", "PH")] == ["Hong Kong", "Filipina"]
    assert [said(phrases, Language(c)) for c in ("th", "pt-BR")] == ["Thai", "Brazilian Portuguese"]


def test_names_are_listed_as_the_language_does_and_each_stays_inert(tmp_path: Path) -> None:
    for language in ("en", "id", "th"):
        plant(tmp_path, language, {ONE: "{value}."})
    phrases = loaded(tmp_path)
    names = Names(("A *b*", "C\u202e\nd", "E"))
    assert said(phrases, names) == "A *b*, C d and E."
    assert said(phrases, names, "id") == "A *b*, C d, dan E."
    assert said(phrases, Names(("A", "فلسطين"))) == "A and \u2068فلسطين\u2069."
    assert (said(phrases, Names(("A",))), said(phrases, Names(()))) == ("A.", ".")


def test_a_later_folder_adds_names_of_places(tmp_path: Path) -> None:
    plant(tmp_path / "a", "en", {ONE: "{value}"})
    plant(tmp_path / "a", "ms", {ONE: "{value}"})
    tables(tmp_path / "a", places='[PS]\nen = "Palestine"\nms = "Palestin"\n')
    tables(tmp_path / "b", places='[PS]\nms = "Negara Palestin"\n')
    phrases = loaded(tmp_path / "a", tmp_path / "b")
    names = [said(phrases, Country("PS"), language) for language in ("en", "ms")]
    assert names == ["Palestine", "Negara Palestin"]


def test_a_missing_phrase_a_missing_value_and_a_missing_count_are_bugs(tmp_path: Path) -> None:
    phrases = english(tmp_path, one="{value}", two=("{count} a", "{count} b"))
    for phrase in (Phrase("msg.none"), Phrase(ONE), Phrase("msg.two")):
        with pytest.raises(KeyError, match="msg"):
            phrases.text("en", phrase, NOW, "UTC")
    with pytest.raises(KeyError):
        said(phrases, NOW, zone="Mars/Base")
    with pytest.raises(ValueError, match="without a zone"):
        said(phrases, NOW.replace(tzinfo=None))


def test_a_phrase_at_fault_falls_back_to_english(tmp_path: Path) -> None:
    plant(tmp_path, "en", {ONE: "Hello {name}"})
    plant(tmp_path, "ms", {ONE: "Selamat {nama}"})
    phrases, faults = load_phrases([tmp_path])
    assert phrases.text("ms", Phrase(ONE, {"name": "X"}), NOW, "UTC") == "Hello X"
    assert len(faults) == 1


def test_the_template_is_the_phrase_as_written(tmp_path: Path) -> None:
    phrases = english(tmp_path, one="*{value}*", two=("{count} a", "{count} b"))
    assert phrases.template("ms", ONE) == "*{value}*"
    assert phrases.template("en", "msg.two") == "{count} a\n{count} b"
