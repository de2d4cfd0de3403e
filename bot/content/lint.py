"""Rules that every phrase keeps (GOLDEN-DIALOGS 0): for ``bot check`` and the tests."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from bot.content.catalog import Fault
from bot.content.inert import length
from bot.content.locales import ENGLISH, NOTHING, Entries, Locales, read_locales
from bot.content.po import Entry
from bot.content.tables import EVERYWHERE, Tables, read_tables
from bot.content.template import LINE_END, Template

BUTTON = "b."
"""Begins the key of a phrase that stands on a button."""
NOTICE = "notice."
"""Begins the key of a phrase that may be seen on a locked screen."""
FOR_OTHERS = ("operator.", "checker.")
"""Begin the keys of phrases that neither members nor moderators read: any word may stand there."""

CARD_LINES, CARD_LENGTH = 9, 400
BUTTON_LENGTH = {ENGLISH: 42}
TRANSLATED_BUTTON_LENGTH = 48
NAMELESS = frozenset({"count", "minutes", "hours", "days", "time"})
"""Places that never hold the name of a person, an organisation or a statement."""

UNTRANSLATED = "not translated"


def faults(folders: Sequence[Path]) -> tuple[Fault, ...]:
    """Everything wrong with ``locales/`` of the data folders, in the order of files and lines."""
    locales, unusable = read_locales(folders)
    tables, of_tables = read_tables(folders)
    forbidden = {language: forbidden_words(tables, language) for language in locales.entries}
    ruled = (
        entry.fault(sentence)
        for language, entry in _each(locales.entries)
        for sentence in _broken_rules(language, entry, forbidden[language])
    )
    told = {*unusable, *of_tables, *ruled}
    missing = {fault for fault in _missing(locales, tables) if not _is_told(fault, told)}
    return tuple(sorted(told | missing, key=lambda fault: (fault.file, fault.line, fault.sentence)))


def _each(entries: Entries) -> Iterator[tuple[str, Entry]]:
    return ((language, entry) for language, by_key in entries.items() for entry in by_key.values())


def _missing(locales: Locales, tables: Tables) -> Iterator[Fault]:
    """What is not there: English, the list of forbidden words, phrases of an offered language."""
    for language in (ENGLISH, *tables.offered):
        file, known = locales.file(language), locales.entries.get(language)
        if not known:
            yield Fault(file, 0, NOTHING)
            continue
        for key in locales.entries[ENGLISH].keys() - known.keys():
            yield Fault(file, 0, f"{key}: {UNTRANSLATED}")
    if not tables.forbidden.get(EVERYWHERE):
        yield Fault(
            str(locales.home / "words.toml"), 0, f"there is no list “{EVERYWHERE}” of words that no card says"
        )


def _is_told(missing: Fault, told: Collection[Fault]) -> bool:
    """Whether another fault of the same file says why it is missing."""
    start = missing.sentence.removesuffix(UNTRANSLATED) if missing.sentence.endswith(UNTRANSLATED) else ""
    return any(fault.file == missing.file and fault.sentence.startswith(start) for fault in told)


def _broken_rules(language: str, entry: Entry, forbidden: re.Pattern[str] | None) -> Iterator[str]:
    """A sentence for each rule that a phrase breaks."""
    for form in entry.forms:
        yield from _blanks(form)
        if entry.key.startswith(BUTTON):
            yield from _button(language, form)
        else:
            yield from _card(form)
        if entry.key.startswith(NOTICE) and (names := form.places - NAMELESS):
            yield f"a notice may be read on a locked screen: leave out {{{min(names)}}}"
        if not entry.key.startswith(FOR_OTHERS) and forbidden and (word := forbidden.search(form.words)):
            yield f"people do not say “{word[0]}”: find a plain word"


def _blanks(form: Template) -> Iterator[str]:
    if any(line != line.strip() or "  " in line for line in form.source.split(LINE_END)):
        yield "a line begins or ends with a blank, or has two in a row"


def _card(form: Template) -> Iterator[str]:
    if form.words.count("!") > 1:
        yield "at most one exclamation mark"
    if (lines := form.words.count(LINE_END) + 1) > CARD_LINES:
        yield f"{lines} lines: a card has at most {CARD_LINES}"
    if (seen := length(form.words)) > CARD_LENGTH:
        yield f"{seen} characters: a card has at most {CARD_LENGTH}"


def _button(language: str, form: Template) -> Iterator[str]:
    limit = BUTTON_LENGTH.get(language, TRANSLATED_BUTTON_LENGTH)
    if LINE_END in form.source:
        yield "a button has one line"
    if (seen := length(form.words)) > limit:
        yield f"{seen} characters: a button has at most {limit}"


def forbidden_words(tables: Tables, language: str) -> re.Pattern[str] | None:
    """One pattern for every word that a language does not say; a star at an end stands for any letters."""
    words = [*tables.forbidden.get(EVERYWHERE, ()), *tables.forbidden.get(language, ())]
    patterns = (r"\b" + re.escape(word).replace(r"\*", r"\w*") + r"\b" for word in words)
    return re.compile("|".join(patterns), re.IGNORECASE) if words else None
