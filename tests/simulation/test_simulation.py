"""The whole bot under a seeded clock: crashes, repeats, lost replies, and people who play."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation.run import main, run_all
from tests.simulation.simulation import Simulation

SEEDS = int(os.environ.get("BOT_TEST_SEEDS", "50"))


def test_no_seed_breaks_a_rule() -> None:
    counted, failures = run_all(range(1, SEEDS + 1))
    assert not failures, "\n".join(map(str, failures))
    assert counted["crashes"] > 2 * SEEDS, "the weather is too good to show anything"
    assert min(counted["lost"], counted["endorsements"], counted["posts"]) > SEEDS // 2


def test_a_seed_repeats_itself() -> None:
    first, again, other = (Simulation(seed).run() for seed in (7, 7, 8))
    assert first == again != other


def test_a_seed_repeats_itself_in_another_process(checkout: Path) -> None:
    """Nothing hangs on the order of sets, which differs from process to process."""
    code = "from tests.simulation.simulation import Simulation; print(Simulation(7).run())"
    environ = os.environ | {"PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=checkout, env=environ, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [Simulation(7).run()]


def test_the_command_says_what_happened_and_which_seed_failed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(2, 5) == 0
    said = capsys.readouterr().out
    assert said.startswith("2 seeds from 5: 280 steps, ")
    assert said.endswith("; failed: none\n")
    monkeypatch.setattr("bot.storage.tallies.StoredTallies.add", lambda *_: None)
    assert main(1, 5) == 1
    said = capsys.readouterr().out
    assert "seed 5, step " in said
    assert "e1_counts_are_the_rows" in said
    assert "again: bot simulate --seeds 1 --seed 5" in said
    assert said.endswith("failed: [5]\n")
