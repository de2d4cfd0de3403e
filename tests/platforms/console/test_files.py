from __future__ import annotations

from pathlib import Path

import pytest

from bot.campaign.refs import ChatRef
from bot.dialog.messages import Attachment
from bot.platforms.console.files import file_name, save
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
