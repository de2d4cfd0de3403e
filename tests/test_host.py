"""The machine: the key is made whole and once, the folder has one bot, nobody else may look."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot import host

CHECKOUT = Path(__file__).parents[1]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folder_and_its_key_are_for_their_owner_only(tmp_path: Path) -> None:
    state = tmp_path / "a" / "state"
    host.make_folder(state)
    key = host.read_key(state)
    assert len(key) == host.KEY_BYTES
    assert (mode(state), mode(state / "key")) == (0o700, 0o600)
    assert host.read_key(state) == key, "made once"
    assert [path.name for path in state.iterdir()] == ["key"]


def test_processes_that_make_the_key_at_once_have_the_same(tmp_path: Path) -> None:
    reading = "from pathlib import Path; from bot.host import read_key"
    code = f"{reading}; print(read_key(Path({str(tmp_path)!r})).hex())"
    command = [sys.executable, "-c", code]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=CHECKOUT) for _ in range(6)]
    keys = {process.communicate(timeout=60)[0] for process in running}
    assert len(keys) == 1
    assert len(keys.pop()) == 2 * host.KEY_BYTES + 1


def test_a_damaged_key_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"short")
    with pytest.raises(host.KeyDamaged, match="backup"):
        host.read_key(tmp_path)


def test_one_bot_at_a_time_holds_the_folder(tmp_path: Path) -> None:
    with host.lock(tmp_path), pytest.raises(host.FolderInUse), host.lock(tmp_path):
        pass
    with host.lock(tmp_path):
        pass


def test_ids_cannot_be_guessed_and_fit_everywhere() -> None:
    ids = {host.RandomIds().new() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(one) == 16 and set(one) <= set("abcdefghijklmnopqrstuvwxyz234567") for one in ids)


def test_the_clock_is_aware() -> None:
    assert host.SystemClock().now().utcoffset() is not None
