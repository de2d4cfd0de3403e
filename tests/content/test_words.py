"""The shipped words: complete, within the rules, and each of them used by the code that asks for it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.content.lint import faults
from bot.content.locales import ENGLISH, read_locales
from bot.content.phrases import load_phrases
from bot.dialog.messages import Country, Language, Phrase
from tests.content.planted import NOW

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
KEY = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9_-]+)+")

BUILT = {
    "b.list-": "lists: the other kind of signatory",
    "b.reason-": "review: a reason",
    "campaign.started": "campaigns: with or without a count",
    "b.sign-": "campaigns: an organisation or a person",
    "channel.kind-": "channel: a kind of news",
    "channel.news-": "channel: every choice of kinds of news",
    "file.": "files: a heading",
    "language.": "the name of a language",
    "mine.": "mine: a state",
    "notice.": "notices: what there is to tell",
    "reason.": "review: a reason",
    "review.": "review: a state",
    "review.late-": "review: a state",
    "sign.ask-": "sign_organisation: a field",
    "sign.label-": "sign_organisation: a field",
    "text.": "reading: the status of a translation",
}
"""Beginnings of keys that the code completes by itself; everything that begins so counts as used."""

ELSEWHERE = {
    "b.approve": "review: the two answers to a sign-on",
    "b.not-now": "review: the two answers to a sign-on",
    "campaign.plain": "campaigns: a statement that nobody is said to have started",
    "campaign.plain-counted": "campaigns: a statement that nobody is said to have started",
}
"""Keys that the code puts together in ways that no beginning describes, and where."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A phrase that the code asks for by its whole key; ``given`` are its values, None where they are not written there."""

    where: str
    key: str
    given: frozenset[str] | None
    counted: bool


def _modules() -> Iterator[tuple[Path, ast.Module]]:
    for file in sorted((ROOT / "bot").rglob("*.py")):
        yield file, ast.parse(file.read_text(encoding="utf-8"))


def _strings(tree: ast.AST) -> Iterator[str]:
    """Every string constant, and the first piece of every f-string."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _keys(node: ast.expr) -> Iterator[str]:
    """The keys an expression may be, as far as they are written out: a string, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _keys(node.body)
        yield from _keys(node.orelse)


def _asked() -> Iterator[Asked]:
    for file, tree in _modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) in {"Phrase", "Refusal", "button"} and node.args:
                where = f"{file.relative_to(ROOT)}:{node.lineno}"
                for key in _keys(node.args[0]):
                    yield Asked(where, key, _given(node), any(word.arg == "count" for word in node.keywords))


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _given(call: ast.Call) -> frozenset[str] | None:
    """The names of the values of a call, None where they are put together elsewhere."""
    count = {"count"} if any(word.arg == "count" for word in call.keywords) else set()
    if _name(call.func) == "button":
        return frozenset(word.arg for word in call.keywords if word.arg) if all(w.arg for w in call.keywords) else None
    if len(call.args) == 1:
        return frozenset(count)
    values = call.args[1]
    if not isinstance(values, ast.Dict) or not all(isinstance(key, ast.Constant) for key in values.keys):
        return None
    return frozenset(str(key.value) for key in values.keys if isinstance(key, ast.Constant)) | count


ENTRIES = read_locales([DATA])[0].entries
ASKED = tuple(_asked())


def test_the_words_have_no_fault() -> None:
    assert [f"{fault.file}:{fault.line}: {fault.sentence}" for fault in faults([DATA])] == []


def test_english_and_malay_are_offered() -> None:
    phrases, found = load_phrases([DATA])
    assert found == ()
    assert dict(phrases.offered) == {"en": "English", "ms": "Bahasa Malaysia"}


def test_every_phrase_the_code_asks_for_is_there() -> None:
    missing = sorted({f"{asked.where}: {asked.key}" for asked in ASKED if asked.key not in ENTRIES[ENGLISH]})
    assert missing == []


def test_every_phrase_gets_the_values_and_the_count_it_needs() -> None:
    wrong = []
    for asked in ASKED:
        entry = ENTRIES[ENGLISH].get(asked.key)
        if entry is None or asked.given is None:
            continue
        places = frozenset[str]().union(*(form.places for form in entry.forms))
        if places - asked.given or (entry.is_plural and not asked.counted):
            needs = sorted(places | ({"count"} if entry.is_plural else set()))
            wrong.append(f"{asked.where}: {asked.key} needs {needs}, gets {sorted(asked.given)}")
    assert wrong == []


def test_every_phrase_is_used() -> None:
    strings = {text for _, tree in _modules() for text in _strings(tree)}
    unused = [
        key
        for key in ENTRIES[ENGLISH]
        if key not in strings and key not in ELSEWHERE and not key.startswith(tuple(BUILT))
    ]
    assert unused == []


def test_every_beginning_in_the_table_is_one_that_the_code_completes() -> None:
    pieces = {
        node.values[0].value
        for _, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant)
    }
    added = {
        node.left.value
        for _, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and isinstance(node.left, ast.Constant)
    }
    assert set(BUILT) - pieces - added == set()


@pytest.mark.parametrize("language", ["en", "ms"])
def test_places_are_called_as_movements_call_them(language: str) -> None:
    phrases, _ = load_phrases([DATA])
    names = {
        code: phrases.text(language, Phrase("country.name", {"country": Country(code)}), NOW, "UTC")
        for code in ("PS", "MM", "HK", "TW", "PH", "ID")
    }
    expected = {
        "en": ("Palestine", "Myanmar", "Hong Kong", "Taiwan", "Philippines", "Indonesia"),
        "ms": ("Palestin", "Myanmar", "Hong Kong", "Taiwan", "Filipina", "Indonesia"),
    }
    assert tuple(names.values()) == expected[language]
