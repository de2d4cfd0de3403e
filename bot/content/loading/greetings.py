"""greetings/<occasion>/<slug>.md, and <slug>.<language>.md for a translation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.content.catalog import Document, Fault, Greeting, Signer
from bot.content.loading.documents import (
    Translated,
    Written,
    check_language,
    open_written,
    read_document,
    settle,
)
from bot.content.loading.files import DataFile
from bot.content.loading.known import Known
from bot.content.loading.sheet import Sheet, slug_fault

Translations = Mapping[str, tuple[DataFile, Translated | None]]
"""By language: the file, and what was read from it."""


@dataclass(slots=True)
class Post:
    """Reads the greetings of one occasion; ``day`` is when that began, the date of undated greetings."""

    occasion: str
    day: date | None
    known: Known
    faults: list[Fault]
    orders: dict[int, str] = field(default_factory=dict)

    def read(self, files: Iterable[DataFile]) -> tuple[Greeting, ...]:
        """All greetings in the order of the source."""
        originals: dict[str, DataFile] = {}
        translations: dict[str, dict[str, tuple[DataFile, Translated | None]]] = {}
        for file in files:
            slug, dot, language = file.path[-1].removesuffix(".md").partition(".")
            if sentence := slug_fault(slug) or (check_language(language) if dot else ""):
                self._fault(file, sentence)
            elif dot:
                translations.setdefault(slug, {})[language] = (file, self._translation(language, file))
            else:
                originals[slug] = file
        self._check_originals(originals, translations)
        read = (self._greeting(slug, file, translations.get(slug, {})) for slug, file in originals.items())
        return tuple(sorted(filter(None, read), key=lambda greeting: (greeting.order, greeting.slug)))

    def _check_originals(self, originals: Iterable[str], translations: Mapping[str, Translations]) -> None:
        for slug in translations.keys() - set(originals):
            for file, _ in translations[slug].values():
                if (*file.path[:-1], f"{slug}.md") not in self.known.unread:
                    self._fault(file, f"This translates nothing: add {slug}.md, or correct the name.")

    def _greeting(self, slug: str, file: DataFile, translations: Translations) -> Greeting | None:
        written = open_written(file, self.faults)
        if not written:
            return None
        sheet = written.sheet
        organisations = self.known.organisations_of(sheet, "organisations", required=True)
        order, language = self._order(sheet, slug), _language(sheet)
        signers, note = _signers(sheet), sheet.text("note")
        read = self._document(written, language)
        sheet.close()
        if not (read and organisations and order and language):
            return None
        documents = {language: read.document, **self._settled(translations, read.document)}
        return Greeting(slug, self.occasion, order, organisations, signers, documents, language, note)

    def _document(self, written: Written, language: str, *, translation: bool = False) -> Translated | None:
        title, day = written.sheet.text("title"), written.sheet.day("dated")
        return read_document(
            written, language, title=title, day=day, fallback=self.day, translation=translation
        )

    def _order(self, sheet: Sheet, slug: str) -> int:
        order = sheet.number("order", 0, least=1, required=True)
        if order and self.orders.setdefault(order, slug) != slug:
            sheet.fault(
                "order", f"“{self.orders[order]}” has the order {order} too: number one of them anew."
            )
        return order

    def _translation(self, language: str, file: DataFile) -> Translated | None:
        written = open_written(file, self.faults)
        if not written:
            return None
        read = self._document(written, language, translation=True)
        written.sheet.close()
        return read

    def _settled(self, translations: Translations, original: Document) -> dict[str, Document]:
        settled: dict[str, Document] = {}
        for language, (file, read) in translations.items():
            if language == original.language:
                self._fault(file, "The greeting itself is in this language: take one of the two away.")
            elif read:
                settled[language] = settle(read, original)
        return settled

    def _fault(self, file: DataFile, sentence: str) -> None:
        self.faults.append(Fault(file.name, 0, sentence))


def _language(sheet: Sheet) -> str:
    language = sheet.text("language", required=True)
    if language and (sentence := check_language(language)):
        sheet.fault("language", sentence)
        return ""
    return language


def _signers(sheet: Sheet) -> tuple[Signer, ...]:
    signers = []
    for table in sheet.subs("signer"):
        signers.append(Signer(table.text("name", required=True), table.text("role")))
        table.close()
    return tuple(signer for signer in signers if signer.name)
