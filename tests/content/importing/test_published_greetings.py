"""The published greetings, imported word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.catalog import Catalog, Occasion
from bot.content.importing.folder import write
from bot.content.importing.greetings import import_greetings
from bot.content.importing.result import Imported
from bot.content.loader import load
from tests.content.importing.documents import GREETINGS, needs_documents, page, raw_words
from tests.content.importing.rereading import check_account, check_multiset

pytestmark = needs_documents
DATA = Path(__file__).parents[3] / "data"
SLUG = "24th-annual-congress-of-psm"


@pytest.fixture(name="result", scope="module")
def import_it() -> Imported:
    return import_greetings(page(GREETINGS), Catalog())


@pytest.fixture(name="folder")
def write_it(result: Imported, tmp_path: Path) -> Path:
    assert write(result, tmp_path) == ()
    return tmp_path


@pytest.fixture(name="occasion")
def load_it(folder: Path) -> Occasion:
    catalog, faults = load([folder])
    assert faults == ()
    return catalog.occasions[SLUG]


def test_every_word_is_imported_or_set_aside(result: Imported, folder: Path) -> None:
    assert list(result.account.rejoined()) == raw_words(GREETINGS)
    check_account(page(GREETINGS), result, folder)
    check_multiset(page(GREETINGS), folder)


def test_what_was_found(result: Imported) -> None:
    assert result.slug == SLUG
    assert result.numbers == {
        "greetings": 17,
        "joint greetings": 2,
        "organisations": 21,
        "signers": 18,
        "greetings without a signer": 1,
        "known organisations": 0,
        "new organisations": 22,
    }


def test_seventeen_greetings_from_their_organisations(occasion: Occasion) -> None:
    assert [greeting.slug for greeting in occasion.greetings] == [
        "socialist-alliance",
        "socialist-popular-alliance-party",
        "europe-solidaire-sans-frontieres",
        "nouveau-parti-anticapitaliste",
        "communist-party-india-marxist-leninist",
        "konfederasi-pergerakan-rakyat-indonesia",
        "partai-rakyat-pekerja",
        "potere-al-popolo",
        "madan-bhandari-school-of-asia",
        "socialist-party",
        "partido-lakas-ng-masa",
        "vansterpartiet",
        "socialist-workers-thailand",
        "ho-chi-minh-communist-youth-union",
        "party-of-the-european-left",
        "progressive-international",
        "international-peoples-assembly",
    ]
    assert [len(greeting.organisations) for greeting in occasion.greetings] == [1] * 14 + [2, 1, 4]
    assert occasion.titles == {"en": "24th Annual Congress of PSM"}
    assert occasion.host == "psm"


def test_countries_acronyms_and_international_bodies(folder: Path) -> None:
    organisations = load([folder])[0].organisations
    countries = {organisation.country for organisation in organisations.values()} - {""}
    assert countries == set("AU BD DE EG FR ID IN IT NL NP PH PK SE TH VN".split())
    assert organisations["europe-solidaire-sans-frontieres"].english == "Europe in Solidarity Without Borders"
    assert organisations["europe-solidaire-sans-frontieres"].acronym == "ESSF"
    assert organisations["socialist-workers-thailand"].country == "TH"
    assert organisations["communist-party-nepal-unified-socialist"].name.endswith("(Unified Socialist)")
    bodies = {"party-of-the-european-left", "progressive-international", "international-peoples-assembly"}
    assert all(organisations[slug].international for slug in bodies)


def test_signers_and_roles(occasion: Occasion) -> None:
    signers = {g.slug: [(s.name, s.role) for s in g.signers] for g in occasion.greetings}
    assert signers["socialist-alliance"] == [("Sam Wainwright", "National Co-convenor")]
    assert signers["europe-solidaire-sans-frontieres"] == [("Pierre Rousset", "")]
    assert signers["nouveau-parti-anticapitaliste"] == [("The International Secretariat of the NPA", "")]
    committee, chair, secretary = signers["partai-rakyat-pekerja"]
    assert committee == ("Komite Pusat Partai Rakyat Pekerja", "")
    assert secretary == ("Rizal Assalam", "General Secretary")
    assert chair == ("Muhammad Ridha", "Chairperson")
    assert signers["socialist-workers-thailand"] == []
    assert signers["international-peoples-assembly"] == [
        ("Asian Secretariat", "International Peoples Assembly")
    ]
    name, role = signers["madan-bhandari-school-of-asia"][0]
    assert name == "Pramesh Pokharel"
    assert role.count(" / ") == 2
    assert sum(len(each) == 1 for each in signers.values()) == 15


def test_two_congresses_with_another_number_and_the_unsigned_greeting_are_doubts(result: Imported) -> None:
    sentences = {doubt.line: doubt.sentence for doubt in result.doubts}
    assert "15" in sentences[88]
    assert "15" in sentences[106]
    assert "no signer" in sentences[190]
    assert len([s for s in sentences.values() if "the title says 24" in s]) == 2


def test_the_reply_form_is_set_aside(result: Imported) -> None:
    assert {aside.reason for aside in result.set_aside} == {"reply form"}
    assert [aside.line for aside in result.set_aside] == [261, 263]


def test_over_the_data_nothing_is_new_and_nothing_stands_twice(tmp_path: Path) -> None:
    known, _ = load([DATA])
    result = import_greetings(page(GREETINGS), known)
    assert result.numbers["new organisations"] == 0
    assert write(result, tmp_path) == ()
    catalog, faults = load([DATA, tmp_path])
    assert faults == ()
    assert len(catalog.occasions[SLUG].greetings) == 17
    assert {g.documents[g.original].kind for g in catalog.occasions[SLUG].greetings} == {"full"}
