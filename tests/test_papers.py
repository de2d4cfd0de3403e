"""The papers say what is true: commands, settings, the map, the README's talk, links, forbidden names."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from bot.__main__ import main
from bot.features.registry import COMMANDS, ORGANISERS_COMMANDS
from bot.settings import NAMES
from tests.simulation import arrivals, ends, organising, rest, standing, unsaid

CHECKOUT = Path(__file__).parents[1]
README = (CHECKOUT / "README.md").read_text("utf-8")
HOUSE = (CHECKOUT / "bot" / "README.md").read_text("utf-8")
LEFT_OUT = {
    ".git",
    ".venv",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    ".import_linter_cache",
}
TEXTS = {".md", ".py", ".toml", ".txt", ".po", ".csv", ".yaml", ".yml", ".example", ""}
PAPERS = [
    path
    for path in sorted(CHECKOUT.rglob("*.md"))
    if not LEFT_OUT & set(path.relative_to(CHECKOUT).parts) and "data" not in path.relative_to(CHECKOUT).parts
]


def table(text: str, head: str) -> list[str]:
    """The first cells of the table that begins with this head."""
    rows = text.partition(head)[2].splitlines()[2:]
    return [
        row.split("|")[1].strip() for row in rows[: next(i for i, row in enumerate([*rows, ""]) if not row)]
    ]


def commands(group: click.Command, name: str = "bot") -> list[str]:
    """Every command of the command line that does something."""
    if not isinstance(group, click.Group):
        return [name]
    return [found for key, each in group.commands.items() for found in commands(each, f"{name} {key}")]


def files() -> list[Path]:
    """What the repository tracks; without git, every text file of the checkout."""
    if shutil.which("git") and (CHECKOUT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, check=True)
        return [CHECKOUT / name for name in listed.stdout.decode().split("\0") if name]
    found = (path for path in CHECKOUT.rglob("*") if path.is_file() and path.suffix in TEXTS)
    return [path for path in found if not LEFT_OUT & set(path.relative_to(CHECKOUT).parts)]


def test_the_readme_lists_every_command() -> None:
    assert [cell.strip("`") for cell in table(README, "| command |")] == commands(main)


def test_the_readme_lists_every_setting() -> None:
    assert [cell.strip("`") for cell in table(README, "| setting |")] == list(NAMES)


def test_the_readme_lists_what_people_type() -> None:
    typed = README.partition("What people type is the same everywhere:")[2].partition(". Everything")[0]
    assert re.findall(r"`/([a-z]+)`", typed) == [*COMMANDS, *ORGANISERS_COMMANDS]


def test_the_two_commands_are_targets_of_make() -> None:
    makefile = (CHECKOUT / "Makefile").read_text("utf-8")
    for command in ("make run", "make test", "make check", "make fix", "make lock"):
        assert command in README + (CHECKOUT / "CONTRIBUTING.md").read_text("utf-8")
        assert re.search(rf"^{command.removeprefix('make ')}:.*##", makefile, re.MULTILINE)
    assert "make test" in (CHECKOUT / ".ci" / "run").read_text("utf-8")


def test_the_talk_in_the_readme_is_what_happens(tmp_path: Path) -> None:
    talk = README.partition("```transcript\n")[2].partition("\n```")[0]
    typed = [line.removeprefix("> ") for line in talk.splitlines() if line.startswith("> ")]
    run = subprocess.run(
        [sys.executable, "-m", "bot", "console"],
        input="".join(f"{line}\n" for line in typed),
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env={**os.environ, "BOT_STATE": str(tmp_path)},
        check=True,
        timeout=60,
    )
    assert run.stdout.rstrip("\n") == talk


def test_the_map_names_every_room() -> None:
    named = " ".join(table(HOUSE, "| room |"))
    rooms = {
        path.name
        for path in (CHECKOUT / "bot").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    missing = {
        room for room in rooms - {"__init__.py"} if f"`{room}`" not in named and f"`{room}/" not in named
    }
    assert not missing, f"bot/README.md does not know {missing}"


def test_every_path_in_the_map_exists() -> None:
    for path in re.findall(r"`((?:bot|tests|data)?/?[a-z_/]+(?:\.py|/))`", HOUSE):
        places = (CHECKOUT / "bot" / path, CHECKOUT / path, *(CHECKOUT / "bot").glob(f"*/{path}"))
        assert any(place.exists() for place in places), path


def test_words_are_explained_once() -> None:
    words = table(HOUSE, "| word |")
    assert len(words) == len(set(words)) > 30


def test_the_rules_in_the_map_are_those_of_the_simulation() -> None:
    rooms = (standing, arrivals, rest, organising, ends, unsaid)
    rules = {name for room in rooms for name in vars(room) if re.match(r"[edfq]\d+_", name)}
    assert {cell.strip("`") for cell in table(HOUSE, "| rule |")} == rules


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_links_lead_somewhere(paper: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", paper.read_text("utf-8")):
        assert (paper.parent / target).exists(), target


def test_the_changelog_and_the_licence_fit_the_project() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["license"] == "AGPL-3.0-or-later"
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in (CHECKOUT / "LICENSE").read_text("utf-8")
    changelog = (CHECKOUT / "CHANGELOG.md").read_text("utf-8")
    assert "## Unreleased" in changelog or f"## {project['version']}" in changelog


def test_no_file_names_a_registry_or_a_path_of_a_machine() -> None:
    words = [
        "py" + "pi.org",
        "python" + "hosted",
        "registry." + "npmjs",
        "deb." + "debian",
        "/ro" + "ot/",
        "/ho" + "me/",
    ]
    for path in files():
        if path.suffix in TEXTS and path.exists() and path.name != "LICENSE":
            text = path.read_text("utf-8", errors="replace")
            assert not [word for word in words if word in text], path
