"""The bot under a profiler, in every thread: ``python -m tests.bench.profiled FILE run``.

``cProfile`` alone would miss the thread in which turns are decided and stored.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import threading
from pathlib import Path

from bot.__main__ import main

_profiles: list[cProfile.Profile] = []
_run = threading.Thread.run


def _profiled_run(thread: threading.Thread) -> None:
    profile = cProfile.Profile()
    _profiles.append(profile)
    profile.runcall(_run, thread)


def profiled(file: Path) -> None:
    """Run the bot; what its threads did stands in the file afterwards."""
    threading.Thread.run = _profiled_run  # type: ignore[method-assign,assignment]
    profile = cProfile.Profile()
    try:
        profile.runcall(main)
    finally:
        stats = pstats.Stats(profile)
        for each in _profiles:
            each.disable()
            stats.add(each)
        stats.dump_stats(file)


if __name__ == "__main__":
    target = Path(sys.argv.pop(1))
    profiled(target)
