"""The row of a table that says what its columns are."""

from __future__ import annotations

from collections.abc import Sequence

from bot.campaign.lookalike import search_key
from bot.content.importing.columns import MEANINGS as NAMES
from bot.content.importing.columnwords import LONGEST_HEADING, meaning
from bot.content.importing.territory import territory

FIRST_ROWS = 10
"""Among so many rows stands the header; above it may stand a title."""


def header_at(rows: Sequence[Sequence[str]]) -> int:
    """Where the header stands, -1 where there is none; above it stands a title at most."""
    for at, cells in enumerate(rows[:FIRST_ROWS]):
        if _is_header(cells):
            return at
        if sum(map(bool, map(str.strip, cells))) > 1:
            return -1
    only = (
        rows and all(len(cells) == 1 for cells in rows) and search_key(rows[0][0][:LONGEST_HEADING]) in NAMES
    )
    return 0 if only else -1


def _is_header(cells: Sequence[str]) -> bool:
    """Whether a row says what stands below it: two of its cells do, and none is a country or an address."""
    filled = [cell for cell in cells if cell.strip()]
    known = sum(meaning(cell) != "" for cell in filled)
    return known > 1 and not any(territory(cell) or "@" in cell for cell in filled)
