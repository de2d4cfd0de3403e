"""Names that an organiser brings, as they are kept until they are taken or thrown away: a table or a mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.campaign.bringing import Origin
from bot.campaign.lookalike import check_name
from bot.campaign.refusal import Refusal
from bot.content.importing.columnguess import Columns, guess_columns
from bot.content.importing.rows import Row, rows_of
from bot.content.importing.table import Table
from bot.features.feature import Ask
from bot.ports import Conflict, Matter

KIND = "names"
READ, TAKING = "read", "taking"
"""The states: looked at, and partly on the list; what is taken whole is erased."""
LARGEST = 2_000_000
"""Characters of a table that is kept."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What was brought: cells with the meaning of their columns, or rows as they were read from a mail."""

    matter: Matter

    @property
    def id(self) -> str:
        """Its id."""
        return self.matter.id

    @property
    def campaign(self) -> str:
        """The slug of the campaign it is for, "" while that is not said."""
        return str(self.matter.body["campaign"])

    @property
    def origin(self) -> Origin:
        """How it came."""
        return Origin(self.matter.body["origin"])

    @property
    def name(self) -> str:
        """The name of its file, "" of a mail."""
        return str(self.matter.body["name"])

    @property
    def at(self) -> int:
        """How many rows are done."""
        return int(self.matter.body["at"])

    @property
    def joined(self) -> int:
        """How many names came onto the list from it."""
        return int(self.matter.body["joined"])

    @property
    def first(self) -> int:
        """The position of the first of them on the list, 0 before there is one."""
        return int(self.matter.body["first"])

    @property
    def is_table(self) -> bool:
        """Whether it has columns."""
        return "cells" in self.matter.body

    @property
    def table(self) -> Table:
        """Its cells; none of a mail."""
        body = self.matter.body
        if not self.is_table:
            return Table()
        return Table(tuple(body["header"]), tuple(map(tuple, body["cells"])), lines=tuple(body["lines"]))

    @property
    def columns(self) -> Columns:
        """What its columns mean."""
        return Columns(**self.matter.body["columns"])

    @property
    def count(self) -> int:
        """How many rows it has."""
        return len(self.matter.body["cells" if self.is_table else "rows"])

    def part(self, most: int | None = None) -> tuple[Row, ...]:
        """Its names from the first that is not done on, a row each: all of them, or so many at most."""
        end = self.count if most is None else self.at + most
        if not self.is_table:
            return tuple(Row(**each) for each in self.matter.body["rows"][self.at : end])
        table, columns = self.table, self.columns
        table = replace(table, rows=table.rows[self.at : end], lines=table.lines[self.at : end])
        rows = rows_of(table, columns)
        if columns.country is None:
            return rows
        countries = (cells[columns.country] for cells in table.rows)
        return tuple(as_printed(row, country) for row, country in zip(rows, countries, strict=True))


def as_printed(row: Row, country: str) -> Row:
    """The row with its place as it was written, where nobody knows which country that is and it can stand."""
    place = check_name(country) if row.doubt == "row.country" and not row.country else row.place
    return row if isinstance(place, Refusal) else replace(row, place=place)


def of_table(ask: Ask, campaign: str, table: Table, name: str) -> Brought:
    """Keep a table, its columns as they are guessed."""
    body = {
        "header": table.header,
        "cells": table.rows,
        "lines": table.lines,
        "columns": asdict(guess_columns(table)),
        "faults": [[each.key, dict(each.values)] for each in table.faults],
    }
    return _keep(ask, campaign, Origin.FORM, name, body)


def of_rows(ask: Ask, campaign: str, rows: Sequence[Row], origin: Origin) -> Brought:
    """Keep names that were read from a mail or from an organiser's own words."""
    return _keep(ask, campaign, origin, "", {"rows": [asdict(row) for row in rows]})


def _keep(ask: Ask, campaign: str, origin: Origin, name: str, body: dict[str, Any]) -> Brought:
    more = {"campaign": campaign, "origin": origin.value, "name": name, "at": 0, "joined": 0, "first": 0}
    matter = Matter(
        id=ask.tools.ids.new(),
        kind=KIND,
        subject="",
        state=READ,
        begun=ask.now,
        person=ask.person.id,
        body=body | more,
    )
    ask.tx.matters.add(matter, ask.now)
    return Brought(matter)


def size(table: Table) -> int:
    """How many characters its cells have."""
    return sum(len(cell) for row in table.rows for cell in row)


def get(ask: Ask, id_: str) -> Brought | None:
    """What was brought under this id."""
    found = ask.tx.matters.get(id_)
    return Brought(found) if found and found.kind == KIND else None


def waiting_for(ask: Ask, campaign: str) -> tuple[Brought, ...]:
    """The tables of a campaign that were not taken yet, the newest first."""
    found = map(Brought, reversed(ask.tx.matters.of(KIND, "")))
    return tuple(each for each in found if each.campaign in {campaign, ""} and each.is_table)


def change(ask: Ask, brought: Brought, state: str = "", **body: Any) -> Brought:  # noqa: ANN401  (it is JSON)
    """Store it changed; raises Conflict where another organiser was quicker."""
    before = brought.matter
    changed = replace(before, row=before.row + 1, state=state or before.state, body={**before.body, **body})
    if not ask.tx.matters.change(changed, before.row, ask.now):
        raise Conflict
    return Brought(changed)


def drop(ask: Ask, brought: Brought) -> bool:
    """Erase it; False where another organiser did."""
    return ask.tx.matters.remove(brought.id)
