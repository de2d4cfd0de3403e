"""Reading a saved page: plain text, HTML or Markdown, each giving the same lines."""

from __future__ import annotations

import re

from bot.content.importing.decoding import Decoded, decode
from bot.content.importing.marked import markdown_fragments
from bot.content.importing.page import Doubt, Fragment, Page, assemble
from bot.content.importing.webpage import declared_encoding, html_fragments

HTML_START = re.compile(
    r"\s*<(?:!doctype\s+html|html|head|body|main|article|section|div|h1|p)\b", re.IGNORECASE
)
STUCK_NUMBER = re.compile(r"^(\s*\d{1,3}[.)])(?=[^\W\d_])", re.MULTILINE)
ZIP_START, PDF_START = b"PK\x03\x04", b"%PDF"


def read(content: bytes, name: str) -> Page:
    """Read the bytes of a saved page; ``name`` is its file name, used for its ending and in reports.

    Never fails.

    What is no text at all (pictures, Word and PDF files) comes back with ``readable`` false: all its words
    are set aside.
    """
    ending = name.rpartition(".")[2].lower()
    decoded = decode(content, declared_encoding(content) if ending in {"html", "htm"} else "")
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


def _plain(text: str) -> list[Fragment]:
    return [Fragment(number, line) for number, line in enumerate(text.splitlines(), 1)]


def _doubts(content: bytes, decoded: Decoded) -> tuple[Doubt, ...]:
    sentences = []
    if not content.strip():
        sentences.append("The page is empty.")
    elif decoded.binary:
        sentences.append(
            f"This is {_nature(content)}: save it as plain text or as a web page and import that."
        )
    elif not decoded.sure:
        sentences.append(
            f"The page is not UTF-8; it was read as {decoded.encoding}. Look at accents and quotes."
        )
    if decoded.twice:
        sentences.append("Some letters look as if the page was once saved in a wrong encoding.")
    if decoded.hidden and not decoded.binary:
        sentences.append(f"{decoded.hidden} characters that nobody can see now stand as ⟨U+…⟩ in the text.")
    return tuple(Doubt(0, sentence) for sentence in sentences)


def _nature(content: bytes) -> str:
    if content.startswith(ZIP_START):
        return "a Word, spreadsheet or zip file"
    return "a PDF file" if content.startswith(PDF_START) else "no text"
