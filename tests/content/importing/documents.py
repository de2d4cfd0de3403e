"""The two published pages that came with the project; tests of them are skipped where they are absent."""

from __future__ import annotations

import pytest

from bot.content.importing.page import Page
from bot.content.importing.reading import read
from tests.content.importing.rereading import SHARED

STATEMENT = "statement-palestine.txt"
GREETINGS = "greetings-24th-congress.txt"

needs_documents = pytest.mark.skipif(
    not (SHARED / STATEMENT).exists(), reason="the published pages (../shared/source-documents) are not here"
)


def page(name: str) -> Page:
    """One of the two pages."""
    return read((SHARED / name).read_bytes(), name)


def raw_words(name: str) -> list[str]:
    """Its words, straight from the file."""
    return (SHARED / name).read_text(encoding="utf-8").split()
