"""One catalogue file: gettext PO, read with Babel, every line of it understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from bot.content.catalog import Fault
from bot.content.cldr import plural_forms
from bot.content.template import Malformed, Template, parse

_STRING = r'"(?:[^"\\]|\\["\\nt])*"'
_LINE = re.compile(rf"(?:(?:msgid|msgid_plural|msgstr(?:\[\d\])?) )?{_STRING}")
_MSGID = re.compile(rf"msgid ({_STRING})")
_KEY = re.compile(r"[a-z][a-z0-9-]*(?:\.[a-z0-9_-]+)+")
_CHECKED = re.compile(r'"X-Checked:\s*(.*?)\s*\\n"')
_ANSWERS = {"yes": True, "no": False}

CONSENT = "consent"
"""Written as ``#. consent`` above a phrase in English: who reads it agrees to something."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase in one language: its one form, or its plural forms in the order of ``cldr.plural_forms``.

    ``checked``: its catalogue says that a native reader has checked it. ``consent``: it is marked as one.
    """

    key: str
    forms: tuple[Template, ...]
    is_plural: bool
    file: str
    line: int
    checked: bool = False
    consent: bool = False

    def fault(self, sentence: str) -> Fault:
        """A fault of this entry."""
        return Fault(self.file, self.line, f"{self.key}: {sentence}")


def read_entries(file: Path, language: str) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """The translated phrases of a file, and its faults.

    Phrases that are empty, fuzzy or at fault are left out. A file that is no catalogue of ``language``
    (unreadable, wrong number of plural forms) gives faults only.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeError):
        return (), (Fault(str(file), 0, "cannot be read: save it as UTF-8"),)
    faults = tuple(Fault(str(file), line, sentence) for line, sentence in _line_faults(lines))
    if faults:
        return (), faults
    try:
        catalogue = read_po(lines, ignore_obsolete=True, abort_invalid=True)
    except PoFileError as found:
        return (), (Fault(str(file), found.lineno + 1, f"cannot be read: {found}"),)
    except (ValueError, LookupError, TypeError) as found:
        return (), (Fault(str(file), 1, f"cannot be read: {found}"),)
    checked, doubts = _checked(lines)
    entries, faults = _entries(catalogue, file, language)
    told = (Fault(str(file), line, sentence) for line, sentence in doubts)
    return tuple(replace(entry, checked=checked) for entry in entries), (*told, *faults)


def _line_faults(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Lines that Babel would pass over or mend in silence, and keys that come twice."""
    seen: dict[str, int] = {}
    for number, line in enumerate(map(str.strip, lines), start=1):
        if line and not line.startswith("#") and not _LINE.fullmatch(line):
            yield number, 'not understood: write msgid "…" and msgstr "…", each closed on its line'
        elif (msgid := _MSGID.fullmatch(line)) and seen.setdefault(msgid[1], number) != number:
            yield number, f"the same key stands in line {seen[msgid[1]]}: keep one"


def _checked(lines: list[str]) -> tuple[bool, list[tuple[int, str]]]:
    """What the header says of its native readers, no where it is silent; and what is wrong with that line."""
    for number, line in enumerate(map(str.strip, lines), start=1):
        if (msgid := _MSGID.fullmatch(line)) and msgid[1] != '""':
            break
        if said := _CHECKED.fullmatch(line):
            known = said[1] in _ANSWERS
            return _ANSWERS.get(said[1], False), [] if known else [(number, "X-Checked is yes or no")]
    return False, []


def _entries(catalogue: Catalog, file: Path, language: str) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    wanted = list(plural_forms(language))
    if catalogue.num_plurals != len(wanted):
        sentence = f"the header must say Plural-Forms: nplurals={len(wanted)} ({', '.join(wanted)})"
        return (), (Fault(str(file), 1, sentence),)
    entries: list[Entry] = []
    faults: list[Fault] = []
    for message in catalogue:
        if not message.id or message.fuzzy:
            continue
        try:
            entries += _entry(message, file)
        except Malformed as found:
            faults.append(Fault(str(file), message.lineno or 0, f"{_ids(message)[0]}: {found}"))
    return tuple(entries), tuple(faults)


def _entry(message: Message, file: Path) -> Iterator[Entry]:
    """The entry of a message, none where it is not translated. Raises ``Malformed``."""
    key, *plural = _ids(message)
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    if not _KEY.fullmatch(key) or plural not in ([], [key]):
        raise Malformed("a key is small words with points between them, the same in msgid and msgid_plural")
    if not any(forms):
        return
    if not all(forms):
        raise Malformed("every plural form needs its words")
    read, consent = tuple(map(parse, forms)), CONSENT in message.auto_comments
    yield Entry(key, read, bool(plural), str(file), message.lineno or 0, consent=consent)


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)
