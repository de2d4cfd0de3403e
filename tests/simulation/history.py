"""What happened to matters and endorsements, change by change: the database itself keeps it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, fields

from tests.simulation.truth import Truth

SIGNED, TEXT = "signed", "text"
"""Kinds of turns of endorsements: it was stored (``after`` is its origin), its text is another one."""


@dataclass(frozen=True)
class Turn:
    """One change. ``before`` and ``after`` are states, "" where there was none or is none any more."""

    n: int
    kind: str
    id: str
    subject: str
    before: str
    after: str
    row_before: int
    row: int
    person_before: str
    person: str


_COLUMNS = ", ".join(each.name for each in fields(Turn)[1:])
_TRIGGERS = {
    "INSERT ON main.matters": (
        "NEW.kind, NEW.id, NEW.subject, '', NEW.state, 0, NEW.row, '', coalesce(NEW.person, '')"
    ),
    "UPDATE ON main.matters": (
        "NEW.kind, NEW.id, NEW.subject, OLD.state, NEW.state, OLD.row, NEW.row,"
        " coalesce(OLD.person, ''), coalesce(NEW.person, '')"
    ),
    "DELETE ON main.matters": (
        "OLD.kind, OLD.id, OLD.subject, OLD.state, '', OLD.row, 0, coalesce(OLD.person, ''), ''"
    ),
    "INSERT ON main.endorsements": (
        f"'{SIGNED}', NEW.id, NEW.campaign, '', NEW.origin, 0, NEW.row, '', coalesce(NEW.person, '')"
    ),
    "UPDATE OF text ON main.endorsements WHEN OLD.text <> NEW.text": (
        f"'{TEXT}', NEW.id, NEW.campaign, OLD.text, NEW.text, OLD.row, NEW.row,"
        " coalesce(OLD.person, ''), coalesce(NEW.person, '')"
    ),
}


def keep(raw: sqlite3.Connection) -> None:
    """From now on every change is kept, and rolled back with what it is about."""
    raw.execute(f"CREATE TEMP TABLE turns (n INTEGER PRIMARY KEY, {_COLUMNS})")
    for number, (when, values) in enumerate(_TRIGGERS.items()):
        act = f"INSERT INTO turns ({_COLUMNS}) VALUES ({values});"  # noqa: S608  (ours)
        raw.execute(f"CREATE TEMP TRIGGER turn_{number} AFTER {when} BEGIN {act} END")


def turns(truth: Truth, *kinds: str) -> list[Turn]:
    """All turns of these kinds, in order; of every matter where none is named."""
    places = ", ".join("?" * len(kinds))
    where = f"kind IN ({places})" if kinds else f"kind NOT IN ('{SIGNED}', '{TEXT}')"
    found = truth.rows(f"SELECT * FROM temp.turns WHERE {where} ORDER BY n", *kinds)  # noqa: S608
    return [Turn(*tuple(row)) for row in found]
