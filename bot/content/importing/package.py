"""An Office file: which part of it is what, told by the relations that its parts name."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.content.importing.elements import Element, parse
from bot.content.importing.zipped import Archive

ROOT = ""
MAIN = "officeDocument"
"""The kind of the relation to the part that holds the document itself."""


@dataclass(frozen=True, slots=True)
class Relation:
    """``kind`` is the last word of its type, ``target`` a part's name or, where ``outside``, an address."""

    kind: str
    target: str
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Package:
    """``main`` is the name of the document's part, ``relations`` are its relations by their ids."""

    archive: Archive
    main: str
    relations: dict[str, Relation] = field(default_factory=dict)

    def document(self) -> Element | None:
        """The document itself."""
        return parse(self.archive.part(self.main))

    def related(self, kind: str) -> Iterator[Element]:
        """The parts of a kind ("styles", "footnotes"), as far as they can be read."""
        return (root for part in self.parts(kind) if (root := parse(part)))

    def parts(self, kind: str) -> Iterator[bytes]:
        """The same as they are stored; each part once, however many relations lead to it."""
        related = (each for each in self.relations.values() if each.kind == kind and not each.outside)
        return map(self.archive.part, dict.fromkeys(each.target for each in related))


def package(archive: Archive) -> Package | None:
    """The Office file in a zip file; None where it is none."""
    mains = (relation for relation in _relations(archive, ROOT).values() if relation.kind == MAIN)
    main = next(mains, None)
    return Package(archive, main.target, _relations(archive, main.target)) if main else None


def _relations(archive: Archive, part: str) -> dict[str, Relation]:
    folder, name = posixpath.split(part)
    root = parse(archive.part(posixpath.join(folder, "_rels", f"{name}.rels")))
    found = root.all("p:Relationship") if root else ()
    return {each.attributes.get("Id", ""): _relation(each.attributes, folder) for each in found}


def _relation(attributes: dict[str, str], folder: str) -> Relation:
    kind = attributes.get("Type", "").rpartition("/")[2]
    target = attributes.get("Target", "")
    if attributes.get("TargetMode") == "External":
        return Relation(kind, target, outside=True)
    return Relation(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
