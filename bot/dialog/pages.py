"""Pages: a long text cut where a reader can rest, each part small enough for one message.

Sizes are UTF-16 units of the plain text: the stricter of what platforms count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, pairwise, takewhile

from bot.campaign.lookalike import graphemes
from bot.dialog.text import (
    Block,
    Bullets,
    Code,
    Heading,
    Instant,
    Line,
    Link,
    Paragraph,
    Quote,
    Text,
    plain,
    plain_line,
)

SMALLEST = 40
"""The smallest limit: room for a list's number and a few words."""

_STOPS = frozenset(".!?…\u3002\uff01\uff1f\uff61\u061f\u06d4\u0964\u0965\u104b\u1362")
"""What ends a sentence: Latin, Chinese and Japanese, Arabic and Urdu, Hindi, Burmese, Amharic."""
_CLOSERS = frozenset("\"'’”»)]\uff09\u300d\u300f")
_BINDING = frozenset("\u00a0\u202f")
_SENTENCE, _WORD, _BLANK, _LETTER, _LINK = range(5)
"""How good a place to cut is, the lower the better; inside a link it is worse by ``_LINK``."""


def paginate(text: Text, limit: int) -> tuple[Text, ...]:
    """Cut ``text`` into pages of at most ``limit`` units each; there is always at least one page.

    Pages end between blocks. A block too long for a page is cut between its lines or items, else after a
    sentence, else after a word, else between graphemes; a link only where it alone is too long. A heading
    stays with what follows it. Raises ValueError for a limit below ``SMALLEST``.
    """
    if limit < SMALLEST:
        raise ValueError(limit)
    pages: list[list[Block]] = [[]]
    for piece in chain.from_iterable(_pieces(block, limit) for block in text):
        if pages[-1] and not _fits(limit, *pages[-1], piece):
            pages.append(_heading_for(piece, pages[-1], limit))
        pages[-1].append(piece)
    return tuple(map(tuple, pages))


def size(text: str) -> int:
    """How many UTF-16 units the text has."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _fits(limit: int, *blocks: Block) -> bool:
    return size(plain(blocks)) <= limit


def _heading_for(piece: Block, page: list[Block], limit: int) -> list[Block]:
    """The beginning of a new page: a heading left alone at the end of ``page`` moves there."""
    moves = len(page) > 1 and isinstance(page[-1], Heading) and _fits(limit, page[-1], piece)
    return [page.pop()] if moves else []


def _pieces(block: Block, limit: int) -> Iterable[Block]:
    """The block itself where it fits on a page, else blocks of its kind that do."""
    if _fits(limit, block):
        return (block,)
    match block:
        case Quote(blocks, folds):
            inner = chain.from_iterable(_pieces(each, limit) for each in blocks)
            return [Quote((piece,), folds) for piece in inner if not isinstance(piece, Quote)]
        case Heading(line):
            return [Heading(part) for part in _cut(line, limit)]
        case Paragraph(lines):
            return _grouped((Paragraph((part,)) for line in lines for part in _cut(line, limit)), limit)
        case Bullets():
            return _grouped(chain.from_iterable(_items(block, limit)), limit)


def _items(bullets: Bullets, limit: int) -> Iterable[list[Block]]:
    """Each item as a list of its own; what does not fit goes on as a paragraph, without a second mark."""
    for place, item in enumerate(bullets.items):
        alone = Bullets((item,), None if bullets.first is None else bullets.first + place)
        room = limit - len(plain((replace(alone, items=((),)),)))
        begin, *rest = _cut(item, room)
        yield [replace(alone, items=(begin,)), *(Paragraph((part,)) for part in rest)]


def _grouped(blocks: Iterable[Block], limit: int) -> list[Block]:
    """Neighbours of one kind joined while they fit."""
    grouped: list[Block] = []
    for block in blocks:
        joined = _joined(grouped[-1], block) if grouped else None
        if joined and _fits(limit, joined):
            grouped[-1] = joined
        else:
            grouped.append(block)
    return grouped


def _joined(first: Block, second: Block) -> Block | None:
    match first, second:
        case Paragraph(lines), Paragraph(more):
            return Paragraph(lines + more)
        case Bullets(items), Bullets(more):
            return replace(first, items=items + more)
    return None


def _cut(line: Line, limit: int) -> list[Line]:
    """The line in parts of at most ``limit`` units, blanks between them dropped."""
    parts = []
    while not _fits(limit, Paragraph((_window(line, limit),))):
        begin, line = _split(line, _place(_window(line, limit), limit))
        parts.append(begin)
    return [*parts, line] if line or not parts else parts


def _window(line: Line, limit: int) -> Line:
    """The pieces from the beginning of the line that hold just more than ``limit`` characters."""
    length = 0
    for count, piece in enumerate(line, 1):
        length += len(piece.text)
        if length > limit:
            return line[:count]
    return line


def _place(line: Line, limit: int) -> int:
    """Where to cut: the last place of the best kind among the first ``limit`` units, in characters."""
    best: dict[int, int] = {}
    inside = _inside_links(line)
    used = at = 0
    stopped = False
    for letter, following in pairwise(chain(graphemes(plain_line(line)), ("",))):
        used, at = used + size(letter), at + len(letter)
        if used > limit:
            break
        stopped = letter in _STOPS or (stopped and letter in _CLOSERS)
        best[_kind(letter, following, stopped=stopped) + _LINK * (at in inside)] = at
    return best[min(best)] if best else limit // 2


def _kind(letter: str, following: str, *, stopped: bool) -> int:
    if _is_blank(letter):
        return _BLANK
    if not _is_blank(following):
        return _LETTER
    return _SENTENCE if stopped else _WORD


def _inside_links(line: Line) -> frozenset[int]:
    """The places inside links and moments, their ends not counted."""
    places: set[int] = set()
    at = 0
    for piece in line:
        if isinstance(piece, Link | Instant | Code):
            places.update(range(at + 1, at + len(piece.text)))
        at += len(piece.text)
    return frozenset(places)


def _split(line: Line, at: int) -> tuple[Line, Line]:
    """The line before the place ``at``, and after it without the blanks it begins with."""
    begin, rest = _apart(line, at)
    blanks = takewhile(_is_blank, graphemes(plain_line(rest)))
    return begin, _apart(rest, sum(map(len, blanks)))[1]


def _apart(line: Line, at: int) -> tuple[Line, Line]:
    for index, piece in enumerate(line):
        if at < len(piece.text):
            first, second = replace(piece, text=piece.text[:at]), replace(piece, text=piece.text[at:])
            return (*line[:index], *([first] if at else [])), (second, *line[index + 1 :])
        at -= len(piece.text)
    return line, ()


def _is_blank(letter: str) -> bool:
    return letter.isspace() and letter not in _BINDING
