"""Writing what was imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.catalog import Catalog
from bot.content.importing.folder import write
from bot.content.importing.greetings import import_greetings
from bot.content.importing.reading import read
from tests.content.importing.rereading import PAGES

RESULT = import_greetings(read((PAGES / "congress.txt").read_bytes(), "congress.txt"), Catalog())


def contents(folder: Path) -> dict[str, str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def test_all_files_are_written_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    assert write(RESULT, tmp_path / "new" / "folder") == ()
    assert contents(tmp_path / "new" / "folder") == dict(RESULT.files)
    assert write(RESULT, tmp_path / "new" / "folder") == ()


def test_a_file_that_is_there_with_other_content_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "organisations.toml").write_text("mine", encoding="utf-8")
    assert write(RESULT, tmp_path) == ("organisations.toml",)
    assert contents(tmp_path) == {"organisations.toml": "mine"}


def test_what_stands_in_the_way_is_replaced_only_when_told(tmp_path: Path) -> None:
    write(RESULT, tmp_path)
    (tmp_path / "report.md").write_text("mine", encoding="utf-8")
    assert write(RESULT, tmp_path) == ("report.md",)
    assert write(RESULT, tmp_path, replace=True) == ()
    assert contents(tmp_path) == dict(RESULT.files)


def test_a_dangling_link_and_a_folder_stand_in_the_way_too(tmp_path: Path) -> None:
    (tmp_path / "organisations.toml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "report.md").mkdir()
    assert set(write(RESULT, tmp_path)) == {"organisations.toml", "report.md"}


def test_when_writing_fails_nothing_new_is_left(tmp_path: Path) -> None:
    (tmp_path / "occasions").write_text("a file where a folder is needed", encoding="utf-8")
    with pytest.raises(OSError, match="occasions"):
        write(RESULT, tmp_path)
    assert contents(tmp_path) == {"occasions": "a file where a folder is needed"}
