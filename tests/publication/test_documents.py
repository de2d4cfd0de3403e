"""A text as a file: everything of it, its source, its day and what it can be checked by."""

from __future__ import annotations

import pytest

from bot.publication.documents import document_file
from bot.publication.files import Format
from tests.stage import shipped

STATEMENT = shipped().catalog.statements["palestine"].version


@pytest.mark.parametrize("form", [Format.TEXT, Format.MARKDOWN])
def test_the_file_has_every_word_and_where_it_comes_from(form: Format) -> None:
    file = document_file(STATEMENT, "palestine", form)
    text = file.content.decode()
    assert file.name == f"palestine.{form}"
    assert text.split()[:2] == (["#", "End"] if form is Format.MARKDOWN else ["End", "the"])
    assert set(STATEMENT.body.replace("*", "").split()) - set(text.replace("*", "").split()) == set()
    for fact in (STATEMENT.title, STATEMENT.source.title, STATEMENT.dated.isoformat(), STATEMENT.sha256):
        assert fact in text


def test_a_greeting_without_a_title_begins_with_its_words() -> None:
    greeting = shipped().catalog.occasions["24th-annual-congress-of-psm"].greetings[0]
    document = greeting.documents[greeting.original]
    text = document_file(document, greeting.slug, Format.MARKDOWN).content.decode()
    assert text.startswith(document.body.split()[0])
