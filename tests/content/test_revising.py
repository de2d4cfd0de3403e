from __future__ import annotations

import tomllib
from datetime import date

import pytest

from bot.campaign.version import Correction, Weight
from bot.content.catalog import Catalog, TextStatus
from bot.content.laying import lay_over
from bot.content.revising import parts, revised, titled, translated, translation
from tests.content.test_laying import ENGLISH, base

MALAY = ("statements", "palestine", "ms.md")
DAY = date(2026, 12, 1)


def corrected(catalog: Catalog, weight: Weight, old: str, new: str, day: date = DAY) -> Catalog:
    """The catalogue after a correction of the English text."""
    before = catalog.statements["palestine"].version
    text = catalog.files[ENGLISH]
    correction = Correction(day, weight, before.sha256, before.dated, f"“{old}” → “{new}”")
    laid, faults = lay_over(
        catalog, {ENGLISH: revised(text, before.title, before.body.replace(old, new), correction)}
    )
    assert not faults
    return laid


def test_a_slip_keeps_the_day_the_front_matter_and_the_translations() -> None:
    before = base().statements["palestine"]
    after = corrected(base(), Weight.MINOR, "for good", "for ever").statements["palestine"]
    assert after.version.dated == before.version.dated
    assert after.version.source == before.version.source
    assert after.initiators == before.initiators
    assert after.version.corrected[0].change == "“for good” → “for ever”"
    assert after.version.corrected[0].replaces == before.version.sha256[:12]
    assert {each.status for each in after.documents.values()} == {
        each.status for each in before.documents.values()
    }


def test_another_meaning_dates_the_text_anew_and_outdates_translations() -> None:
    twice = corrected(base(), Weight.MINOR, "for good", "for ever", date(2026, 11, 30))
    after = corrected(twice, Weight.SUBSTANTIAL, "for ever", "at once").statements["palestine"]
    first = base().statements["palestine"].version
    assert after.version.dated == DAY
    assert after.version.earlier(first.sha256) == first.dated
    assert [each.weight for each in after.version.corrected] == [Weight.MINOR, Weight.SUBSTANTIAL]
    assert after.documents["ms"].status is TextStatus.OUTDATED


def test_a_remark_in_the_front_matter_stays() -> None:
    text = base().files[ENGLISH]
    remark = next(line for line in text.splitlines() if line.startswith("#"))
    correction = Correction(DAY, Weight.MINOR, "a" * 64, DAY)
    assert remark in revised(text, 'New "title"', "Text.", correction)
    assert tomllib.loads("\n".join(parts(revised(text, 'New "title"', "Text.", correction))[0]))["title"] == (
        'New "title"'
    )


def test_a_translation_is_bound_to_the_wording_it_translates() -> None:
    catalog = corrected(base(), Weight.SUBSTANTIAL, "for good", "for ever")
    original = catalog.statements["palestine"].version
    text = translated(catalog.files[MALAY], "Tajuk", "Teks.", TextStatus.OFFICIAL, original)
    laid, faults = lay_over(catalog, {MALAY: text})
    assert not faults
    document = laid.statements["palestine"].documents["ms"]
    assert (document.status, document.title, document.body) == (TextStatus.OFFICIAL, "Tajuk", "Teks.\n")
    path = ("statements", "palestine", "vi.md")
    laid, faults = lay_over(
        catalog, {path: translation("Tiêu đề", "Văn bản.", DAY, TextStatus.COMMUNITY, original)}
    )
    assert not faults
    assert laid.statements["palestine"].documents["vi"].status is TextStatus.COMMUNITY


@pytest.mark.parametrize(
    ("history", "says"),
    [
        ('kind = "minor"\nreplaces = "aaaaaaaaaaaa"', "“day” is missing"),
        ('day = 2026-12-01\nreplaces = "aaaaaaaaaaaa"', "“kind” is missing"),
        ('day = 2026-12-01\nkind = "minor"', "“replaces” is missing"),
        ('day = 2026-12-01\nkind = "minor"\nreplaces = "xyz"', "first 12 digits"),
        ('day = 2020-12-01\nkind = "minor"\nreplaces = "aaaaaaaaaaaa"', "in order"),
        ('day = 2026-12-01\nkind = "small"\nreplaces = "aaaaaaaaaaaa"', "not known"),
        ('day = 2026-12-01\nkind = "minor"\nreplaces = "aaaaaaaaaaaa"\nwhy = "x"', "not known here"),
    ],
)
def test_a_history_that_is_wrong_is_a_fault(history: str, says: str) -> None:
    text = base().files[ENGLISH].replace("\n+++\n\n", f"\n\n[[corrected]]\n{history}\n+++\n\n", 1)
    _, faults = lay_over(base(), {ENGLISH: text})
    assert [fault for fault in faults if says in fault.sentence], faults


@pytest.mark.parametrize("text", ["", "+++", "+++\n= broken\n+++\nText", "no front matter", "+++\n+++\n"])
def test_any_text_has_a_title_and_a_body(text: str) -> None:
    title, body = titled(text)
    assert title == ""
    assert body in text
