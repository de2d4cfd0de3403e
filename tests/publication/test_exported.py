from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.loader import load
from bot.host import FolderMirror, write_files
from bot.ports import Paper
from bot.publication.exported import ORGANISATIONS, public_files
from tests.content.test_laying import CAMPAIGN, DATA, TENANTS, TEXT

UNION = TENANTS.replace("tenants", "union").replace("Tenants Union", "Union of Unions")
PAPERS = (
    Paper(("statements", "housing", "en.md"), TEXT),
    Paper(("campaigns", "housing.toml"), CAMPAIGN),
    Paper(("organisations", "housing.toml"), f"# New.\n\n{TENANTS}"),
    Paper(("organisations", "water.toml"), f"{UNION}\n{TENANTS.replace('Union', 'League')}"),
    Paper(("statements", "secret", "en.md"), TEXT, hidden=True),
)


def test_what_is_public_is_content_like_any_other(tmp_path: Path) -> None:
    write_files(tmp_path, public_files(PAPERS))
    catalog, faults = load([DATA, tmp_path])
    assert not faults
    assert catalog.campaigns["housing"].initiators == ("tenants",)
    assert catalog.organisations["tenants"].name == "Tenants League", "the later entry stands"
    assert catalog.organisations["union"].name == "Union of Unions"
    assert "secret" not in catalog.statements
    assert sorted(path.name for path in tmp_path.iterdir()) == ["campaigns", ORGANISATIONS, "statements"]


@pytest.mark.parametrize("piece", ["..", "", ".", "/etc", "a/b", "A", "x\n", ".hidden"])
def test_nothing_leads_out_of_the_folder(piece: str) -> None:
    assert public_files([Paper(("statements", piece, "en.md"), TEXT)]) == {}


def test_the_mirror_takes_away_what_is_given_no_more(tmp_path: Path) -> None:
    mirror = FolderMirror(tmp_path / "content")
    mirror.keep("one", public_files(PAPERS))
    mirror.keep("two", public_files(PAPERS[:1]))
    kept = [path for path in (tmp_path / "content").rglob("*") if path.is_file()]
    assert [path.read_text("utf-8") for path in kept] == [TEXT]
    assert mirror.version == "two"
    FolderMirror(tmp_path / "content").keep("three", {})
    assert not list((tmp_path / "content").iterdir())
