"""What was written while the bot runs, as files of a data folder: only what everybody may see."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

from bot.ports import Paper

ORGANISATIONS = "organisations.toml"
_PIECE = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_TABLE = "[[organisation]]"


def public_files(papers: Iterable[Paper]) -> dict[str, str]:
    """The files by their path below a data folder, joined by "/"; organisations stand in one file.

    Laid over the folder that the bot has read (BOT_DATA=data:FOLDER) they give the same catalogue as the
    papers. What is hidden is left out, and so is what could lead out of the folder.
    """
    files: dict[str, str] = {}
    registers = []
    for paper in papers:
        if paper.hidden or not all(map(_PIECE.fullmatch, paper.path)):
            continue
        if paper.path[0] == "organisations" or paper.path == (ORGANISATIONS,):
            registers.append(paper.text)
        else:
            files["/".join(paper.path)] = paper.text
    if registers:
        files[ORGANISATIONS] = _joined(registers)
    return files


def _joined(registers: Iterable[str]) -> str:
    """One register of several; of two entries with the same slug the later one stands."""
    entries = {slug: entry for register in registers for slug, entry in _entries(register)}
    return "\n\n".join(["# Organisations that were not known before.", *entries.values()]) + "\n"


def _entries(register: str) -> Iterator[tuple[str, str]]:
    """Each entry as it was written, by its slug."""
    for rest in register.split(_TABLE)[1:]:
        entry = f"{_TABLE}{rest}".strip()
        yield _slug(tomllib.loads(entry)), entry


def _slug(table: dict[str, Any]) -> str:
    return str(table["organisation"][0].get("slug", ""))
