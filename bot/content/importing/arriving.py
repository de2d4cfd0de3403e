"""What a file that nobody asked for is by its content: a table of names, or a text."""

from __future__ import annotations

from bot.content.importing.elements import Element
from bot.content.importing.natures import nature
from bot.content.importing.package import Package
from bot.content.importing.table import read_table

ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm")
"""Of a plain text its name may say that it is a table; nothing else believes a name."""
WORKBOOK = "s:workbook"


def is_table(content: bytes, name: str) -> bool:
    """Whether it is an Excel file, or plain text with a heading above columns or with a table's name."""
    found = nature(content)
    if isinstance(found, Package):
        return _is_workbook(found.document())
    if found:
        return found == "upload.sheet"
    return name.lower().endswith(ENDINGS) or len(read_table(content, name).header) > 1


def _is_workbook(root: Element | None) -> bool:
    return root is not None and root.name == WORKBOOK
