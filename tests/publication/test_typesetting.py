from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.publication.letters import FOLDER, covered
from bot.publication.typesetting import typeset

ROOM = FOLDER.parent
WORDS = {
    "latin": "Đảng Lao Động “é” – … ©",
    "thai": "กลุ่มแรงงานเพื่อสันติภาพ",
    "burmese": "မန္တလေး ချည်မျှင်အလုပ်သမားသမဂ္ဂ",
    "arabic": "حزب العمال ٤٨، (بيروت)",
    "greek": "Ειρήνη",
    "cyrillic": "Мир",
}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_our_fonts_have_the_letters(words: str) -> None:
    assert covered(words)


@pytest.mark.parametrize("letter", ["中", "한", "अ", "😀"])
def test_letters_that_are_not_ours_are_known_to_be(letter: str) -> None:
    assert not covered(f"abc {letter}")


def test_what_is_never_drawn_needs_no_letter() -> None:
    assert covered("\u2068a\u2069\u00a0\u200b\n")


def test_the_fonts_come_with_their_licence_and_stay_small() -> None:
    files = list(FOLDER.iterdir())
    assert {"OFL.txt", "README.md"} < {file.name for file in files}
    assert sum(file.stat().st_size for file in files) < 3_000_000


@pytest.mark.parametrize("template", sorted(ROOM.glob("*.typ")), ids=lambda file: file.name)
def test_no_template_runs_what_it_is_given_or_fetches_anything(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert "eval(" not in source
    assert "@preview" not in source
    assert "read(" not in source


def test_a_template_that_is_not_there_is_a_mistake() -> None:
    with pytest.raises(RuntimeError, match="No such file"):
        typeset("nothing.typ", {}, date(2026, 2, 15))
