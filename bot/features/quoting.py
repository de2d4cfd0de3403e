"""Lines that are shown as a quoted text: whole where they fit, else the first of them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.content.inert import inert, shortened
from bot.dialog.pages import size
from bot.dialog.text import Paragraph, Plain, Quote

FITS = 3_000
"""Units of a quoted text beside which a card has room in one message."""
LONGEST = 120
"""Graphemes of a line where only the first lines are shown."""

Quoted = tuple[tuple[Quote, ...], ...]
"""Parts of a saying: one quoted text, or none."""


def quoted(lines: Sequence[str], many: int = 12) -> Quoted:
    """The first of some lines, each cut where it is long; nothing of none."""
    shown = [shortened(inert(each), LONGEST) for each in lines[:many]]
    return _quote([*shown, *(["…"] if len(lines) > many else [])])


def whole(text: str) -> Quoted:
    """All lines of a text as they are; nothing where they do not fit into one message."""
    return _quote(text.rstrip("\n").split("\n")) if size(text) <= FITS and text.strip() else ()


def _quote(lines: Sequence[str]) -> Quoted:
    return ((Quote((Paragraph(tuple((Plain(each),) for each in lines)),)),),) if lines else ()
