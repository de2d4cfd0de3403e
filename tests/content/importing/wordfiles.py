"""Word files made for tests: with python-docx, which the reading does not use, or part by part."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from itertools import starmap
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.document import Document
from docx.text.paragraph import Paragraph

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
ITEM = re.compile(r"^\s*(?:(?P<bullet>-)|(?P<number>\d+\.))\s+(?P<text>.+)$")


def saved(document: Document) -> bytes:
    """The bytes of a document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_word(text: str) -> bytes:
    """A plain page as somebody would write it in Word: its first line a heading, its lists real lists."""
    document = docx.Document()
    for number, block in enumerate(re.split(r"\n\s*\n", text.strip())):
        before: Paragraph | None = None
        for line in filter(str.strip, block.splitlines()):
            item = ITEM.match(line)
            if item:
                document.add_paragraph(item["text"], style="List Bullet" if item["bullet"] else "List Number")
            elif before:
                before.add_run().add_break()
                before.add_run(line.strip())
            else:
                before = document.add_paragraph(line.strip(), style="Normal" if number else "Heading 1")
    return saved(document)


def zipped(parts: Mapping[str, str | bytes], compression: int = ZIP_DEFLATED) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with ZipFile(out, "w", compression) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


def relations(*targets: tuple[str, str, str]) -> str:
    """A part of relations, each with its id, the last word of its kind and its target."""
    return f'<Relationships xmlns="{RELATIONS}">{"".join(starmap(_relation, targets))}</Relationships>'


def _relation(name: str, kind: str, target: str) -> str:
    outside = ' TargetMode="External"' if "://" in target else ""
    return f'<Relationship Id="{name}" Type="{RELATION}/{kind}" Target="{target}"{outside}/>'


def word_file(body: str, *, before: str = "", **parts: str) -> bytes:
    """A Word file of the XML in its body; ``parts`` are other parts by kind (footnotes, styles …)."""
    names = {"_rels/.rels": relations(("a", "officeDocument", "word/document.xml"))}
    names["word/_rels/document.xml.rels"] = relations(
        ("web", "hyperlink", "https://example.org/form"),
        *((f"r{kind}", kind, f"{kind}.xml") for kind in parts),
    )
    space = f'xmlns:w="{WORD}" xmlns:r="{RELATION}"'
    names["word/document.xml"] = f"{before}<w:document {space}><w:body>{body}</w:body></w:document>"
    for kind, inside in parts.items():
        names[f"word/{kind}.xml"] = f"<w:{kind} {space}>{inside}</w:{kind}>"
    return zipped(names)


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs that are XML already."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run of words."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
