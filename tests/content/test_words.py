"""The shipped words: complete, within the rules, and each of them used by the code that asks for it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest

from bot.campaign.announcement import WISHES
from bot.campaign.bringing import Origin
from bot.campaign.endorsement import INVITATION, RETURNING, Kind, State
from bot.campaign.invitation import Standing
from bot.content.catalog import TextStatus
from bot.content.lint import faults, forbidden_words
from bot.content.locales import ENGLISH, read_locales
from bot.content.phrases import load_phrases
from bot.content.tables import read_tables
from bot.dialog.messages import Country, Phrase
from bot.features.bring_columns import KINDS as KINDS_OF_COLUMNS
from bot.features.review import REASONS
from bot.menus import EVERY, OPTIONS
from tests.content.planted import NOW

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"

FIELDS = ("original", "acronym", "city", "link", "contact", "message")
KINDS = [kinds for size in (1, 2, 3) for kinds in combinations(WISHES, size)]
BUILT: dict[str, Iterable[str]] = {
    "b.dispute-": ("off", "keep"),
    "dispute.": ("off", "kept", "imported", "signed", "signed-by"),
    "dispute.told-": ("off", "kept"),
    "alarm.": ("webhook", "poller"),
    "b.": ("approve", "not-now"),
    "b.from-": (Origin.FORM, Origin.PAPER),
    "b.list-": Kind,
    "b.reason-": REASONS,
    "b.sign-": Kind,
    "bring.came-": (Origin.FORM, Origin.PAPER),
    "bring.kind-": KINDS_OF_COLUMNS,
    "campaign.": ("started", "started-counted", "plain", "plain-counted"),
    "channel.kind-": WISHES,
    "channel.news-": map("-".join, KINDS),
    "console.": ("hint", "leave", "only-you", "changed", "not-saved", "files"),
    "menu.": EVERY,
    "new.checked-": ("moderators", "you"),
    "new.who-": ("both", "organisations"),
    "org.": ("open", "closed", "delivered"),
    "b.invited-": Standing,
    "delivered.told-": ("all", "channels", "nobody"),
    "claim.": ("refused", "ended"),
    "claim.by-": ("link", "handover", "words"),
    "contest.": ("stays", "off"),
    "invite.in-": Standing,
    "invite.is-": Standing,
    "mine.": (*State, "published-unnamed", "published-late", "withdrawn-unlisted"),
    "notice.": (
        "opened",
        "not-opened",
        "kept",
        "claim",
        "revision",
        "revision-decided",
        "again",
        "published",
        "decided",
        "suspended",
        "invited",
        "silent",
        "follow",
        "answered",
        "disputed",
        "asked",
    ),
    "platform.": ("console", "telegram", "discord"),
    "reason.": REASONS,
    "review.": (State.PUBLISHED, State.WITHDRAWN, INVITATION, RETURNING),
    "review.late-": State,
    "sign.ask-": FIELDS,
    "sign.label-": FIELDS,
    "slash.": EVERY,
    "slash-option.": OPTIONS,
    "text.": (TextStatus.COMMUNITY, TextStatus.OUTDATED),
}
"""Keys that the code puts together: a beginning, and all its endings."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A phrase that the code asks for by its key; ``given`` are its values, None if made elsewhere."""

    where: str
    key: str
    given: frozenset[str] | None
    counted: bool


def _modules() -> Iterator[tuple[Path, ast.Module]]:
    for file in sorted((ROOT / "bot").rglob("*.py")):
        yield file, ast.parse(file.read_text(encoding="utf-8"))


def _strings(tree: ast.AST) -> Iterator[str]:
    """Every string constant, docstrings and pieces of f-strings among them."""
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
            if (
                isinstance(node, ast.Call)
                and _name(node.func) in {"Phrase", "Refusal", "button"}
                and node.args
            ):
                where = f"{file.relative_to(ROOT)}:{node.lineno}"
                for key in _keys(node.args[0]):
                    yield Asked(where, key, _given(node), any(word.arg == "count" for word in node.keywords))


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _given(call: ast.Call) -> frozenset[str] | None:
    """The names of the values of a call, None where they are put together elsewhere."""
    count = {"count"} if any(word.arg == "count" for word in call.keywords) else set()
    if _name(call.func) == "button":
        return (
            frozenset(word.arg for word in call.keywords if word.arg)
            if all(w.arg for w in call.keywords)
            else None
        )
    if len(call.args) == 1:
        return frozenset(count)
    values = call.args[1]
    if not isinstance(values, ast.Dict) or not all(isinstance(key, ast.Constant) for key in values.keys):
        return None
    return frozenset(str(key.value) for key in values.keys if isinstance(key, ast.Constant)) | count


BUILT_KEYS = frozenset(beginning + ending for beginning, endings in BUILT.items() for ending in endings)
ENTRIES = read_locales([DATA])[0].entries
ASKED = tuple(_asked())


def test_the_words_have_no_fault() -> None:
    assert [f"{fault.file}:{fault.line}: {fault.sentence}" for fault in faults([DATA])] == []


def test_words_of_a_script_without_blanks_are_found_inside_a_line() -> None:
    tables, _ = read_tables([DATA])
    pattern = forbidden_words(tables, "th")
    assert pattern
    for word in tables.forbidden["th"]:
        assert pattern.search(f"ที่นี่มี{word.strip('*')}อยู่"), word


def test_the_languages_offered() -> None:
    phrases, found = load_phrases([DATA])
    assert found == ()
    assert dict(phrases.offered) == {
        "en": "English",
        "ms": "Bahasa Malaysia",
        "id": "Bahasa Indonesia",
        "fil": "Filipino",
        "th": "ภาษาไทย",
    }


def test_every_phrase_the_code_asks_for_is_there() -> None:
    missing = {f"{asked.where}: {asked.key}" for asked in ASKED if asked.key not in ENTRIES[ENGLISH]}
    assert sorted(missing | (BUILT_KEYS - ENTRIES[ENGLISH].keys())) == []


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
    assert sorted(ENTRIES[ENGLISH].keys() - strings - BUILT_KEYS) == []


def test_every_beginning_in_the_table_is_one_that_the_code_completes() -> None:
    pieces = {text for _, tree in _modules() for text in _begun(tree)}
    assert [
        beginning for beginning in BUILT if not any(piece.startswith(beginning) for piece in pieces)
    ] == []


def _begun(tree: ast.AST) -> Iterator[str]:
    """The first pieces of f-strings, and strings that something is added to."""
    for node in ast.walk(tree):
        first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else None
        begun = node.left if isinstance(node, ast.BinOp) else first
        if isinstance(begun, ast.Constant) and isinstance(begun.value, str):
            yield begun.value


@pytest.mark.parametrize("language", ["en", "ms", "id", "fil", "th"])
def test_places_are_called_as_movements_call_them(language: str) -> None:
    phrases, _ = load_phrases([DATA])
    names = {
        code: phrases.text(language, Phrase("country.name", {"country": Country(code)}), NOW, "UTC")
        for code in ("PS", "MM", "HK", "TW", "PH", "ID")
    }
    expected = {
        "en": ("Palestine", "Myanmar", "Hong Kong", "Taiwan", "Philippines", "Indonesia"),
        "ms": ("Palestin", "Myanmar", "Hong Kong", "Taiwan", "Filipina", "Indonesia"),
        "id": ("Palestina", "Myanmar", "Hong Kong", "Taiwan", "Filipina", "Indonesia"),
        "fil": ("Palestine", "Myanmar", "Hong Kong", "Taiwan", "Pilipinas", "Indonesia"),
        "th": ("ปาเลสไตน์", "เมียนมา", "ฮ่องกง", "ไต้หวัน", "ฟิลิปปินส์", "อินโดนีเซีย"),
    }
    assert tuple(names.values()) == expected[language]
