"""A copy of the list beside the list itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.campaign.endorsement import Kind
from bot.dialog.messages import Phrase
from bot.publication.compare import CARD_LINES, CARD_WIDTH, Comparison, compare, compare_file
from bot.publication.files import Format, export
from bot.publication.gate import Counts, numbered
from bot.publication.signatory_list import Listing
from tests.content.importing.wordfiles import as_word
from tests.publication.made import DOCUMENT, signatories
from tests.publication.test_gate import PAGE, entry_of, printed_lines
from tests.publication.words import NOW, say

NAMES = (
    "Kite Makers Union (KMU), Nepal",
    "Wind Watch, Peru",
    "Paper, Glue and String Party, Sri Lanka",
    "Papuan Kites, Papua/Indonesia",
    "DinDing, Thailand",
    "กลุ่มว่าว, Thailand",
)


def listing(*lines: str, people: tuple[str, ...] = ()) -> Listing:
    return Listing(
        numbered(signatories(*map(entry_of, lines)), 1),
        numbered(signatories(*map(entry_of, people), kind=Kind.PERSON), 1),
        Counts(len(lines), len(people)),
    )


OURS = listing(*NAMES, people=("A. Nobody, Nepal",))
ALL = (*NAMES, "A. Nobody, Nepal")


def counted(comparison: Comparison) -> tuple[int, int, int]:
    return len(comparison.added), len(comparison.removed), len(comparison.changed)


def page_of(*lines: str) -> str:
    items = "".join(f"<li>{line}</li>" for line in lines)
    text = "<h1>Kites for all!</h1><p>We call for:</p><ul><li>Fair Winds, Nepal;</li><li>Dry glue.</li></ul>"
    return f"<html><nav>Home, Peru</nav>{text}<p>Signed by:</p><ol>{items}</ol><p>Leave a reply</p></html>"


PLAIN = "\n".join(ALL)
NUMBERED = "\n".join(f"  {number}. {line}" for number, line in enumerate(ALL, 1))
BULLETS = "Kites for all!\n\nSigned by:\n\n" + "\n".join(f"• {line};" for line in ALL)


@pytest.mark.parametrize(
    "copy",
    [
        PLAIN,
        NUMBERED,
        BULLETS,
        page_of(*ALL),
        export(OURS, DOCUMENT, Format.TEXT, NOW, say).decode(),
        "\n".join(reversed(ALL)),
        PLAIN.upper(),
        PLAIN.replace("\n", "\r\n\r\n"),
    ],
)
def test_the_same_list_however_it_was_copied(copy: str) -> None:
    found = compare(OURS, copy)
    assert found == Comparison(found=len(ALL))
    assert found.summary == Phrase("compare.same", count=len(ALL))


@pytest.mark.parametrize("form", [Format.MARKDOWN])
def test_our_own_files_are_read_too(form: Format) -> None:
    assert compare_file(OURS, export(OURS, DOCUMENT, form, NOW, say), f"list.{form}") == Comparison(found=7)


def test_a_word_file_is_compared_and_what_is_no_text_says_so() -> None:
    word = as_word("Kites for all!\n\nSigned by:\n\n" + NUMBERED)
    assert compare_file(OURS, word, "page.docx") == Comparison(found=7)
    assert compare_file(OURS, b"%PDF-1.7", "page.pdf") == Phrase("upload.pdf")


@pytest.mark.parametrize("shape", ["plain", "numbered", "page"])
def test_what_happened_since_the_copy(shape: str) -> None:
    copy = [
        "Gone Kites, Chile",
        "Kite Makers Unoin (KMU), Nepal",
        *NAMES[1:4],
        "Old Guard Party, Peru",
        "DinDing, Malaysia",
        "A. Nobody, Nepal",
    ]
    shapes = {
        "plain": "\n".join(copy),
        "numbered": "\n".join(f"{number}) {line}" for number, line in enumerate(copy, 1)),
        "page": page_of(*copy),
    }
    found = compare(OURS, shapes[shape])
    assert found.added == ("DinDing, Thailand", "กลุ่มว่าว, Thailand")
    assert found.removed == ("Gone Kites, Chile", "Old Guard Party, Peru", "DinDing, Malaysia")
    assert found.changed == (("Kite Makers Unoin (KMU), Nepal", NAMES[0]),)
    assert found.summary == Phrase("compare.counts", {"added": 2, "removed": 3, "changed": 1})
    assert found.lines == (
        "+ DinDing, Thailand",
        "+ กลุ่มว่าว, Thailand",
        "− Gone Kites, Chile",
        "− Old Guard Party, Peru",
        "− DinDing, Malaysia",
        "~ Kite Makers Unoin (KMU), Nepal → Kite Makers Union (KMU), Nepal",
    )


def test_another_place_or_acronym_is_a_change_and_a_lookalike_too() -> None:
    found = compare(listing(*NAMES[:2]), "1. Kite Makers Union, Nepal\n2. W\u0456nd Watch, Peru\n")
    assert [theirs for theirs, _ in found.changed] == ["Kite Makers Union, Nepal", "W\u0456nd Watch, Peru"]
    assert counted(found) == (0, 0, 2)


def test_branches_with_other_numbers_are_not_one_another() -> None:
    found = compare(listing("Wind Watch Branch 1, Peru"), "1. Wind Watch Branch 2, Peru\n")
    assert counted(found) == (1, 1, 0)


def test_a_name_twice_in_the_copy_or_on_the_list() -> None:
    assert counted(compare(listing("Wind, Peru"), "1. Wind, Peru\n2. Wind, Peru\n")) == (0, 0, 0)
    twice = listing("Wind, Peru", "Wind, Nepal")
    assert compare(twice, "1. Wind, Nepal\n").added == ("Wind, Peru",)


def test_whole_lines_meet_before_names() -> None:
    found = compare(listing("Wind, Peru", "Wind, Nepal"), "1. Wind\n2. Wind, Peru\n")
    assert found == Comparison(changed=(("Wind", "Wind, Nepal"),), found=2)


def test_a_part_of_a_name_without_a_country_is_not_sure_enough() -> None:
    assert counted(compare(OURS, "1. Kite Makers\n2. Wind Watch, Peru\n")) == (6, 1, 0)
    assert counted(compare(OURS, "1. Kite Makers, Nepal\n2. Wind Watch, Peru\n")) == (5, 0, 1)


def test_bare_names_between_known_ones_are_names_and_headings_are_not() -> None:
    copy = "\n".join((*NAMES[:2], "Old Guard", "Signatories", "and so on", *NAMES[2:]))
    assert compare(OURS, copy).removed == ("Old Guard",)


def test_a_copy_without_any_of_our_names() -> None:
    assert counted(compare(listing("Wind, Peru"), "1. Kites, Nepal\n2. Glue, Chile\n")) == (1, 2, 0)
    page = "<nav>Kite Home, Peru</nav><p>Kites, Nepal</p>"
    assert compare(listing("Wind, Peru"), f"<html>{page}</html>").removed == ("Kites, Nepal",)
    for text in ("", "We fly what we make, and we make what flies.", "Dear all,\nthanks!"):
        assert compare(OURS, text).summary == Phrase("compare.no-names")


def test_sentences_and_demands_around_the_list_are_no_names() -> None:
    above = "Kites for all!\n\n- An end to damp;\n- Dry glue, Nepal;\n\nWe, the Makers, stay.\n\n"
    below = "\n\nWrite to us: Kite House, Nepal 1234\nRead more\n"
    for mark in ("- {}", "{}"):
        names = "\n".join(mark.format(line) for line in ALL)
        assert compare(OURS, f"{above}Signed by:\n\n{names}{below}").removed == ()


def test_what_came_with_a_copy_is_made_harmless() -> None:
    found = compare(listing("Wind, Peru"), "1. Wind, Peru\n2. \u202eEvil, Nepal\n")
    assert "\u202e" not in "".join(found.lines)


def test_a_card_has_a_few_short_lines() -> None:
    many = compare(
        listing("Wind, Peru"), "1. Wind, Peru\n" + "\n".join(f"{n}. X{'y' * 90}, Nepal" for n in range(99))
    )
    assert len(many.removed) == 99
    assert len(many.card_lines) == CARD_LINES
    assert all(len(line) <= CARD_WIDTH for line in many.card_lines)


def test_the_published_page_has_its_own_names() -> None:
    ours = listing(*printed_lines())
    found = compare(ours, PAGE.read_text(encoding="utf-8"))
    assert found == Comparison(found=20)
    assert compare_file(ours, as_word(PAGE.read_text(encoding="utf-8")), "page.docx") == found
    older = compare(listing(*printed_lines()[:17], "Kites, Nepal"), PAGE.read_text(encoding="utf-8"))
    assert counted(older) == (1, 3, 0)


LINES = st.sampled_from(
    [*ALL, "Signed by:", "", "1.", "- x", "We call, for all.", "2. Wind Wotch, Peru", "\u202e"]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(LINES, max_size=15).map("\n".join)))
def test_any_copy_meets_each_of_our_names_once(copy: str) -> None:
    found = compare(OURS, copy)
    ours = {*found.added, *(line for _, line in found.changed)}
    assert len(ours) == len(found.added) + len(found.changed)
    assert ours <= set(ALL)


def test_a_long_list_and_a_large_copy_end_well() -> None:
    lines = [f"Wind {number} Watch {number % 7}, Peru" for number in range(3000)]
    ours = listing(*lines)
    assert counted(compare(ours, "\n".join(lines[:2000]))) == (1000, 0, 0)
    assert compare(ours, "word " * 200_000).found == 0
