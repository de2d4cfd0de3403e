"""The styles of a Word file: what they say of headings, bold letters and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.content.importing.elements import Element

HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
LEVELS = {"title": 1, "subtitle": 2}
LOWEST = 6
"""The lowest heading a page knows."""
DEEPEST_CHAIN = 20
NO_OUTLINE = 9
CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles by their ids, and the id of the one that a paragraph without a style has."""

    by_id: dict[str, Element] = field(default_factory=dict)
    default: str = ""
    _said: dict[tuple[str, str, str], bool | None] = field(default_factory=dict)

    def chain(self, properties: Element | None, kind: str = "w:pStyle") -> Iterator[Element]:
        """The style named in some properties, the one it is based on, and so on."""
        name = properties.value(kind) if properties else ""
        name = name or (self.default if kind == "w:pStyle" else "")
        for _ in range(DEEPEST_CHAIN):
            style = self.by_id.get(name)
            if style is None:
                return
            yield style
            name = style.value("w:basedOn")

    def level(self, properties: Element | None) -> int:
        """The level of a heading, 1 to 6; 0 for text."""
        styles = list(self.chain(properties))
        for style in styles:
            name = style.value("w:name").lower()
            found = HEADING.fullmatch(name)
            if found or name in LEVELS:
                return min(int(found.group(1)) if found else LEVELS[name], LOWEST)
        outlines = (
            each.value("w:outlineLvl")
            for each in (properties, *(style.first("w:pPr") for style in styles))
            if each
        )
        outline = next((value for value in outlines if value), "")
        return (
            min(int(outline) + 1, LOWEST)
            if len(outline) == 1 and outline.isdecimal() and int(outline) < NO_OUTLINE
            else 0
        )

    def is_caption(self, properties: Element | None) -> bool:
        """Whether the paragraph is the caption of a picture or table."""
        return any(style.value("w:name").lower() == CAPTION for style in self.chain(properties))

    def says(self, flag: str, paragraph: Element | None, run: Element | None) -> bool:
        """Whether a run of a paragraph has a property such as "w:b": by itself or by its styles."""
        said = run.flag(flag) if run else None
        for properties, kind in ((run, "w:rStyle"), (paragraph, "w:pStyle")):
            said = self._styled(flag, properties, kind) if said is None else said
        return bool(said)

    def _styled(self, flag: str, properties: Element | None, kind: str) -> bool | None:
        """What the styles say of a property; remembered, since every run asks."""
        key = (flag, kind, properties.value(kind) if properties else "")
        if key not in self._said:
            marks = (style.first("w:rPr") for style in self.chain(properties, kind))
            flags = (mark.flag(flag) for mark in marks if mark)
            self._said[key] = next((told for told in flags if told is not None), None)
        return self._said[key]

    def numbering(self, properties: Element | None) -> tuple[str, int]:
        """The id of the list a paragraph is in ("" for none), and its level there from 0 on."""
        own = properties.first("w:numPr") if properties else None
        styled = (style.first("w:pPr", "w:numPr") for style in self.chain(properties))
        found = [each for each in (own, *styled) if each]
        number = next((each.value("w:numId") for each in found if each.value("w:numId")), "")
        level = next((each.value("w:ilvl") for each in found if each.value("w:ilvl")), "0")
        return ("" if number == "0" else number, int(level) if level.isdecimal() and len(level) == 1 else 0)


def read_styles(root: Element | None) -> Styles:
    """The styles of a styles part."""
    styles = list(root.all("w:style")) if root else []
    default = next((each for each in styles if _is_default(each)), None)
    return Styles({_id(each): each for each in styles}, _id(default) if default else "")


def _id(style: Element) -> str:
    return style.attributes.get("w:styleId", "")


def _is_default(style: Element) -> bool:
    values = style.attributes
    return values.get("w:type") == "paragraph" and values.get("w:default") in {"1", "true", "on"}
