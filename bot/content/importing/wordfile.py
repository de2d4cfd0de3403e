"""A Word file: its words as lines; headings, list marks and what is no part of the text told apart.

Tracked changes are read as if all were accepted. Macros and embedded files are never looked at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from bot.content.importing.decoding import made_visible
from bot.content.importing.elements import Element
from bot.content.importing.package import Package
from bot.content.importing.page import Fragment
from bot.content.importing.webpage import BOLD_LINE
from bot.content.importing.wordlists import read_lists
from bot.content.importing.wordstyles import read_styles

BESIDE = {
    "header": "page header",
    "footer": "page footer",
    "footnotes": "footnote",
    "endnotes": "footnote",
    "comments": "comment",
}
"""What stands beside the text, by the kind of the part that holds it."""
PAGED = frozenset({"page header", "page footer"})
CAPTION, HIDDEN = "image caption", "hidden text"
INSERTED, REMOVED = frozenset({"w:ins", "w:moveTo"}), frozenset({"w:del", "w:moveFrom"})
SILENT = frozenset(
    {"w:pPr", "w:rPr", "w:sdtPr", "w:tblPr", "w:trPr", "w:tcPr", "w:rt", "w:delText", "mc:Fallback"}
)
BREAKS, WORDS = frozenset({"w:br", "w:cr"}), frozenset({"w:t", "m:t"})
SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
SYMBOL_BULLET, BULLET = "\uf0b7", "•"
LINK_FIELD = re.compile(r'\s*HYPERLINK\s+"([^"]{1,2000})"')
STUCK_NUMBER = re.compile(r"^(\s*\d{1,3}[.)])(?=[^\W\d_])", re.MULTILINE)
"""A number with no blank behind it: "3.Name"."""


class WordReader:
    """Collects the lines of a Word file, and counts what was met beside words."""

    def __init__(self, package: Package) -> None:
        self.fragments: list[Fragment] = []
        self.links: list[str] = []
        self.changes = 0
        self.notes = 0
        self.hidden = 0
        self._package = package
        self._styles = read_styles(next(package.related("styles"), None))
        self._lists = read_lists(next(package.related("numbering"), None))
        self._aside = ""
        self._number = 0
        self._lines: list[list[tuple[str, bool]]] = [[]]
        self._beside: list[tuple[str, str]] = []
        self._boxes: list[Element] = []

    def read(self, document: Element) -> None:
        """All lines: first the text, then what stands beside it."""
        self._blocks(document.children)
        self._end_paragraph(None)
        for kind, self._aside in BESIDE.items():
            for root in self._package.related(kind):
                for note in [root] if self._aside in PAGED else root.children:
                    before = len(self.fragments)
                    self._blocks(note.children)
                    self.notes += self._aside not in PAGED and len(self.fragments) > before

    def _blocks(self, elements: Iterable[Element]) -> None:
        for element in elements:
            if element.name == "w:p":
                self._paragraph(element)
            elif element.name in REMOVED or _is_removed_row(element):
                self.changes += 1
            elif element.name == "mc:AlternateContent":
                self._blocks(element.children[:1])
            elif element.name not in SILENT:
                self.changes += element.name in INSERTED
                self._blocks(element.children)

    def _paragraph(self, paragraph: Element) -> None:
        properties = paragraph.first("w:pPr")
        self._number += not self._aside
        self._pieces(paragraph.children, properties)
        end = properties.first("w:rPr") if properties else None
        if end and (end.first("w:del") or end.first("w:moveFrom")):
            self.changes += 1  # its end is taken away: what follows goes on in the same paragraph
        else:
            self._end_paragraph(properties)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._blocks(box.children)

    def _pieces(
        self, elements: Iterable[Element], paragraph: Element | None, run: Element | None = None
    ) -> None:
        for element in elements:
            if element.name in REMOVED:
                self.changes += 1
            elif element.name == "w:txbxContent":
                self._boxes.append(element)
            elif element.name == "mc:AlternateContent":
                self._pieces(element.children[:1], paragraph, run)
            elif element.name in BREAKS:
                self._lines.append([])
            elif text := element.text if element.name in WORDS else SIGNS.get(element.name, ""):
                self._add(text, paragraph, run)
            elif element.name not in SILENT:
                self._note(element)
                inside = element.first("w:rPr") if element.name == "w:r" else run
                self._pieces(element.children, paragraph, inside)

    def _add(self, text: str, paragraph: Element | None, run: Element | None) -> None:
        if self._styles.says("w:vanish", paragraph, run):
            self._beside.append((text, HIDDEN))
        else:
            self._lines[-1].append((text, self._styles.says("w:b", paragraph, run)))

    def _note(self, element: Element) -> None:
        """Take note of what is no word: links, descriptions of pictures, changes."""
        self.changes += element.name in INSERTED
        if element.name == "w:hyperlink":
            relation = self._package.relations.get(element.attributes.get("r:id", ""))
            self.links += [" ".join(relation.target.split())] if relation and relation.outside else []
        elif element.name == "w:instrText" and (link := LINK_FIELD.match(element.text)):
            self.links.append(" ".join(link.group(1).split()))
        elif element.name == "wp:docPr" and (description := element.attributes.get("descr", "")):
            self._beside.append((description, CAPTION))

    def _end_paragraph(self, properties: Element | None) -> None:
        lines, self._lines = self._lines, [[]]
        beside, self._beside = self._beside, []
        mark, level = self._lists.mark(*self._styles.numbering(properties)), self._styles.level(properties)
        aside = self._aside or (CAPTION if self._styles.is_caption(properties) else "")
        before = len(self.fragments)
        for pieces in lines:
            text = self._visible("".join(piece for piece, _ in pieces))
            if text.split():
                bold = all(bold for piece, bold in pieces if piece.strip())
                text = mark + text if mark else STUCK_NUMBER.sub(r"\1 ", text)
                self._put(text, level or (BOLD_LINE if bold else 0), aside)
                mark = ""
        for text, kind in beside:
            self._put(self._visible(text), 0, self._aside or kind)
        if len(self.fragments) > before:
            self.fragments.append(Fragment(0, ""))

    def _put(self, text: str, heading: int, aside: str) -> None:
        self.fragments.append(Fragment(self._number, text, heading, aside))

    def _visible(self, text: str) -> str:
        seen, hidden = made_visible(unicodedata.normalize("NFC", text.replace(SYMBOL_BULLET, BULLET)))
        self.hidden += hidden
        return seen


def _is_removed_row(element: Element) -> bool:
    return element.name == "w:tr" and element.first("w:trPr", "w:del") is not None
