"""The machine: its clock, its chance, and the state folder with its key, its lock and its files."""

from __future__ import annotations

import fcntl
import os
import secrets
from base64 import b32encode
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

KEY_BYTES = 32


class KeyDamaged(Exception):  # noqa: N818 (it says what it says)
    """The key of the state folder is not whole."""


class FolderInUse(Exception):  # noqa: N818 (another bot runs: no error of ours)
    """Another bot holds the lock of the state folder."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the time now, aware, UTC."""
        return datetime.now(UTC)  # noqa: TID251 (this is the one clock)


class RandomIds:
    """Names nobody can guess: 80 bits from the machine's own source."""

    def new(self) -> str:
        """Return 16 characters of a–z2–7."""
        return b32encode(secrets.token_bytes(10)).decode().lower()


def environment() -> Mapping[str, str]:
    """The environment of this process."""
    return os.environ


def make_folder(state: Path) -> None:
    """Make the state folder where it is absent; nobody else may look into it."""
    state.mkdir(mode=0o700, parents=True, exist_ok=True)


def read_key(state: Path) -> bytes:
    """The key of this state folder, made at its first use; nobody else may read it.

    Raises KeyDamaged.
    """
    path = state / "key"
    if not path.exists():
        _make_key(path)
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise KeyDamaged(f"{path} is damaged: bring it back from your backup")
    return key


def _make_key(path: Path) -> None:
    """Whole or not at all: written beside its place and linked there, unless another process was quicker."""
    fresh = path.with_name(f"key.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        path.hardlink_to(fresh)
    fresh.unlink()


@contextmanager
def _held(state: Path) -> Iterator[None]:
    with (state / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderInUse from None
        yield


def lock(state: Path) -> AbstractContextManager[None]:
    """Hold the lock of the state folder; the machine lets go of it when the process ends, however it ends.

    Raises FolderInUse.
    """
    return _held(state)


class FolderMirror:
    """Keeps files in a folder as they are given, and takes away what is given no more.

    Each file appears whole or not at all. Raises OSError.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.version = "unknown"

    def keep(self, version: str, files: Mapping[str, str]) -> None:
        """Make the folder hold these files, by their path joined by "/"; ``version`` names this state."""
        write_files(self._folder, files)
        wanted = {self._folder / path for path in files}
        for path in sorted(self._folder.rglob("*"), reverse=True):
            if path.is_file() and path not in wanted:
                path.unlink()
            elif path.is_dir() and not any(path.iterdir()):
                path.rmdir()
        self.version = version


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder, each whole or not at all; one that has the same content is left alone."""
    for name, text in files.items():
        path = folder / name
        if path.is_file() and path.read_bytes() == text.encode():
            continue
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        with fresh.open("wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
