"""The import stairs hold, and a wrong step, planted in a copy of the house, is noticed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

WRONG = [
    ("campaign/planted.py", "from bot.dialog import text", "The stairs"),
    ("features/planted.py", "import bot.storage.sealed", "The stairs"),
    ("platforms/console/planted.py", "import bot.storage.planted", "The stairs"),
    ("planted.py", "", "The stairs"),
    ("storage/planted.py", "from bot.publication import gate", "The outer walls"),
    ("platforms/console/planted.py", "import bot.platforms.planted", "One platform"),
    ("dialog/planted.py", "import random", "Pure rooms"),
    ("storage/planted.py", "import cryptography", "Each foreign library"),
    ("settings.py", "from bot import ports", "The cupboards"),
    ("content/planted.py", "from bot import log", "Rooms up to publication"),
]


def lint(folder: Path) -> str:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache"]
    environ = {**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1"}
    done = subprocess.run(
        command, cwd=folder, env=environ, check=False, capture_output=True, text=True, timeout=60
    )
    return done.stdout + done.stderr


@pytest.fixture
def house(checkout: Path, tmp_path: Path) -> Path:
    shutil.copytree(checkout / "bot", tmp_path / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(checkout / "pyproject.toml", tmp_path)
    for planted in ("storage/sealed.py", "storage/planted.py", "platforms/planted.py", "publication/gate.py"):
        (tmp_path / "bot" / planted).touch()
    return tmp_path


def test_the_stairs_hold(checkout: Path) -> None:
    output = lint(checkout)
    assert " 0 broken" in output, output


@pytest.mark.parametrize(("file", "step", "contract"), WRONG)
def test_a_wrong_step_is_noticed(house: Path, file: str, step: str, contract: str) -> None:
    planted = house / "bot" / file
    before = planted.read_text() if planted.exists() else ""
    planted.write_text(f"{before}\n{step}\n")
    output = lint(house)
    assert re.search(rf"^{contract}.* BROKEN\b", output, re.MULTILINE), output
