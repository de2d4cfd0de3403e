from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.campaign.refs import AccountRef, ChatRef
from bot.campaign.refusal import Refusal
from bot.dialog.messages import Attachment, Came, FileRef, Incoming
from bot.platforms.console.files import attach, file_name, save
from bot.platforms.console.reading import Picked
from bot.ports import LARGEST_FILE
from tests.platforms.console.cards import DESK, HOME, HOSTILE


def attachment(name: str, content: bytes = b"content") -> Attachment:
    return Attachment(name, content, "text/plain")


def test_a_file_is_saved_for_its_owner_alone(tmp_path: Path) -> None:
    path = save(tmp_path / "console" / "files", HOME, attachment("list.txt"))
    assert path == tmp_path / "console" / "files" / "@mira" / "list.txt"
    assert path.read_bytes() == b"content"
    assert path.stat().st_mode & 0o777 == 0o600
    assert {folder.stat().st_mode & 0o777 for folder in path.parents[:3]} == {0o700}


def test_a_newer_file_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    save(tmp_path / "files", DESK, attachment("list.txt", b"old"))
    path = save(tmp_path / "files", DESK, attachment("list.txt", b"new"))
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def test_a_link_planted_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("mine")
    (tmp_path / "files" / "desk").mkdir(parents=True)
    (tmp_path / "files" / "desk" / "list.txt").symlink_to(tmp_path / "victim")
    save(tmp_path / "files", DESK, attachment("list.txt"))
    assert (tmp_path / "victim").read_text() == "mine"


@pytest.mark.parametrize(
    "name", [*HOSTILE, "..", "../../x.txt", "a/../b", "C:\\x\\y.txt", "/etc/passwd", ".bashrc"]
)
def test_no_name_leaves_its_folder(tmp_path: Path, name: str) -> None:
    for chat in (DESK, ChatRef("console", name or "x")):
        path = save(tmp_path / "files", chat, attachment(name))
        assert path.resolve().parents[1] == (tmp_path / "files").resolve()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("signatories.csv", "signatories.csv"),
        ("ลายเซ็น.csv", "ลายเซ็น.csv"),
        ("../../x.txt", "x.txt"),
        ("a\x1b[2J\nb.txt", "a b.txt"),
        (".bashrc", "bashrc"),
        ("", "file"),
        ("..", "file"),
        ("ก" * 100 + ".csv", "ก" * 65 + ".csv"),
        ("x" * 300, "x" * 200),
        ("x." + "y" * 300, "x." + "y" * 198),
    ],
)
def test_a_name_is_made_safe_and_keeps_its_ending(name: str, safe: str) -> None:
    assert file_name(name) == safe


def test_a_file_that_cannot_be_saved_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "files" / "desk" / "list.txt").mkdir(parents=True)
    with pytest.raises(OSError, match="list"):
        save(tmp_path / "files", DESK, attachment("list.txt"))
    assert [path.name for path in (tmp_path / "files" / "desk").iterdir()] == ["list.txt"]


def picked(path: str) -> Incoming | Refusal:
    return attach(Picked(path, Incoming("e1", Came.FILE, HOME, AccountRef("console", "mira"))))


def test_a_file_of_theirs_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "my names.csv").write_bytes(b"Praxis;Indonesia")
    monkeypatch.setenv("HOME", str(tmp_path))
    for path in (str(tmp_path / "my names.csv"), "~/my names.csv"):
        found = picked(path)
        assert isinstance(found, Incoming)
        assert found.content == b"Praxis;Indonesia"
        assert found.file == FileRef("", "my names.csv", 16)


def test_a_path_that_leads_to_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "nothing.csv", tmp_path, tmp_path / "pipe", "/dev/zero"):
        assert picked(str(path)) == Refusal("console.no-file")


@pytest.mark.parametrize("path", ["~nobody-of-this-name/x.csv", "x" * 5000])
def test_a_path_that_cannot_be_followed(path: str) -> None:
    assert picked(path) == Refusal("console.file-closed")


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(bytes(LARGEST_FILE))
    assert isinstance(picked(str(tmp_path / "a.csv")), Incoming)
    (tmp_path / "a.csv").write_bytes(bytes(LARGEST_FILE + 1))
    assert picked(str(tmp_path / "a.csv")) == Refusal("console.file-large")
