"""The difference of two texts, as people read it: which words stood there, which stand there now, where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.content.catalog import Document
from bot.content.edits import Span, spans
from bot.content.inert import inert, shortened
from bot.content.worded import PARAGRAPH, Worded, worded
from bot.dialog.messages import Phrase

NEAR = {"word": 1, "sign": 1, "part": 4}
"""Changes with at most so many tokens of a kind between them are one change."""
LEFT = {"word": 1, "part": 8}
"""Tokens of a kind shown before a single changed word."""
AROUND = 4
PARTS_AROUND = 16
"""Tokens on each side of a place, in scripts with and without blanks."""
OPENING = frozenset({"-", "*", "#", ">", "(", "[", "“", "‘", PARAGRAPH})
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


def difference(old: str, new: str) -> tuple[Change, ...]:
    """Where two Markdown texts differ in words or signs, in order; how lines are broken does not count.

    Never raises. Where two texts are too different to be compared, they are one change.
    """
    before, after = worded(old), worded(new)
    slid = (_slid(span, before.tokens, after.tokens) for span in _spans(before, after))
    return tuple(_change(before, after, span) for span in _merged(slid, before))


def difference_of(old: Document, new: Document) -> tuple[Change, ...]:
    """Where two documents differ: their titles first, then their bodies."""
    titles = difference(old.title, new.title)
    return (*(replace(each, in_title=True) for each in titles), *difference(old.body, new.body))


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


def _slid(span: Span, old: Sequence[str], new: Sequence[str]) -> Span:
    """The same change with the sign that opens it, not the next one; for words added or left out only."""
    i, j, k, m = span
    changed, at, end = (new, k, m) if i == j else (old, i, j)
    only = (i == j) != (k == m)
    if only and min(i, k) > 0 and changed[at - 1] == changed[end - 1] and changed[end - 1] in OPENING:
        return i - 1, j - 1, k - 1, m - 1
    return span


def _merged(found: Iterable[Span], old: Worded) -> list[Span]:
    """Changes that nearly touch are one."""
    merged: list[Span] = []
    for span in found:
        gap = old.kinds[merged[-1][1] : span[0]] if merged else ()
        if gap and len(gap) <= min(NEAR.get(kind, 0) for kind in gap):
            i, _, k, _ = merged.pop()
            merged.append((i, span[1], k, span[3]))
        else:
            merged.append(span)
    return merged


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


def _sides(change: Change) -> dict[str, str]:
    """Both sides; a single changed word is shown with the one before it, else nobody knows which is meant."""
    left = change.left if change.words == 1 and change.before and change.after else ""
    return {"before": _short(left + change.before), "after": _short(left + change.after)}


def _short(text: str) -> str:
    return shortened(inert(text), WIDTH)


def _spans(old: Worded, new: Worded) -> list[Span]:
    """Where the tokens differ; where that is too much, where the paragraphs do, and the tokens in them."""
    found = spans(old.tokens, new.tokens)
    if found is not None:
        return found
    mine, theirs = _paragraphs(old.tokens), _paragraphs(new.tokens)
    numbers: dict[tuple[str, ...], int] = {}
    texts = ([each.tokens[i:j] for i, j in places] for each, places in ((old, mine), (new, theirs)))
    apart = spans(*([numbers.setdefault(text, len(numbers)) for text in each] for each in texts))
    if apart is None:
        return [(0, len(old.tokens), 0, len(new.tokens))]
    wide = [(_at(mine, i), _at(mine, j), _at(theirs, k), _at(theirs, m)) for i, j, k, m in apart]
    return [span for each in wide for span in _inside(old.tokens, new.tokens, each)]


def _inside(old: Sequence[str], new: Sequence[str], wide: Span) -> Iterator[Span]:
    i, j, k, m = wide
    found = spans(old[i:j], new[k:m])
    if found is None:
        yield wide
    else:
        yield from ((i + a, i + b, k + c, k + d) for a, b, c, d in found)


def _paragraphs(tokens: Sequence[str]) -> list[tuple[int, int]]:
    """Where each paragraph begins, and where it ends with its sign."""
    ends = [at for at, token in enumerate(tokens, 1) if token == PARAGRAPH]
    starts = [0, *ends]
    return list(zip(starts, [*ends, len(tokens)], strict=True))


def _at(paragraphs: Sequence[tuple[int, int]], number: int) -> int:
    return paragraphs[number][0] if number < len(paragraphs) else paragraphs[-1][1]
