"""statements/<slug>/<language>.md: the texts people stand behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from bot.campaign.version import HASH_LENGTH, Correction, Weight
from bot.content.catalog import Document, Fault, Statement
from bot.content.loading.documents import Translated, check_language, open_written, read_document, settle
from bot.content.loading.files import DataFile
from bot.content.loading.known import Known
from bot.content.loading.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Version:
    """One language of a statement as it is written."""

    language: str
    sheet: Sheet
    original: bool
    initiators: tuple[str, ...]
    translated: Translated | None


def read_statement(
    slug: str, files: Sequence[DataFile], known: Known, faults: list[Fault]
) -> Statement | None:
    """The statement of one folder; None where it is not sure which text people would sign."""
    read = [_version(file, known, faults) for file in files]
    versions = [version for version in read if version]
    all_read = all(read) and not any(path[:2] == ("statements", slug) for path in known.unread)
    originals = [version for version in versions if version.original]
    for other in originals[1:]:
        other.sheet.fault(
            "original", f"{originals[0].language}.md says original = true too: people sign only one."
        )
    if all_read and not originals:
        sentence = "No language says original = true: add it to the one that people sign."
        versions[0].sheet.fault("original", sentence)
    if len(originals) != 1 or not (original := originals[0]).translated:
        return None
    text = original.translated.document
    documents = {
        version.language: text if version is original else settle(version.translated, text)
        for version in versions
        if version.translated
    }
    return Statement(slug, original.language, documents, original.initiators)


def _version(file: DataFile, known: Known, faults: list[Fault]) -> Version | None:
    language = PurePath(file.name).stem
    if sentence := check_language(language):
        faults.append(Fault(file.name, 0, sentence))
        return None
    written = open_written(file, faults)
    if not written:
        return None
    sheet = written.sheet
    original = sheet.flag("original")
    title, day = sheet.text("title", required=True), sheet.day("dated", required=True)
    initiators = known.organisations_of(sheet, "initiators")
    if initiators and not original:
        sheet.fault("initiators", "Initiators belong to the original: take them away here.")
    translated = read_document(written, language, title=title, day=day, translation=not original)
    corrected = tuple(_corrections(sheet, day)) if day else ()
    sheet.close()
    if not (title and day and translated):
        return Version(language, sheet, original, initiators, None)
    document = _corrected(translated.document, corrected)
    return Version(language, sheet, original, initiators, replace(translated, document=document))


def _corrections(sheet: Sheet, dated: date) -> Iterator[Correction]:
    """What [[corrected]] tells, in order of time; ``dated`` is the day of the first wording."""
    last = dated
    for table in sheet.subs("corrected"):
        day, weight = table.day("day", required=True), table.choice("kind", Weight)
        replaces = table.text("replaces", required=True)
        change = table.text("change")
        table.close()
        if replaces and not re.fullmatch(f"[0-9a-f]{{{HASH_LENGTH}}}", replaces):
            sentence = f"“replaces” must be the first {HASH_LENGTH} digits of the hash of the wording before."
            table.fault("replaces", sentence)
        elif day and day < last:
            table.fault("day", "This is before the wording that it corrects: put the corrections in order.")
        elif day and weight and replaces:
            yield Correction(day, weight, replaces, dated, change)
            last = day
            dated = day if weight is Weight.SUBSTANTIAL else dated


def _corrected(document: Document, corrected: tuple[Correction, ...]) -> Document:
    """The document with its history; a substantial correction made another wording on its day."""
    days = [each.day for each in corrected if each.weight is Weight.SUBSTANTIAL]
    return replace(document, corrected=corrected, dated=days[-1] if days else document.dated)
