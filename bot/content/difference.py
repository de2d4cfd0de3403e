"""The difference of two texts, as people read it: which words stood there, which stand there now, where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.content.catalog import Document
from bot.content.differing import differing
from bot.content.edits import Span
from bot.content.inert import inert, shortened
from bot.content.worded import Worded, worded
from bot.dialog.messages import Phrase

LEFT = {"word": 1, "part": 8}
"""Tokens of a kind shown before a single changed word."""
AROUND = 4
PARTS_AROUND = 16
"""Tokens on each side of a place, in scripts with and without blanks."""
NOTHING = "–"
FEW, SHORT = 3, 5
"""A small difference has at most so many changes, each of so many words."""
WIDTH = 80
"""Graphemes of what a card says of one side of a change."""


@dataclass(frozen=True, slots=True)
class Change:
    """One place that differs: the words ``before`` and ``after``, "" where words were added or left out.

    ``where`` is the place as it reads now, with a few words around; ``left`` the word right before it, with
    the blank behind, which both texts have; ``words`` the larger number of words of the two. "¶" stands for
    the end of a paragraph.
    """

    before: str
    after: str
    where: str = ""
    left: str = ""
    words: int = 0
    in_title: bool = False

    @property
    def wide(self) -> tuple[str, str]:
        """Both sides; a single changed word with the one before it, else nobody knows which is meant."""
        left = self.left if self.words == 1 and self.before and self.after else ""
        return left + self.before, left + self.after


def difference(old: str, new: str) -> tuple[Change, ...]:
    """Where two Markdown texts differ in words or signs, in order; how lines are broken does not count.

    Never raises. Where two texts are too different to be compared, they are one change.
    """
    before, after = worded(old), worded(new)
    return tuple(_change(before, after, span) for span in differing(before, after))


def difference_of(old: Document, new: Document) -> tuple[Change, ...]:
    """Where two documents differ: their titles first, then their bodies."""
    titles = difference(old.title, new.title)
    return (*(replace(each, in_title=True) for each in titles), *difference(old.body, new.body))


def _change(old: Worded, new: Worded, span: Span) -> Change:
    i, j, k, m = span
    around = PARTS_AROUND if "part" in new.kinds[max(0, k - 1) : m + 1] else AROUND
    first, last = max(0, k - around), min(len(new.tokens), m + around)
    where = f"{'… ' if first else ''}{new.said(first, last)}{' …' if last < len(new.tokens) else ''}"
    return Change(
        before=old.said(i, j),
        after=new.said(k, m),
        where=where,
        left=old.left(i, LEFT.get(old.kinds[i - 1], 0) if i else 0),
        words=max(old.count(i, j), new.count(k, m)),
    )


def is_small(changes: Sequence[Change]) -> bool:
    """Whether a card can show all of it."""
    return len(changes) <= FEW and all(change.words <= SHORT for change in changes)


def summary(changes: Sequence[Change]) -> tuple[Phrase, ...]:
    """What a card says: first how much differs, then, where that is little, each change on a line."""
    if not changes:
        return (Phrase("difference.none"),)
    if not is_small(changes):
        words = sum(change.words for change in changes)
        return (
            Phrase("difference.many", {"words": Phrase("difference.words", count=words)}, count=len(changes)),
        )
    (first, *others) = changes
    if not others and first.words == 1 and first.before and first.after and not first.in_title:
        return (Phrase("difference.word", _sides(first)),)
    return (Phrase("difference.few", count=len(changes)), *map(told, changes))


def told(change: Change) -> Phrase:
    """One change as a line."""
    sides = _sides(change)
    if change.in_title:
        return Phrase("difference.title", sides)
    if not change.before:
        return Phrase("difference.added", {"after": sides["after"], "where": _short(change.where)})
    if not change.after:
        return Phrase("difference.left-out", {"before": sides["before"], "where": _short(change.where)})
    return Phrase("difference.changed", sides)


def as_text(changes: Iterable[Change]) -> str:
    """All changes as lines of a file: what stood there, what stands there now."""
    return "".join(f"− {change.before or NOTHING}\n+ {change.after or NOTHING}\n\n" for change in changes)


def on_one_line(changes: Iterable[Change], limit: int) -> str:
    """All changes as "“Strop” → “Strip”", apart by semicolons; "" where that is longer than ``limit``."""
    sides = (
        [f"“{each}”" if each else NOTHING for each in (change.before, change.after)] for change in changes
    )
    line = "; ".join(" → ".join(each) for each in sides)
    return line if len(line) <= limit else ""


def _sides(change: Change) -> dict[str, str]:
    before, after = change.wide
    return {"before": _short(before), "after": _short(after)}


def _short(text: str) -> str:
    return shortened(inert(text), WIDTH)
