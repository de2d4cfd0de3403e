"""A profile in few lines: own time by package, and the functions that take most."""

from __future__ import annotations

import pstats
from collections import Counter
from pathlib import Path

CHECKOUT = str(Path(__file__).parents[2])
MOST = 25
WAITING = ("select.epoll", "_queue.SimpleQueue", "lock' objects")
"""What only waits: no processor time."""

Place = tuple[str, int, str]


def summary(file: Path) -> str:
    """Own time by package, then the dearest functions by own time, as text."""
    stats: dict[Place, tuple[int, int, float, float, object]] = pstats.Stats(str(file)).stats  # type: ignore[attr-defined]
    own = {
        place: numbers for place, numbers in stats.items() if not any(word in place[2] for word in WAITING)
    }
    total = sum(numbers[2] for numbers in own.values())
    packages: Counter[str] = Counter()
    for place, numbers in own.items():
        packages[package(place)] += numbers[2]  # type: ignore[assignment]
    lines = [f"own time in all {total:.2f} s"]
    lines += [f"{seconds / total:6.1%}  {name}" for name, seconds in packages.most_common(MOST)]
    lines += ["", "   own  within   calls"]
    dearest = sorted(own.items(), key=lambda item: -item[1][2])[: MOST * 2]
    lines += [f"{n[2]:6.2f}  {n[3]:6.2f}  {n[1]:6}  {package(p)}:{p[1]} {p[2]}" for p, n in dearest]
    within = sorted((item for item in own.items() if "bot/" in item[0][0]), key=lambda item: -item[1][3])
    lines += ["", "   own  within   calls, ours by what they call"]
    lines += [
        f"{n[2]:6.2f}  {n[3]:6.2f}  {n[1]:6}  {package(p)}:{p[1]} {p[2]}" for p, n in within[: MOST * 3]
    ]
    return "\n".join(lines)


def package(place: Place) -> str:
    """The room of ours, or the package of others, a function stands in."""
    file, _, name = place
    if file == "~":
        return f"built in ({name.split()[1] if 'method' in name and len(name.split()) > 1 else name})"[:60]
    if file.startswith(CHECKOUT) and "site-packages" not in file:
        return file.removeprefix(CHECKOUT).strip("/").removesuffix(".py")
    return "/".join(file.partition("site-packages/")[2].split("/")[:1]) or f"python/{Path(file).stem}"
