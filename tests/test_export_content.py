"""What was published from the chat, in the real process: kept as files, exported, good content again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
ENGLISH = Path("statements", "palestine", "en.md")


def bot(*arguments: str, state: Path, lines: str = "", **environ: str) -> str:
    """What one run of the process says; it must end well."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=lines,
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env={**os.environ, "BOT_STATE": str(state), "BOT_OWNERS": "console:asa", **environ},
        check=True,
        timeout=60,
    )
    return done.stdout


def test_a_correction_is_a_file_that_the_next_start_can_read(tmp_path: Path) -> None:
    state, out, sent = tmp_path / "state", tmp_path / "out", tmp_path / "new.md"
    before = (CHECKOUT / "data" / ENGLISH).read_text("utf-8")
    sent.write_text(before.replace("for good", "for ever"), "utf-8")
    said = bot("console", "--user", "asa", state=state, lines=f"/correct\n1\n/file {sent}\n1\n1\n")
    assert "It is published." in said
    kept = (state / "content" / ENGLISH).read_text("utf-8")
    assert "for ever" in kept
    assert kept.count("[[corrected]]") == 1
    assert "1 files" in bot("export-content", str(out), state=state)
    assert (out / ENGLISH).read_text("utf-8") == kept
    data = f"data{os.pathsep}{out}"
    assert bot("check", state=state, BOT_DATA=data) == "All good.\n"
    listed = bot("export", "signatories", "--campaign", "palestine", "--format", "md", state=state)
    assert "“good” → “ever”" in listed
    assert listed == bot(
        "export", "signatories", "--campaign", "palestine", "--format", "md", state=state, BOT_DATA=data
    )
