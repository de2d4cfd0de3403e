"""XML from a stranger, heard element by element or read as a small tree.

A document type, and with it every entity of its own, is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol
from xml.parsers import expat

DEEPEST = 120
MOST_ELEMENTS = 200_000
"""More elements than a text of the largest size taken needs."""
PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "s",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "s",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/relationships": "p",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
}
"""Names of elements and attributes begin with these, whatever the file itself has; others with "other"."""


@dataclass(slots=True)
class Element:
    """An element: its name ("w:p"), its attributes, the elements in it, and the characters before them."""

    name: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The characters before the first element in it."""
        return "".join(self.pieces)

    def first(self, *path: str) -> Element | None:
        """The first element along a path of names."""
        here: Element | None = self
        for name in path:
            here = next((child for child in here.children if child.name == name), None) if here else None
        return here

    def all(self, name: str) -> Iterator[Element]:
        """The elements of this name right in it."""
        return (child for child in self.children if child.name == name)

    def value(self, *path: str) -> str:
        """The attribute "w:val" at the end of a path, "" where there is none."""
        found = self.first(*path)
        return found.attributes.get("w:val", "") if found else ""

    def flag(self, name: str) -> bool | None:
        """Whether a property is switched on or off here; None where nothing is said."""
        found = self.first(name)
        return None if found is None else found.attributes.get("w:val", "1") not in {"0", "false", "off"}


class EnoughError(Exception):
    """Raised by a listener that has heard enough, or what no honest file holds."""


class Listener(Protocol):
    """Hears elements begin and end, in order, and the characters in them."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins; names are short ("s:row")."""

    def end(self, name: str) -> None:
        """It ends."""

    def characters(self, text: str) -> None:
        """Characters stand in it, perhaps in several pieces."""


def listen(content: bytes, listener: Listener) -> bool:
    """Read an XML document to a listener; false where it is none, or was broken off."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, values: listener.start(
        _short(name), {_short(key): value for key, value in values.items()}
    )
    parser.EndElementHandler = lambda name: listener.end(_short(name))
    parser.CharacterDataHandler = listener.characters
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 -- expat takes it by place only
    except (expat.ExpatError, EnoughError, LookupError, ValueError):
        return False
    return True


def parse(content: bytes) -> Element | None:
    """The root of an XML document; None where it is none, is refused or too large."""
    builder = _Builder()
    return builder.root.children[0] if listen(content, builder) else None


class _Builder:
    """Puts the tree together."""

    def __init__(self) -> None:
        self.root = Element("", {})
        self._open = [self.root]
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) > DEEPEST or self._count > MOST_ELEMENTS:
            raise EnoughError
        element = Element(name, attributes)
        self._open[-1].children.append(element)
        self._open.append(element)

    def end(self, _name: str) -> None:
        self._open.pop()

    def characters(self, text: str) -> None:
        """Characters between elements mean nothing."""
        if not self._open[-1].children:
            self._open[-1].pieces.append(text)


def _refuse(*_doctype: object) -> None:
    """No Word or Excel file has a document type, and every trick with entities needs one."""
    raise EnoughError


def _short(name: str) -> str:
    space, parted, local = name.rpartition("}")
    return f"{PREFIXES.get(space, 'other')}:{local}" if parted else name
