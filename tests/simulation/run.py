"""Many runs: ``bot simulate`` and the suite come in here."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click

from tests.simulation.simulation import Broken, Simulation

COUNTED = ("steps", "crashes", "lost", "posts", "endorsements")
GOOD, FAULT = 0, 1


@dataclass(frozen=True)
class Failure:
    """A run in which a rule did not hold, and the last that happened in it."""

    seed: int
    step: int
    broken: Broken
    last: tuple[str, ...]

    @property
    def rule(self) -> str:
        """The name of the rule."""
        return self.broken.rule

    def __str__(self) -> str:
        head = f"seed {self.seed}, step {self.step}: {self.broken}"
        again = f"again: bot simulate --seeds 1 --seed {self.seed}"
        return "\n    ".join((head, *self.last, again))


def main(seeds: int, first: int) -> int:
    """Run so many seeds from ``first`` on and print what happened and what failed; 1 where a rule broke."""
    counted, failures = run_all(range(first, first + seeds))
    for failure in failures:
        click.echo(str(failure))
    told = ", ".join(f"{counted[name]} {name}" for name in COUNTED)
    click.echo(f"{seeds} seeds from {first}: {told}; failed: {[each.seed for each in failures] or 'none'}")
    return FAULT if failures else GOOD


def run_all(seeds: range) -> tuple[Counter[str], list[Failure]]:
    """What happened in all of them together, and those that failed."""
    counted: Counter[str] = Counter()
    failures = [failure for seed in seeds if (failure := run_one(seed, counted))]
    return counted, failures


def run_one(seed: int, counted: Counter[str] | None = None) -> Failure | None:
    """Run one seed; its failure, if it fails."""
    with _silence():
        run = Simulation(seed)
        try:
            run.run()
        except Broken as broken:
            return Failure(seed, run.steps, broken, tuple(run.trace.last))
        finally:
            if counted is not None:
                counted.update({name: getattr(run, name) for name in COUNTED})
            run.close()
    return None


@contextmanager
def _silence() -> Iterator[None]:
    """Faults are meant here: nobody wants to read about each."""
    logger = logging.getLogger("bot")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before
