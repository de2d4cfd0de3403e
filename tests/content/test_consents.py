"""What a reader agrees to in words that no native reader has checked has its English beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.campaign.endorsement import Entry, Kind
from bot.content.card import Packing
from bot.content.catalog import Fault
from bot.content.lint import faults
from bot.content.locales import read_locales
from bot.content.phrases import Phrases, load_phrases
from bot.dialog.messages import Button, Country, Day, Outgoing, Phrase, Saying, Value
from bot.dialog.text import Bold, Paragraph, Plain, Quote, paragraph, plain
from bot.features.endorsing import reviewed
from bot.features.sign_fields import PERMISSIONS
from tests.content.planted import NOW, Words, loaded, message, plant, tables
from tests.publication.made import endorsement
from tests.stage import DATA

PACKING = Packing("/".join, "_".join)
ASKED = Phrase("sign.review", {"line": "DinDeng", "country": Country("TH")})
BOX = Phrase("box.off", {"label": Phrase("sign.may")})
ENGLISH: dict[str, Words] = {
    "sign.review": "You sign:\n*{line}*\nin {country}",
    "sign.may": "They may write",
    "sign.ask": "Which one?",
    "box.off": "☐ {label}",
    "bot.broken": "A line is missing.",
}
THAI: dict[str, Words] = {
    "sign.review": "คุณลงชื่อ:\n*{line}*\nใน{country}",
    "sign.may": "เขียนได้",
    "sign.ask": "ไหน?",
    "box.off": "☐ {label}",
    "bot.broken": "ขาดไป",
}
CONSENTS = ("sign.review", "sign.may")
OWN = Paragraph(((Plain("ไหน?"),), (Plain("คุณลงชื่อ:"),), (Bold("DinDeng"),), (Plain("ในไทย"),)))
REVIEW = ((Plain("You sign:"),), (Bold("DinDeng"),), (Plain("in Thailand"),))
WHOLE = Quote((Paragraph((*REVIEW, (Plain("☐ They may write"),))),), folds=False)
VALUES: dict[str, Value] = {"line": "DinDeng, Thailand", "date": Day(NOW.date())}


def marked(key: str, words: Words) -> str:
    """A phrase of English, marked where it is a consent."""
    return ("#. consent\n" if key in CONSENTS else "") + message(key, words)


def say_of_readers(data: Path, said: str) -> Path:
    """Write a header line about native readers into the Thai catalogue; returns its file."""
    file = data / "locales/th/LC_MESSAGES/bot.po"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("\n\n", f'\n"X-Checked: {said}\\n"\n\n', 1), encoding="utf-8")
    return file


def card(phrases: Phrases, language: str = "th", *parts: Phrase) -> Outgoing:
    saying = Saying(parts or (Phrase("sign.ask"), ASKED), ((Button(BOX, ("c", "x")),),))
    return phrases.render(saying, language, "UTC", NOW, PACKING)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    plant(tmp_path, "en", "".join(marked(*pair) for pair in ENGLISH.items()))
    plant(tmp_path, "th", THAI)
    return tmp_path


def test_the_english_of_questions_and_boxes_is_quoted_below_the_translation(data: Path) -> None:
    outgoing = card(loaded(data))
    assert outgoing.text == (OWN, WHOLE)
    assert outgoing.keys[0][0].label == "☐ เขียนได้"
    assert outgoing.phrases == ("sign.ask", "sign.review", "|", "box.off")


@pytest.mark.parametrize(("said", "checked"), [("no", False), ("yes", True), (" yes ", True), ("Yes", False)])
def test_a_native_reader_s_word_takes_the_english_away(data: Path, said: str, *, checked: bool) -> None:
    say_of_readers(data, said)
    phrases, _ = load_phrases([data])
    assert phrases.checked("th") is checked
    assert (WHOLE in card(phrases).text) is not checked


def test_other_words_about_native_readers_are_a_fault_and_count_as_no(data: Path) -> None:
    tables(data, words='everywhere = ["hash"]\n')
    file = say_of_readers(data, "perhaps")
    assert faults([data]) == (Fault(str(file), 4, "X-Checked is yes or no"),)
    assert not load_phrases([data])[0].checked("th")


def test_only_the_header_speaks_of_native_readers(data: Path) -> None:
    phrase = 'msgid "sign.ask"\nmsgstr ""\n"X-Checked: yes\\n"\n"ไหน?"\n'
    plant(data, "th", phrase + "".join(message(key, THAI[key]) for key in CONSENTS))
    assert not loaded(data).checked("th")


@pytest.mark.parametrize("language", ["en", "ms", "xx", ""])
def test_english_needs_nothing_beside_it_whoever_reads_it(data: Path, language: str) -> None:
    phrases = loaded(data)
    assert phrases.checked(language)
    assert not any(isinstance(block, Quote) for block in card(phrases, language).text)


def test_a_card_without_a_consent_has_no_english(data: Path) -> None:
    phrases = loaded(data)
    saying = Saying((Phrase("sign.ask"),), ((Button("DinDeng"), Button(Phrase("sign.ask"))),))
    assert phrases.render(saying, "th", "UTC", NOW, PACKING).text == (paragraph("ไหน?"),)


def test_a_reader_of_a_variety_gets_the_same_english(data: Path) -> None:
    assert WHOLE in card(loaded(data), "th-TH").text


def test_own_words_of_a_later_folder_stay_consents_and_have_their_own_native_readers(data: Path) -> None:
    own = data / "own"
    plant(own, "en", {"sign.may": "We may write"})
    plant(own, "th", {"sign.may": "เราเขียนได้"})
    say_of_readers(own, "yes")
    phrases = loaded(data, own)
    assert card(phrases, "th", Phrase("sign.ask")).text == (paragraph("ไหน?"),)
    assert not phrases.checked("th")
    plant(own, "th", {"sign.may": "เราเขียนได้"})
    quoted = Quote((paragraph("☐ We may write"),), folds=False)
    assert card(loaded(data, own), "th", Phrase("sign.ask")).text == (paragraph("ไหน?"), quoted)


def test_a_consent_that_cannot_be_said_takes_no_card_with_it(data: Path) -> None:
    outgoing = card(loaded(data), "th", Phrase("sign.review", {"line": "DinDeng"}))
    assert outgoing.text == (paragraph("ขาดไป"), Quote((paragraph("☐ They may write"),), folds=False))


def test_what_a_consent_was_given_to_is_all_that_was_shown(data: Path) -> None:
    phrases = loaded(data)
    assert phrases.template("th", "sign.may") == "เขียนได้\nThey may write"
    assert phrases.template("th", "sign.ask") == "ไหน?"
    assert phrases.template("en", "sign.may") == "They may write"
    say_of_readers(data, "yes")
    assert loaded(data).template("th", "sign.may") == "เขียนได้"


def test_the_consents_that_ship_are_those_the_ledger_keeps() -> None:
    person, organisation = Entry("X", named=True), Entry("X")
    signed = [
        endorsement(organisation),
        endorsement(person, kind=Kind.PERSON),
        endorsement(replace(person, named=False), kind=Kind.PERSON),
    ]
    asked = {*map(reviewed, signed), *(box.label for box in PERMISSIONS.values())}
    assert read_locales([DATA])[0].consents == asked


@pytest.mark.parametrize("key", ["sign.review-organisation", "sign.review-person", "sign.review-unnamed"])
def test_each_language_that_ships_has_english_beside_its_review_until_it_is_checked(key: str) -> None:
    phrases, _ = load_phrases([DATA])
    review = Phrase(key, VALUES)
    boxes = [Phrase("dialog.toggle-off", {"label": Phrase(box.label)}) for box in PERMISSIONS.values()]
    english = "\n".join(phrases.text("en", each, NOW, "UTC") for each in (review, *boxes))
    for language in phrases.languages:
        saying = Saying((review,), tuple((Button(box, ("c", "x")),) for box in boxes))
        *own, last = phrases.render(saying, language, "UTC", NOW, PACKING).text
        if phrases.checked(language):
            assert not isinstance(last, Quote)
        else:
            assert plain((last,)) == english
            assert plain(tuple(own)) == phrases.text(language, review, NOW, "UTC") != english
