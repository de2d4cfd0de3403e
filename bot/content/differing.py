"""Where two worded texts differ, as a reader would say it: whole places, however many words they have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.content.edits import Span, spans
from bot.content.worded import PARAGRAPH, Worded

NEAR = {"word": 1, "sign": 1, "part": 4}
"""Changes with at most so many tokens of a kind between them are one change."""
OPENING = frozenset({"-", "*", "#", ">", "(", "[", "“", "‘", PARAGRAPH})


def differing(old: Worded, new: Worded) -> list[Span]:
    """The places that differ, in tokens, in order; one place where the texts are too different."""
    slid = (_slid(span, old.tokens, new.tokens) for span in _spans(old, new))
    return _merged(slid, old)


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
