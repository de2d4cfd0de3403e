"""Names in words: a mail that asks for them, or lines that an organiser wrote."""

from __future__ import annotations

from bot.content.importing.mail import read_request
from bot.content.importing.names import PublishedName
from bot.content.importing.rows import Row, doubles_marked
from bot.features import invite


def read_words(words: str) -> tuple[Row, ...]:
    """The names in a request, else one on each line ("Name (ACR), Country"); none where there is none."""
    return read_request(words) or doubles_marked(map(_row, invite.read_lines(words)))


def _row(name: PublishedName) -> Row:
    return Row(1, name.name, name.acronym, name.original, name.country, name.place)
