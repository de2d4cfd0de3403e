"""A text with its front matter: what statements, occasions and greetings are written as."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date

from bot.campaign.version import HASH_LENGTH, counts_as
from bot.content.catalog import Document, Fault, Source, TextKind, TextStatus
from bot.content.countries import LANGUAGES
from bot.content.loading.files import DataFile
from bot.content.loading.sheet import Sheet, meant, open_sheet
from bot.content.markup import is_web_address, read
from bot.dialog.text import Bullets, Text, plain, plain_line

MARK = "+++"
_LETTERS_A_WORD = 6
_LONGEST_WORD = 30
"""A longer run of letters is in a script that sets no blank between words."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file taken apart: the sheet of its front matter, its body, and the line the body begins in."""

    sheet: Sheet
    body: str
    line: int


@dataclass(frozen=True, slots=True)
class Translated:
    """A document, and the beginning of the hash of the text it translates ("" where it does not say)."""

    document: Document
    translates: str = ""


def open_written(file: DataFile, faults: list[Fault]) -> Written | None:
    """Take a file with front matter apart; None where it has none."""
    lines = file.text.split("\n")
    ends = [number for number, line in enumerate(lines) if line.rstrip() == MARK][:2]
    if ends[:1] != [0] or len(ends) == 1:
        lacking = "second" if ends[:1] == [0] else "first"
        sentence = f"A file begins with its keys between two lines {MARK}: add the {lacking} one."
        faults.append(Fault(file.name, 1, sentence))
        return None
    sheet = open_sheet(file.name, "\n".join(lines[1 : ends[1]]), faults, before=1)
    body = "\n".join(lines[ends[1] + 1 :])
    return Written(sheet, body.strip("\n").rstrip() + "\n", ends[1] + 2) if sheet else None


def read_document(
    written: Written,
    language: str,
    *,
    title: str,
    day: date | None,
    fallback: date | None = None,
    translation: bool = False,
) -> Translated | None:
    """The document of a text; None where the text, its kind or its source is missing.

    ``day`` is the day of this wording; without it the text is as old as its publication, else as ``fallback``
    (``date.min`` where nobody knows). A translation that names no source has its original's.
    """
    sheet = written.sheet
    kind = sheet.choice("kind", TextKind)
    status = sheet.choice("status", TextStatus, TextStatus.COMMUNITY if translation else TextStatus.OFFICIAL)
    source = read_source(sheet, required=not translation)
    translates = _translates(sheet) if translation else ""
    if not written.body.strip():
        sheet.faults.append(
            Fault(sheet.file, written.line, "There is no text below the keys: write it there.")
        )
        return None
    if not (kind and status and source):
        return None
    text = read(written.body)
    document = Document(
        language=language,
        title=title,
        text=text,
        sha256=hashlib.sha256(written.body.encode()).hexdigest(),
        dated=day or source.published or fallback or date.min,
        kind=kind,
        status=status,
        source=source,
        words=count_words(plain(text)),
        body=written.body,
        calls=_calls(text),
    )
    return Translated(document, translates)


def settle(translated: Translated, original: Document) -> Document:
    """The translation, outdated where its original has another wording now; by default with its source.

    A slip that was put right in the original is no other wording.
    """
    document = translated.document
    wordings = counts_as(original.sha256, original.corrected)
    fits = not translated.translates or translated.translates in wordings
    return replace(
        document,
        status=document.status if fits else TextStatus.OUTDATED,
        source=document.source if document.source.title else original.source,
        signed=(original.sha256, original.corrected),
    )


def read_source(sheet: Sheet, *, required: bool) -> Source | None:
    """The table [source]; where it is missing an empty source, or None if it is required."""
    table = sheet.sub("source")
    if table is None:
        if required and "source" not in sheet.table:
            sheet.fault(
                "source", 'Nothing says where the text is from: add [source] and below it title = "…"'
            )
        return None if required else Source("")
    title, url = table.text("title", required=True), table.text("url")
    if url and not is_web_address(url):
        table.fault("url", "“url” must be an address that begins with https://")
        url = ""
    source = Source(title, url, table.day("published"))
    table.close()
    return source if title or not required else None


def check_language(code: str) -> str:
    """Why a language code cannot be used, "" where it can."""
    if code in LANGUAGES:
        return ""
    return f"“{code[:20]}” is no language in use ({' '.join(LANGUAGES)}){meant(code, LANGUAGES)}."


def count_words(text: str) -> int:
    """About how many words a text has, also where its script sets no blanks between them."""
    return sum(
        1 if len(word) <= _LONGEST_WORD else len(word) // _LETTERS_A_WORD
        for word in text.split()
        if any(map(str.isalnum, word))
    )


def _translates(sheet: Sheet) -> str:
    beginning = sheet.text("translates")
    if beginning and not re.fullmatch(f"[0-9a-f]{{{HASH_LENGTH}}}", beginning):
        sheet.fault(
            "translates", f"“translates” must be the first {HASH_LENGTH} digits of the original's hash."
        )
        return ""
    return beginning


def _calls(text: Text) -> tuple[str, ...]:
    lists = (block for block in text if isinstance(block, Bullets))
    first = next(lists, Bullets(()))
    return tuple(plain_line(item) for item in first.items)
