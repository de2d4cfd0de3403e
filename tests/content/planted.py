"""Small catalogues for tests: a folder of data with just the phrases that a test is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.content.phrases import Phrases, load_phrases

NOW = datetime(2026, 2, 14, 9, 30, tzinfo=UTC)
FORMS = {"en": 2, "ms": 1, "th": 1, "pl": 3, "ar": 6, "fr": 3, "pt": 3, "pt-BR": 3}
FIRST_LINE = 5
"""The line of the first msgid after the header."""

Words = str | tuple[str, ...]
TIMES: dict[str, Words] = {
    "time.today": "today {time}",
    "time.tomorrow": "tomorrow {time}",
    "time.yesterday": "yesterday {time}",
    "time.on-day": "{day} {time}",
    "time.in-zone": "{when} ({zone})",
}


def quoted(text: str) -> str:
    """A string as PO writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def message(key: str, words: Words) -> str:
    """One phrase; several forms make it a plural one."""
    if isinstance(words, str):
        return f"msgid {quoted(key)}\nmsgstr {quoted(words)}\n"
    forms = "".join(f"msgstr[{i}] {quoted(form)}\n" for i, form in enumerate(words))
    return f"msgid {quoted(key)}\nmsgid_plural {quoted(key)}\n{forms}"


def plant(folder: Path, language: str, body: Mapping[str, Words] | str, forms: int = 0) -> Path:
    """Write a catalogue of ``language`` into the data folder; ``body`` is phrases, or lines as they are."""
    file = folder / "locales" / language / "LC_MESSAGES" / "bot.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    count = forms or FORMS.get(language, 1)
    fields = ("Content-Type: text/plain; charset=UTF-8\n", f"Plural-Forms: nplurals={count}; plural=0;\n")
    header = 'msgid ""\nmsgstr ' + "\n".join(map(quoted, fields)) + "\n\n"
    text = body if isinstance(body, str) else "".join(message(*pair) for pair in body.items())
    file.write_text(header + text, encoding="utf-8")
    return file


def tables(folder: Path, **files: str) -> None:
    """Write languages.toml, places.toml or words.toml."""
    (folder / "locales").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / "locales" / f"{name}.toml").write_text(text, encoding="utf-8")


def loaded(*folders: Path) -> Phrases:
    """The phrases of folders that have no fault."""
    phrases, faults = load_phrases(folders)
    assert faults == ()
    return phrases
