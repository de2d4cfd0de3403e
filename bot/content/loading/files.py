"""The files of the data folders, laid over each other and read with care: whoever edits them may slip."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from bot.content.catalog import Fault

LARGEST = 1_000_000
"""Bytes; a text of this size is a book, and a book is no statement."""

ROOMS = ("statements", "occasions", "greetings", "campaigns")
ORGANISATIONS = ("organisations.toml",)

HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060\u2066-\u2069"
    "\ue000-\uf8ff\ufeff\ufffd\U000f0000-\U0010ffff]",
)
"""Control, private and lost characters, and those that turn a text around; joiners of scripts pass."""


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file: ``path`` below its data folder, ``name`` as faults call it, ``text`` in NFC."""

    path: tuple[str, ...]
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Laid:
    """The folders laid over each other: the files that could be read, by path, and the paths that could not.

    Only ``ORGANISATIONS`` may come several times, in the order of the folders: it is merged entry by entry.
    """

    files: tuple[DataFile, ...]
    unread: frozenset[tuple[str, ...]]


def read_folders(folders: Sequence[Path], faults: list[Fault]) -> Laid:
    """The files of the catalogue; where two folders have one path, the later folder's file."""
    found: dict[tuple[str, ...], tuple[Path, Path]] = {}
    for folder in folders:
        if not folder.is_dir():
            faults.append(Fault(str(folder), 0, "There is no such folder: check the setting BOT_DATA."))
            continue
        try:
            for path in _belonging(folder, faults):
                parts = path.relative_to(folder).parts
                key = (str(folder), *parts) if parts == ORGANISATIONS else parts
                found[key] = (folder, path)
        except OSError as fault:
            sentence = f"The folder cannot be read ({fault.strerror}): allow the bot to read it."
            faults.append(Fault(str(fault.filename), 0, sentence))
    read = {key: _read(folder, path, faults) for key, (folder, path) in found.items()}
    files = sorted((file for file in read.values() if file), key=lambda file: file.path)
    unread = (path.relative_to(folder).parts for key, (folder, path) in found.items() if not read[key])
    return Laid(tuple(files), frozenset(unread))


def _belonging(folder: Path, faults: list[Fault]) -> Iterator[Path]:
    """The files of the rooms; a top folder that is nearly called like one is a slip."""
    for path in _seen(folder):
        if path.name in ROOMS and path.is_dir():
            yield from _walk(path)
        elif path.name == ORGANISATIONS[0]:
            yield path
        elif meant := get_close_matches(path.name, (*ROOMS, *ORGANISATIONS), 1, 0.8):
            faults.append(Fault(str(path), 0, f"Nothing reads this: did you mean “{meant[0]}”?"))


def _walk(folder: Path) -> Iterator[Path]:
    for path in _seen(folder):
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        else:
            yield path


def _seen(folder: Path) -> Iterable[Path]:
    """What is in a folder, without hidden files, backups and notes to editors."""
    return (
        path
        for path in sorted(folder.iterdir())
        if not path.name.startswith((".", "README")) and path.name[-1] != "~"
    )


def _read(folder: Path, path: Path, faults: list[Fault]) -> DataFile | None:
    try:
        content = _bytes(folder, path)
        text = content.decode("utf-8-sig")
    except _Unfit as fault:
        faults.append(Fault(str(path), 0, str(fault)))
    except OSError as fault:
        sentence = f"The file cannot be read ({fault.strerror}): allow the bot to read it."
        faults.append(Fault(str(path), 0, sentence))
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        faults.append(Fault(str(path), line, "This is not UTF-8: save the file with the encoding UTF-8."))
    else:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        clean = "\n".join(_clean(str(path), number, line, faults) for number, line in enumerate(lines, 1))
        return DataFile(path.relative_to(folder).parts, str(path), clean)
    return None


class _Unfit(Exception):  # noqa: N818  (the sentence is the fault)
    """A file that must not be read, and why."""


def _bytes(folder: Path, path: Path) -> bytes:
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise _Unfit("This link leads out of the data folder: put the file itself here.")
    if not path.is_file():
        raise _Unfit("This is no file: put a file here, or take it away.")
    if path.stat().st_size > LARGEST:
        raise _Unfit(f"The file is larger than {LARGEST:,} bytes: cut it into smaller texts.")
    return path.read_bytes()


def _clean(name: str, number: int, line: str, faults: list[Fault]) -> str:
    """The line in NFC without characters that nobody sees."""
    if hidden := hidden_in(line):
        faults.append(Fault(name, number, hidden))
    if not unicodedata.is_normalized("NFC", line):
        faults.append(Fault(name, number, "Letters and accents are apart here (not NFC): type them anew."))
    return unicodedata.normalize("NFC", HIDDEN.sub("", line))


def hidden_in(text: str) -> str:
    """A sentence where a text has characters that nobody sees, "" where it has none."""
    listed = ", ".join(f"U+{ord(character):04X}" for character in sorted(set(HIDDEN.findall(text))))
    return f"There are characters here that nobody can see ({listed}): type it anew." if listed else ""
