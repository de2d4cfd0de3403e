from __future__ import annotations

from datetime import date

import pytest

from bot.features.delivered_words import check, read

TODAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("words", "to", "day"),
    [
        (
            "to the embassy of Peace, Kuala Lumpur, 1 March",
            "the embassy of Peace, Kuala Lumpur",
            date(2026, 3, 1),
        ),
        ("the embassy, 1st of March 2026", "the embassy", date(2026, 3, 1)),
        ("1 March: to the ministry", "the ministry", date(2026, 3, 1)),
        ("on 2026-02-28 to the ministry", "the ministry", date(2026, 2, 28)),
        ("kepada kedutaan pada 1 Mac", "kedutaan", date(2026, 3, 1)),
        ("sa embahada, 2 Marso", "embahada", date(2026, 3, 2)),
        ("the embassy", "the embassy", TODAY),
        # The last one that was: no list is handed over ten months from now.
        ("the embassy, 24 December", "the embassy", date(2025, 12, 24)),
        ("ให้สถานทูต 1 March", "ให้สถานทูต", date(2026, 3, 1)),
        ("the 3 unions of the port", "the 3 unions of the port", TODAY),
        ("the embassy, 31 February", "the embassy, 31 February", TODAY),
        ("the em\u202ebassy\n\n of Peace", "the embassy of Peace", TODAY),
    ],
)
def test_to_whom_and_when(words: str, to: str, day: date) -> None:
    assert (read(words, TODAY).to, read(words, TODAY).day) == (to, day)
    assert check(words, TODAY) is None


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("1 March", "delivered.to-whom"),
        (" , . ", "delivered.to-whom"),
        ("the embassy, 4 March 2026", "delivered.future"),
        ("the embassy, see https://example.org", "name.link"),
        ("the emb" + "\u0301" * 40 + "assy", "name.marks"),
        ("@embassy", "name.mention"),
        ("x" * 161, "name.too-long"),
        ("x " * 5000, "name.too-long"),
    ],
)
def test_what_does_not_do(words: str, why: str) -> None:
    refused = check(words, TODAY)
    assert refused is not None
    assert refused.phrase == why
