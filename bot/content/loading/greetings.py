"""greetings/<occasion>/<slug>.md, and <slug>.<language>.md for a translation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from bot.content.catalog import Document, Fault, Greeting, Signer
from bot.content.loading.documents import (
    Translated,
    check_language,
    open_written,
    read_document,
    settle,
)
from bot.content.loading.files import DataFile
from bot.content.loading.known import Known
from bot.content.loading.sheet import Sheet, slug_fault


@dataclass(slots=True)
class Reading:
    """Reads the greetings of one occasion; ``day`` is when that began, the date of undated greetings."""

    occasion: str
    day: date | None
    known: Known
    faults: list[Fault]

    def read(self, files: Iterable[DataFile]) -> tuple[Greeting, ...]:
        """All greetings in the order of the source."""
        originals, translations = self._sorted(files)
        for slug in translations.keys() - originals.keys():
            for file in translations[slug].values():
                self._fault(file, f"This translates nothing: add {slug}.md, or correct the name.")
        found: dict[int, str] = {}
        greetings = []
        for slug, file in originals.items():
            if greeting := self._greeting(slug, file, translations.get(slug, {}), found):
                greetings.append(greeting)
        return tuple(sorted(greetings, key=lambda greeting: (greeting.order, greeting.slug)))

    def _sorted(
        self, files: Iterable[DataFile]
    ) -> tuple[dict[str, DataFile], dict[str, dict[str, DataFile]]]:
        """Originals by slug, translations by slug and language."""
        originals: dict[str, DataFile] = {}
        translations: dict[str, dict[str, DataFile]] = {}
        for file in files:
            slug, dot, language = PurePath(file.name).stem.partition(".")
            if sentence := slug_fault(slug) or (check_language(language) if dot else ""):
                self._fault(file, sentence)
            elif dot:
                translations.setdefault(slug, {})[language] = file
            else:
                originals[slug] = file
        return originals, translations

    def _greeting(
        self, slug: str, file: DataFile, translations: Mapping[str, DataFile], orders: dict[int, str]
    ) -> Greeting | None:
        written = open_written(file, self.faults)
        if not written:
            return None
        sheet = written.sheet
        organisations = self.known.organisations_of(sheet, "organisations", required=True)
        order, language = self._order(sheet, slug, orders), sheet.text("language", required=True)
        signers, note, title = _signers(sheet), sheet.text("note"), sheet.text("title")
        if sentence := check_language(language) if language else "":
            sheet.fault("language", sentence)
        read = read_document(written, language, title=title, day=sheet.day("dated"), fallback=self.day)
        sheet.close()
        if not (read and organisations and order and language and not sentence):
            return None
        documents = {language: read.document, **self._translations(translations, read.document)}
        return Greeting(slug, self.occasion, order, organisations, signers, documents, language, note)

    def _order(self, sheet: Sheet, slug: str, orders: dict[int, str]) -> int:
        order = sheet.number("order", 0, least=1, required=True)
        if orders.setdefault(order, slug) != slug and order:
            sheet.fault("order", f"“{orders[order]}” has the order {order} too: number one of them anew.")
        return order

    def _translations(self, files: Mapping[str, DataFile], original: Document) -> dict[str, Document]:
        found: dict[str, Document] = {}
        for language, file in files.items():
            if language == original.language:
                self._fault(file, "The greeting itself is in this language: take one of the two away.")
            elif read := self._translation(language, file):
                found[language] = settle(read, original)
        return found

    def _translation(self, language: str, file: DataFile) -> Translated | None:
        written = open_written(file, self.faults)
        if not written:
            return None
        title, day = written.sheet.text("title"), written.sheet.day("dated")
        read = read_document(written, language, title=title, day=day, fallback=self.day, translation=True)
        written.sheet.close()
        return read

    def _fault(self, file: DataFile, sentence: str) -> None:
        self.faults.append(Fault(file.name, 0, sentence))


def _signers(sheet: Sheet) -> tuple[Signer, ...]:
    signers = []
    for table in sheet.subs("signer"):
        signers.append(Signer(table.text("name", required=True), table.text("role")))
        table.close()
    return tuple(signer for signer in signers if signer.name)
