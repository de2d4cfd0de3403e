"""Many works in one SQLite transaction: each behind a savepoint of its own, one commit for all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.ports import Conflict, StoreBusy, Tx
from bot.storage.trouble import RolledBack, outside

Work = Callable[[Tx], Any]

AGAIN = 5
"""How often a work runs again after a ``Conflict``."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a work: its answer, or the error its caller gets."""

    answer: Any = None
    error: BaseException | None = None

    def get(self) -> Any:  # noqa: ANN401  (works answer what they like)
        """The answer; raises the error."""
        if self.error is not None:
            raise self.error
        return self.answer


def nothing() -> None:
    """What happens before a commit outside the simulation."""


def run_batch(
    raw: sqlite3.Connection, tx: Tx, works: Sequence[Work], before_commit: Callable[[], None] = nothing
) -> list[Outcome]:
    """Run works in one transaction and return what became of each, in order, after the commit.

    Where the database gave up the whole transaction (a full disk does that), nothing of it was kept: each
    work runs again alone, and those that fit are kept. Never raises, unless ``before_commit`` does.
    """
    try:
        return _run_together(raw, tx, works, before_commit)
    except (sqlite3.Error, RolledBack) as error:
        if len(works) == 1 or isinstance(outside(error), StoreBusy):
            return [Outcome(error=outside(error)) for _ in works]
    return [outcome for work in works for outcome in run_batch(raw, tx, [work], before_commit)]


def run_read(raw: sqlite3.Connection, tx: Tx, work: Work) -> Outcome:
    """Run a work that only reads on one unchanging view of the database. Never raises."""
    try:
        raw.execute("BEGIN")
        return Outcome(work(tx))
    except BaseException as error:  # noqa: BLE001  (it goes to the caller, not to the thread)
        return Outcome(error=outside(error))
    finally:
        _roll_back(raw)


def _run_together(
    raw: sqlite3.Connection, tx: Tx, works: Sequence[Work], before_commit: Callable[[], None]
) -> list[Outcome]:
    raw.execute("BEGIN IMMEDIATE")
    try:
        outcomes = [_run_one(raw, tx, work) for work in works]
        before_commit()
        raw.execute("COMMIT")
    finally:
        _roll_back(raw)
    return outcomes


def _run_one(raw: sqlite3.Connection, tx: Tx, work: Work) -> Outcome:
    outcome = _try_one(raw, tx, work)
    for _ in range(AGAIN):
        if not isinstance(outcome.error, Conflict):
            break
        outcome = _try_one(raw, tx, work)
    return outcome


def _try_one(raw: sqlite3.Connection, tx: Tx, work: Work) -> Outcome:
    raw.execute("SAVEPOINT work")
    try:
        outcome = Outcome(work(tx))
    except BaseException as error:
        if not raw.in_transaction:
            raise RolledBack from error
        raw.execute("ROLLBACK TO work")
        outcome = Outcome(error=outside(error))
    if not raw.in_transaction:
        raise RolledBack
    raw.execute("RELEASE work")
    return outcome


def _roll_back(raw: sqlite3.Connection) -> None:
    if raw.in_transaction:
        raw.execute("ROLLBACK")
