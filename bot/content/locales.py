"""The catalogues of the data folders put together: phrases by language and key, each fitting English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.catalog import Fault
from bot.content.cldr import is_language, plural_forms
from bot.content.po import Entry, read_entries

ENGLISH = "en"
COUNT = frozenset({"count"})
"""The place that a plural phrase always has a value for."""

NOTHING = "there is no catalogue"

Entries = Mapping[str, Mapping[str, Entry]]
"""Phrases by language and key."""


@dataclass(frozen=True, slots=True)
class Locales:
    """``entries`` are the phrases that can be used, later folders winning over earlier ones key by key.

    ``files`` has the first catalogue of each language, ``home`` is the folder for those not there yet.
    ``consents`` are the keys that English marks as such.
    """

    entries: Entries
    files: Mapping[str, str]
    home: Path
    consents: frozenset[str] = frozenset()

    def file(self, language: str) -> str:
        """Where a missing phrase of a language is to be written."""
        return self.files.get(language, str(self.home / language / "LC_MESSAGES" / "bot.po"))


def read_locales(folders: Sequence[Path]) -> tuple[Locales, tuple[Fault, ...]]:
    """Read ``locales/<language>/LC_MESSAGES/bot.po`` of each data folder.

    The first English wording of a key says which places the phrase has; every other wording has to fit it.
    A phrase that cannot be used is left out and told as a fault.
    """
    files = [file for folder in folders for file in sorted((folder / "locales").glob("*/LC_MESSAGES/bot.po"))]
    read = [(language, file, *_read(language, file)) for file in files for language in (_language(file),)]
    english = [entry for language, _, entries, _ in read if language == ENGLISH for entry in entries]
    reference = {entry.key: entry for entry in reversed(english)}
    consents = frozenset(entry.key for entry in english if entry.consent)
    faults = [fault for *_, told in read for fault in told]
    entries: dict[str, dict[str, Entry]] = {ENGLISH: {}}
    first_files = {language: str(file) for language, file, *_ in reversed(read)}
    found = Locales(entries, first_files, folders[0] / "locales" if folders else Path("locales"), consents)
    if not reference:
        return found, tuple(faults) or (Fault(found.file(ENGLISH), 0, NOTHING),)
    for language, entry in ((language, entry) for language, _, known, _ in read for entry in known):
        if wrong := _unlike(language, entry, reference.get(entry.key)):
            faults.append(entry.fault(wrong))
        else:
            entries.setdefault(language, {})[entry.key] = entry
    return found, tuple(faults)


def _language(file: Path) -> str:
    return file.parts[-3].replace("_", "-")


def _read(language: str, file: Path) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    if not is_language(language):
        return (), (Fault(str(file), 0, f"“{language}” is no language code: name the folder as ms or pt-BR"),)
    return read_entries(file, language)


def _unlike(language: str, entry: Entry, reference: Entry | None) -> str:
    """How an entry fails to fit the first English wording of its key, as a sentence; "" where it fits.

    A form that stands for one number only ("one organisation") may leave out {count}.
    """
    if reference is None:
        return "English has no such key"
    if entry.is_plural != reference.is_plural:
        return f"it must have {'' if reference.is_plural else 'no '}plural forms, as in English"
    places = frozenset[str]().union(*(form.places for form in reference.forms))
    numbers = plural_forms(language).values() if entry.is_plural else (None,)
    for form, number in zip(entry.forms, numbers, strict=True):
        if missing := places - form.places - (COUNT if number is not None else set()):
            return f"the place {{{min(missing)}}} is missing in “{form.source}”"
        if unknown := form.places - places - (COUNT if entry.is_plural else set()):
            return f"the place {{{min(unknown)}}} is unknown in “{form.source}”"
    return ""
