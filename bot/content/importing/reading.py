"""Reading a saved page: plain text, HTML (.mhtml too), Markdown or Word, each giving the same lines."""

from __future__ import annotations

import re

from bot.content.importing.decoding import Decoded, decode
from bot.content.importing.marked import markdown_fragments
from bot.content.importing.natures import UNREAD, nature
from bot.content.importing.package import Package
from bot.content.importing.page import Doubt, Fragment, Page, assemble
from bot.content.importing.singlefile import page_inside
from bot.content.importing.webpage import declared_encoding, html_fragments
from bot.content.importing.wordfile import STUCK_NUMBER, WordReader
from bot.dialog.messages import Phrase

HTML_START = re.compile(
    r"\s*<(?:!doctype\s+html|html|head|body|main|article|section|div|h1|p)\b", re.IGNORECASE
)

LARGEST_TEXT = 4_000_000
"""Bytes of a text or web page; what is larger is none that people wrote."""


def read(content: bytes, name: str) -> Page:
    """Read the bytes of a saved page; ``name`` is its file name, used for its ending and in reports.

    Never fails. Lines of a Word file are numbered by its paragraphs.

    What is no text at all (pictures, PDF and old Word files) comes back with ``readable`` false: all its
    words, if it has any, are set aside, and a doubt says what its sender can do.
    """
    found = nature(content)
    if isinstance(found, Package):
        return _word_page(found, name)
    inside = None if found else page_inside(content)
    text, told = inside or (content, "")
    if not found and len(text) > LARGEST_TEXT:
        found = "upload.too-large"
    if found:
        return Page(name, "unknown", (), (_unread(found),), readable=False)
    return _text_page(text, name, "html" if inside else name.rpartition(".")[2].lower(), told)


def _text_page(content: bytes, name: str, ending: str, told: str) -> Page:
    """A page of text; ``ending`` says its kind, ``told`` is an encoding that is named outside of it."""
    decoded = decode(content, told or (declared_encoding(content) if ending in {"html", "htm"} else ""))
    doubts = _doubts(content, decoded)
    if decoded.binary:
        return Page(name, "unknown", assemble(_plain(decoded.text)), doubts, readable=False)
    if ending in {"html", "htm", "xhtml"} or HTML_START.match(decoded.text):
        fragments, unread = html_fragments(decoded.text)
        return Page(name, "HTML", assemble(fragments), doubts, unread)
    if ending in {"md", "markdown"}:
        fragments, unread = markdown_fragments(decoded.text)
        return Page(name, "Markdown", assemble(fragments), doubts, unread)
    return Page(name, "plain text", assemble(_plain(STUCK_NUMBER.sub(r"\1 ", decoded.text))), doubts)


def _word_page(package: Package, name: str) -> Page:
    root = package.document()
    if root is None or root.name != "w:document":
        key = "upload.sheet" if root and root.name == "s:workbook" else "upload.broken"
        return Page(name, "unknown", (), (_unread(key),), readable=False)
    reader = WordReader(package)
    reader.read(root)
    if sum(len(fragment.text) for fragment in reader.fragments) > LARGEST_TEXT:
        return Page(name, "unknown", (), (_unread("upload.too-large"),), readable=False)
    macros = ["macros"] if any(each.kind == "vbaProject" for each in package.relations.values()) else []
    blocks = assemble(reader.fragments)
    doubts = _word_doubts(reader) if blocks else (_empty(),)
    return Page(name, "Word", blocks, doubts, (*macros, *dict.fromkeys(reader.links)))


def _word_doubts(reader: WordReader) -> tuple[Doubt, ...]:
    doubts = []
    if reader.changes:
        sentence = "The file has tracked changes: it was read as if all were accepted."
        doubts.append(Doubt(0, sentence, Phrase("upload.tracked")))
    if reader.notes:
        sentence = f"{reader.notes} comments and footnotes are set aside."
        doubts.append(Doubt(0, sentence, Phrase("upload.notes", count=reader.notes)))
    return (*doubts, *([_hidden(reader.hidden)] if reader.hidden else []))


def _plain(text: str) -> list[Fragment]:
    return [Fragment(number, line) for number, line in enumerate(text.splitlines(), 1)]


def _doubts(content: bytes, decoded: Decoded) -> tuple[Doubt, ...]:
    doubts = []
    if not content.strip():
        doubts.append(_empty())
    elif decoded.binary:
        doubts.append(_unread("upload.no-text"))
    elif not decoded.sure:
        sentence = f"The page is not UTF-8; it was read as {decoded.encoding}. Look at accents and quotes."
        doubts.append(Doubt(0, sentence, Phrase("upload.encoding")))
    if decoded.twice:
        sentence = "Some letters look as if the page was once saved in a wrong encoding."
        doubts.append(Doubt(0, sentence, Phrase("upload.encoding")))
    if decoded.hidden and not decoded.binary:
        doubts.append(_hidden(decoded.hidden))
    return tuple(doubts)


def _empty() -> Doubt:
    return Doubt(0, "The page is empty.", Phrase("upload.empty"))


def _unread(key: str) -> Doubt:
    sentence = f"This is {UNREAD[key]}: save it as plain text, Word (.docx) or a web page and import that."
    return Doubt(0, sentence, Phrase(key))


def _hidden(count: int) -> Doubt:
    sentence = f"{count} characters that nobody can see now stand as ⟨U+…⟩ in the text."
    return Doubt(0, sentence, Phrase("upload.hidden", count=count))
