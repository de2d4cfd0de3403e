"""What the columns of a table mean, guessed from its header and from what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields

from bot.content.importing.columnwords import NAME, ORGANISATION, meaning
from bot.content.importing.lexicon import ROLE
from bot.content.importing.printed import is_acronym
from bot.content.importing.shapes import names_organisation
from bot.content.importing.table import Table
from bot.content.importing.territory import territory

MAIL = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]{1,255}\.[^@\s,;<>.]{2,24}")
PHONE = re.compile(r"\+?[\d\s()./-]{7,24}")
NUMERIC = re.compile(r"[\d\s.,:/+-]{1,30}")
SAMPLE = 200
"""Cells of a column that tell what it means."""
MOSTLY = 0.6
"""The share of a column's cells that must be of a kind."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The index of each column from 0 on, None where the table has none.

    ``organisation`` holds the name or a whole printed line ("Name (ACR), Place"), ``contact`` a mail address
    or telephone number, ``original`` the name in another script.
    """

    organisation: int | None = None
    country: int | None = None
    place: int | None = None
    representative: int | None = None
    role: int | None = None
    contact: int | None = None
    original: int | None = None
    acronym: int | None = None


def is_mail(cell: str) -> bool:
    """Whether a cell is a mail address, bare or behind a name ("N <n@example.org>")."""
    return MAIL.fullmatch(cell.rpartition("<")[2].rstrip("> ")) is not None


def guess_columns(table: Table) -> Columns:
    """The likeliest meaning of each column; its header counts first, then its cells. Never raises."""
    columns = _Cells(table)
    found: dict[str, int] = {}
    for kind in (field.name for field in fields(Columns)):
        named = [at for at, heading in enumerate(table.header) if meaning(heading) == kind]
        if named:
            found[kind] = max(named, key=lambda at: columns.worth(kind, at))
    _take_names(table, found)
    for kind, looks in LOOKS.items():
        fitting = (at for at in columns.free(found) if columns.share(at, looks) >= MOSTLY)
        if kind not in found and (at := next(fitting, None)) is not None:
            found[kind] = at
    if ORGANISATION not in found:
        names = [at for at in columns.free(found) if columns.share(at, _is_name) >= MOSTLY]
        if names:
            found[ORGANISATION] = max(names, key=lambda at: (columns.share(at, names_organisation), -at))
    return Columns(**found)


def _take_names(table: Table, found: dict[str, int]) -> None:
    """A bare "Name" is the organisation's where no column says so, else the name of who speaks for it."""
    for at in (at for at, heading in enumerate(table.header) if meaning(heading) == NAME):
        for kind in (ORGANISATION, "representative"):
            if kind not in found and at not in found.values():
                found[kind] = at


class _Cells:
    """What stands in the columns of a table."""

    def __init__(self, table: Table) -> None:
        rows = zip(*table.rows, strict=True)
        self._columns = [[cell for cell in cells if cell][:SAMPLE] for cells in rows]

    def free(self, found: Mapping[str, int]) -> list[int]:
        """The columns that hold anything and have no meaning yet."""
        return [at for at, cells in enumerate(self._columns) if cells and at not in found.values()]

    def share(self, at: int, fits: Callable[[str], object]) -> float:
        """Which share of the filled cells of a column fits."""
        cells = self._columns[at]
        return sum(bool(fits(cell)) for cell in cells) / len(cells)

    def worth(self, kind: str, at: int) -> tuple[float, int]:
        """How well a column with a fitting heading fits by its cells: how many fit, or differ."""
        cells: Sequence[str] = self._columns[at] if at < len(self._columns) else ()
        looks = LOOKS.get(kind)
        return (sum(map(bool, map(looks, cells))) if looks else len(set(cells))), -at


def _is_name(cell: str) -> bool:
    return any(map(str.isalpha, cell)) and not NUMERIC.fullmatch(cell) and not is_mail(cell)


LOOKS: dict[str, Callable[[str], object]] = {
    "country": territory,
    "contact": lambda cell: is_mail(cell) or PHONE.fullmatch(cell),
    "acronym": is_acronym,
    "role": ROLE.search,
}
"""Kinds of columns that tell themselves by their cells."""
