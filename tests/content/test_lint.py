"""Every fault planted in the words is found, with its file and its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content.catalog import Fault
from bot.content.lint import faults
from bot.content.phrases import load_phrases
from bot.content.po import read_entries
from tests.content.planted import FIRST_LINE, Words, plant, tables

WORDS = 'everywhere = ["hash*", "UTC"]\nen = ["proof"]\nms = ["*sah"]\n'
GOOD: dict[str, Words] = {
    "b.sign": "Sign",
    "card.one": "Hello *{name}*",
    "card.many": ("{count} name", "{count} names"),
}
MALAY: dict[str, Words] = {
    "b.sign": "Tandatangan",
    "card.one": "Selamat *{name}*",
    "card.many": ("{count} nama",),
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    plant(tmp_path, "en", GOOD)
    plant(tmp_path, "ms", MALAY)
    tables(tmp_path, languages='en = "English"\nms = "Bahasa Malaysia"\n', words=WORDS)
    return tmp_path


def found(data: Path) -> list[tuple[str, int, str]]:
    """Faults as the end of the file's path, the line, and the sentence."""
    return [
        (Path(f.file).relative_to(data / "locales").as_posix(), f.line, f.sentence) for f in faults([data])
    ]


def only(data: Path) -> tuple[str, int, str]:
    (fault,) = found(data)
    return fault


def test_good_words_have_no_fault(data: Path) -> None:
    assert faults([data]) == ()
    assert load_phrases([data])[1] == ()


@pytest.mark.parametrize(
    ("line", "wrong", "told", "says"),
    [
        (5, 'msgid "b.sign', 5, "not understood"),
        (6, 'msgstr "Sign" x', 6, "not understood"),
        (6, 'msgstr: "Sign"', 6, "not understood"),
        (6, "<<<<<<< HEAD", 6, "not understood"),
        (6, 'msgstr "a"b"', 6, "not understood"),
        (6, 'msgstr "a\\"', 6, "not understood"),
        (7, 'msgid "b.sign"', 7, "same key stands in line 5"),
        (6, "", 5, "missing msgstr"),
        (5, 'msgid "Sign"', 5, "a key is small words"),
        (10, 'msgid_plural "{count} names"', 9, "a key is small words"),
        (11, 'msgstr[0] ""', 9, "every plural form"),
        (11, 'msgstr[5] "{count} name"', 9, "more translations"),
        (8, 'msgstr "Hello {name"', 7, "a lost “{”"),
        (8, 'msgstr "Hello {}"', 7, "a lost “{”"),
        (8, 'msgstr "Hello {Name}"', 7, "a lost “{”"),
        (8, 'msgstr "Hello {name.x}"', 7, "a lost “{”"),
        (8, 'msgstr "Hello {name!r}"', 7, "a lost “{”"),
        (8, 'msgstr "Hello *{name}"', 7, "not closed"),
        (8, 'msgstr "Hello *{name}\\n*"', 7, "not closed"),
        (8, 'msgstr "Hello * {name}*"', 7, "neither opens nor closes"),
        (8, 'msgstr "Hello *{name} *"', 7, "neither opens nor closes"),
        (8, 'msgstr "Hello **{name}**"', 7, "neither opens nor closes"),
        (8, 'msgstr "Hello *_{name}_*"', 7, "neither opens nor closes"),
        (8, 'msgstr "He*llo {name}"', 7, "a lost “*”"),
    ],
)
def test_a_malformed_line_is_found(data: Path, line: int, wrong: str, told: int, says: str) -> None:
    file = data / "locales/en/LC_MESSAGES/bot.po"
    lines = file.read_text().splitlines()
    lines[line - 1] = wrong
    file.write_text("\n".join(lines))
    shutil.rmtree(data / "locales/ms")
    tables(data, languages='en = "English"\n')
    path, at, sentence = only(data)
    assert (path, at) == ("en/LC_MESSAGES/bot.po", told)
    assert says in sentence


@pytest.mark.parametrize(
    ("key", "words", "says"),
    [
        ("card.one", "Selamat {nama}", "{name} is missing"),
        ("card.one", "Selamat {name} {nama}", "{nama} is unknown"),
        ("card.one", ("Selamat {name}",), "no plural forms"),
        ("card.many", "{count} nama", "must have plural forms"),
        ("card.new", "Baharu", "English has no such key"),
    ],
)
def test_a_translation_that_does_not_fit_english_is_found_and_left_out(
    data: Path, key: str, words: str | tuple[str, ...], says: str
) -> None:
    plant(data, "ms", {key: words} | {other: MALAY[other] for other in MALAY if other != key})
    file, line, sentence = only(data)
    assert (file, line) == ("ms/LC_MESSAGES/bot.po", FIRST_LINE)
    assert says in sentence
    phrases, told = load_phrases([data])
    assert key not in phrases.wording.entries["ms"]
    assert len(told) == 1


def test_a_plural_form_without_its_number_is_found_unless_it_is_for_one_number(data: Path) -> None:
    plant(data, "en", GOOD | {"card.many": ("One name", "{count} names")})
    assert faults([data]) == ()
    plant(data, "en", GOOD | {"card.many": ("{count} name", "many names")})
    assert "{count} is missing in “many names”" in only(data)[2]
    plant(data, "fr", {"card.many": ("un nom", "{count} noms", "{count} noms")})
    assert any("{count} is missing in “un nom”" in sentence for _, _, sentence in found(data))


def test_what_an_offered_language_lacks_is_found(data: Path) -> None:
    plant(data, "ms", {key: MALAY[key] for key in ("b.sign", "card.many")})
    assert only(data) == ("ms/LC_MESSAGES/bot.po", 0, "card.one: not translated")
    tables(data, languages='en = "English"\n')
    assert faults([data]) == ()


@pytest.mark.parametrize("line", ["#, fuzzy\n", "#~ "])
def test_a_doubtful_or_old_phrase_counts_as_not_translated(data: Path, line: str) -> None:
    file = data / "locales/ms/LC_MESSAGES/bot.po"
    old = 'msgid "b.sign"\n'
    new = line + old if "fuzzy" in line else f'#~ {old}#~ msgstr "x"\n'
    file.write_text(
        file.read_text().replace(old + ("" if "fuzzy" in line else 'msgstr "Tandatangan"\n'), new)
    )
    assert only(data)[2].startswith("b.sign: not translated")
    assert "b.sign" not in load_phrases([data])[0].wording.entries["ms"]


def test_an_empty_phrase_counts_as_not_translated(data: Path) -> None:
    plant(data, "ms", MALAY | {"b.sign": ""})
    assert only(data)[2].startswith("b.sign: not translated")


def test_a_fault_of_one_phrase_does_not_hide_that_another_is_missing(data: Path) -> None:
    plant(data, "en", GOOD | {"b.sign-on": "Sign on"})
    plant(
        data,
        "ms",
        {"b.sign-on": "two  blanks", "card.one": MALAY["card.one"], "card.many": MALAY["card.many"]},
    )
    assert [sentence.partition(":")[0] for _, _, sentence in found(data)] == ["b.sign", "b.sign-on"]


def test_a_language_offered_without_a_catalogue_is_found(data: Path) -> None:
    tables(data, languages='en = "English"\nms = "Bahasa Malaysia"\nth = "ไทย"\n')
    assert only(data) == ("th/LC_MESSAGES/bot.po", 0, "there is no catalogue")
    assert load_phrases([data])[0].languages == ("en", "ms")


@pytest.mark.parametrize(
    ("key", "words", "says"),
    [
        ("card.a", "Two  blanks", "two in a row"),
        ("card.a", "At the end ", "begins or ends with a blank"),
        ("card.a", " At the beginning", "begins or ends with a blank"),
        ("card.a", "In the middle \nof lines", "begins or ends with a blank"),
        ("card.a", "Stop! Now!", "exclamation mark"),
        ("card.a", "\n".join("123456789a"), "10 lines"),
        ("card.a", "a" * 401, "401 characters"),
        ("b.a", "a" * 43, "43 characters"),
        ("b.a", "two\nlines", "one line"),
        ("notice.a", "{name} has signed", "leave out {name}"),
        ("notice.a", "{who} and {count}", "leave out {who}"),
        ("card.a", "Here is the proof", "“proof”"),
        ("card.a", "PROOF!", "“PROOF”"),
        ("card.a", "the hashes of it", "“hashes”"),
        ("card.a", "the *hash* of it", "“hash”"),
        ("card.a", "at ten UTC", "“UTC”"),
        ("b.a", "Hash it", "“Hash”"),
    ],
)
def test_a_broken_rule_is_found(data: Path, key: str, words: str, says: str) -> None:
    plant(data, "en", {key: words} | GOOD)
    tables(data, languages='en = "English"\n')
    file, line, sentence = only(data)
    assert (file, line) == ("en/LC_MESSAGES/bot.po", FIRST_LINE)
    assert says in sentence


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("card.a", "a" * 400),
        ("card.a", "\n".join("123456789")),
        ("card.a", "a waterproof token-free rehash {proof}"),
        ("card.a", "Stop!"),
        ("b.a", "a" * 42),
        ("notice.a", "{count} wait"),
        ("operator.a", "the hash, at ten UTC"),
        ("checker.a", "the proof"),
    ],
)
def test_what_keeps_the_rules_passes(data: Path, key: str, words: str) -> None:
    plant(data, "en", {key: words} | GOOD)
    tables(data, languages='en = "English"\n')
    assert faults([data]) == ()


def test_rules_hold_in_every_form_and_every_language(data: Path) -> None:
    plant(data, "en", GOOD | {"card.many": ("{count} name", "{count} hashes")})
    plant(data, "ms", MALAY | {"b.sign": "Tidak sah", "card.one": "{name} UTC"})
    sentences = [sentence for _, _, sentence in found(data)]
    assert len(sentences) == 3
    assert [word in "".join(sentences) for word in ("“hashes”", "“sah”", "“UTC”")] == [True] * 3


def test_translated_buttons_may_be_longer_and_are_counted_as_they_are_seen(data: Path) -> None:
    plant(data, "ms", MALAY | {"b.sign": "กำ" * 48})
    assert faults([data]) == ()
    plant(data, "ms", MALAY | {"b.sign": "กำ" * 49})
    assert "49 characters" in only(data)[2]


@pytest.mark.parametrize(
    ("name", "text", "line", "says"),
    [
        ("languages", 'en = "English"\nxx = "?"\n', 2, "“xx”"),
        ("languages", 'en = "English"\nms = 3\n', 2, "another shape"),
        ("languages", 'en = "English"\n[', 2, "is not TOML"),
        ("places", '[PS]\nen = "Palestine"\n\n[PSX]\nen = "?"\n', 4, "“PSX”"),
        ("places", '[PS]\nxx = "Palestine"\n', 1, "“PS”"),
        ("places", 'PS = "Palestine"\n', 1, "another shape"),
        ("words", WORDS + 'xx = ["a"]\n', 4, "“xx”"),
        ("words", WORDS.replace('["proof"]', '"proof"'), 2, "another shape"),
    ],
)
def test_a_fault_in_a_table_is_found(data: Path, name: str, text: str, line: int, says: str) -> None:
    tables(data, **{name: text})
    file, at, sentence = only(data)
    assert (file, at) == (f"{name}.toml", line)
    assert says in sentence


@pytest.mark.parametrize("folder", ["xx", "english", "en_XX"])
def test_a_folder_that_names_no_language_is_found(data: Path, folder: str) -> None:
    plant(data, folder, MALAY)
    assert "is no language code" in only(data)[2]


def test_a_wrong_number_of_forms_in_the_header_is_found(data: Path) -> None:
    plant(data, "th", {"card.many": ("{count} a", "{count} b")}, forms=2)
    assert only(data) == ("th/LC_MESSAGES/bot.po", 1, "the header must say Plural-Forms: nplurals=1 (other)")
    plant(data, "th", {}, forms=1)
    plant(data, "ar", {}, forms=2)
    assert "nplurals=6 (zero, one, two, few, many, other)" in only(data)[2]


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"\x80abc", b"msgid \x00", b'msgstr[0] "a"', b'"a"', b'msgid "a.b"']
)
def test_a_file_that_is_no_catalogue_is_a_fault_and_never_a_crash(data: Path, content: bytes) -> None:
    file = data / "locales/th/LC_MESSAGES/bot.po"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    assert {path for path, _, _ in found(data)} == {"th/LC_MESSAGES/bot.po"}
    assert load_phrases([data])[0].languages == ("en", "ms")


KEYWORDS = (
    "msgid ",
    "msgid_plural ",
    "msgstr ",
    "msgstr[0] ",
    "msgstr[9] ",
    "",
    "#~ msgid ",
    "#, fuzzy\n",
    "\n",
)
HEADS = ("nplurals=x; plural=0;", "nplurals=99; plural=0;", "nplurals=1; plural=0;", "?")
STRINGS = (
    *('""', '"a.b"', '"{a} *b*"', '"{"', '"POT-Creation-Date: never\\n"', '"Language: ??\\n"'),
    *(f'"Plural-Forms: {head}\\n"' for head in HEADS),
    *('"Content-Type: text/plain; charset=ebcdic\\n"', '"Content-Type: ?\\n"', '"PO-Revision-Date: 1 2\\n"'),
)
LINES = st.builds(str.__add__, st.sampled_from(KEYWORDS), st.sampled_from(STRINGS))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINES | st.text(max_size=4), max_size=12), head=st.booleans())
def test_no_file_breaks_the_reading_of_catalogues(tmp_path: Path, lines: list[str], *, head: bool) -> None:
    file = tmp_path / "bot.po"
    start = ['msgid ""', 'msgstr "Plural-Forms: nplurals=1; plural=0;\\n"'] if head else []
    file.write_bytes("\n".join(start + lines).encode("utf-8", "surrogatepass"))
    entries, told = read_entries(file, "th")
    assert all(entry.key and entry.forms for entry in entries)
    assert all(fault.sentence for fault in told)


def test_nothing_at_all_is_a_fault(tmp_path: Path) -> None:
    nothing = Fault(str(tmp_path / "locales/en/LC_MESSAGES/bot.po"), 0, "there is no catalogue")
    assert nothing in faults([tmp_path])
    assert load_phrases([tmp_path])[1] == (nothing,)
    assert any("of words that no card says" in fault.sentence for fault in faults([]))


def test_a_later_folder_is_held_to_the_first_english_wording(data: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    file = plant(own, "en", {"card.one": "Hi {name} of {town}"})
    assert faults([data, own]) == (
        Fault(str(file), FIRST_LINE, "card.one: the place {town} is unknown in “Hi {name} of {town}”"),
    )
    plant(own, "en", {"card.one": "Hi {name}"})
    assert faults([data, own]) == ()
