"""The lists of a Word file: which mark stands before a paragraph, counted as Word counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from bot.content.importing.elements import Element

BULLET = "- "
NO_MARK = frozenset({"none", ""})
LETTERS = {"lowerLetter": "abcdefghijklmnopqrstuvwxyz", "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
LARGEST_START = 9_999
LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Kind:
    """A level of a list: how its numbers look, what stands around them, where they begin."""

    form: str
    text: str
    start: int


@dataclass(slots=True)
class Lists:
    """Counts the items of all lists. ``patterns`` are by the id of a list: the pattern's id, its levels."""

    patterns: dict[str, tuple[str, dict[int, Kind]]] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def mark(self, number: str, level: int) -> str:
        """The mark of the next item of a list: "- ", "3. ", "b) "; "" where it has none."""
        pattern, levels = self.patterns.get(number, ("", {}))
        kind = levels.get(level)
        if kind is None or kind.form in NO_MARK:
            return ""
        if kind.form == "bullet":
            return BULLET
        return _written(kind, self._next(number, pattern, level, kind.start))

    def _next(self, number: str, pattern: str, level: int, start: int) -> int:
        """Lists of one pattern count on, except where one says that it begins anew; so do deeper levels."""
        counts = self._counts[pattern]
        restart = self.restarts.get(number, {}).pop(level, None)
        before = counts.get(level, start - 1) if restart is None else restart - 1
        self._counts[pattern] = {deep: count for deep, count in counts.items() if deep < level}
        self._counts[pattern][level] = before + 1
        return before + 1


def _written(kind: Kind, count: int) -> str:
    letters = LETTERS.get(kind.form, "")
    shown = letters[count - 1] if 0 < count <= len(letters) else str(count)
    return f"{shown}) " if kind.text.endswith(")") else f"{shown}. "


def read_lists(root: Element | None) -> Lists:
    """The lists of a numbering part."""
    if root is None:
        return Lists()
    patterns = {each.attributes.get("w:abstractNumId", ""): each for each in root.all("w:abstractNum")}
    named = {each.value("w:styleLink"): key for key, each in patterns.items() if each.value("w:styleLink")}
    lists = Lists()
    for each in root.all("w:num"):
        number, key = each.attributes.get("w:numId", ""), each.value("w:abstractNumId")
        link = patterns[key].value("w:numStyleLink") if key in patterns else ""
        key = named.get(link, key)
        levels = (
            {_level(level): _kind(level) for level in patterns[key].all("w:lvl")} if key in patterns else {}
        )
        overrides = list(each.all("w:lvlOverride"))
        changed = {_level(over): found for over in overrides if (found := over.first("w:lvl"))}
        lists.patterns[number] = (key, levels | {at: _kind(level) for at, level in changed.items()})
        lists.restarts[number] = {
            _level(over): _number(start, 1) for over in overrides if (start := over.value("w:startOverride"))
        }
    return lists


def _level(element: Element) -> int:
    return _number(element.attributes.get("w:ilvl", ""), 0)


def _kind(level: Element) -> Kind:
    form = level.value("w:numFmt") or "decimal"
    return Kind(form, level.value("w:lvlText"), _number(level.value("w:start"), 1))


def _number(text: str, default: int) -> int:
    plain = text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return min(int(text), LARGEST_START) if plain else default
