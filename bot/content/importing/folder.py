"""Writing what was imported into a folder, without harming what is there."""

from __future__ import annotations

import os
from pathlib import Path

from bot.content.importing.result import Imported

UNFINISHED = ".import-unfinished"


def write(imported: Imported, folder: Path, *, replace: bool = False) -> tuple[str, ...]:
    """Write all files or none.

    Returns the relative paths that stood in the way, empty when everything is written.

    A file that is there with other content stands in the way, unless ``replace``. Each file appears whole or
    not at all; when the writing itself fails (OSError), what was staged is taken away again.
    """
    in_the_way = tuple(path for path, content in imported.files.items() if _differs(folder / path, content))
    if in_the_way and not replace:
        return in_the_way
    staged: list[Path] = []
    try:
        for path, content in imported.files.items():
            staged.append(_stage(folder / path, content))
        for unfinished in staged:
            unfinished.replace(unfinished.with_name(unfinished.name.removesuffix(UNFINISHED)))
    finally:
        for unfinished in staged:
            unfinished.unlink(missing_ok=True)
    return ()


def _differs(path: Path, content: str) -> bool:
    if not path.exists() and not path.is_symlink():
        return False
    return not path.is_file() or path.read_bytes() != content.encode()


def _stage(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_name(path.name + UNFINISHED)
    with staged.open("wb") as file:
        file.write(content.encode())
        file.flush()
        os.fsync(file.fileno())
    return staged
