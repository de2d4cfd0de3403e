"""The account itself: what is forgotten or used twice is noticed."""

from __future__ import annotations

from bot.content.importing.account import REPORT, UNACCOUNTED, Ledger, missing
from bot.content.importing.reading import read
from bot.content.importing.result import imported

PAGE = read(b"one two three\n\nfour five\n", "page.txt")


def test_what_nothing_claims_is_set_aside_with_a_doubt() -> None:
    ledger = Ledger(PAGE)
    ledger.put_words(0, 2, "a.md", "body")
    result = imported(ledger, "a", "A", {"a.md": "one two"}, {})
    assert result.account.whole
    assert [(aside.line, aside.reason, aside.text) for aside in result.set_aside] == [
        (1, UNACCOUNTED, "three four five")
    ]
    assert [doubt.line for doubt in result.doubts] == [1]
    assert "three four five" in result.files[REPORT]


def test_words_used_twice_are_a_doubt_and_counted_once() -> None:
    ledger = Ledger(PAGE)
    ledger.put_words(0, 4, "a.md", "body")
    ledger.put_words(2, 5, "b.md", "body")
    account = ledger.settle()
    assert account.whole
    assert account.count("b.md") == 1
    assert [doubt.sentence for doubt in ledger.doubts] == ["2 words were used twice."]


def test_words_that_did_not_reach_their_file_are_a_doubt() -> None:
    ledger = Ledger(PAGE)
    ledger.put_words(0, 5, "a.md", "body")
    assert missing(ledger.settle(), {"a.md": "one, two and five"}) == ("three", "four")
    result = imported(ledger, "a", "A", {"a.md": "one, two and five"}, {})
    assert result.doubts[0].sentence == "2 words did not reach their files: three four"
