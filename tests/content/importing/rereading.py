"""Reading back what an import wrote, without any code of the import: the words of each field, in order."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path

from bot.content.importing.account import MARK, REPORT
from bot.content.importing.page import Page
from bot.content.importing.result import Imported

SHARED = Path(__file__).parents[3] / ".." / "shared" / "source-documents"
PAGES = Path(__file__).parent / "pages"
Field = tuple[str, str]


def page_words(page: Page) -> list[str]:
    """The words of a page, straight from its lines."""
    return " ".join(line.text for line in page.lines).split()


def check_account(page: Page, result: Imported, folder: Path) -> None:
    """Fail unless each word is in the files where the account says, in order, and nothing else is."""
    words = page_words(page)
    assert list(result.account.rejoined()) == words
    assert result.account.whole
    assert not [d for d in result.doubts if "did not reach" in d.sentence or "twice" in d.sentence]
    fields = dict(written_fields(folder))
    asides = deque(set_aside(folder / REPORT))
    for piece in result.account.pieces:
        told = words[piece.start : piece.end]
        if piece.file == REPORT:
            assert asides.popleft() == told
        elif piece.field != MARK:
            queue = fields[piece.file, piece.field]
            assert [_bare(queue.popleft()) for _ in told] == [_bare(word) for word in told]
    left = {
        field: queue for field, queue in fields.items() if queue and field[1] not in {"title", "source.title"}
    }
    assert not left
    assert not asides


def check_multiset(page: Page, folder: Path) -> None:
    """Fail unless the words in the files and in the report are, as a multiset, the words of the page.

    Every greeting names its source; that title counts once, in the occasion. Marks of lists do not count.
    """
    found: Counter[str] = Counter()
    for (file, field), queue in written_fields(folder):
        if field != "source.title" or not file.startswith("greetings/"):
            found.update(map(_bare, queue))
    for words in set_aside(folder / REPORT):
        found.update(map(_bare, words))
    expected = Counter(map(_bare, page_words(page)))
    differ = (expected - found) + (found - expected)
    assert not {word: count for word, count in differ.items() if any(map(str.isalpha, word))}


def _bare(word: str) -> str:
    """A comma behind a signer's name, or a semicolon behind a list's line, stands for the end of a field."""
    return word.rstrip(",;،")


def written_fields(folder: Path) -> Iterator[tuple[Field, deque[str]]]:
    """The words of each field of each written file that takes words of the page."""
    for path in sorted(folder.rglob("*.md")):
        name = path.relative_to(folder).as_posix()
        if name != REPORT:
            for field, text in _fields(path.read_text(encoding="utf-8")):
                yield (name, field), deque(text.split())
    names = folder / "signatories.csv"
    if names.exists():
        with names.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        yield ("signatories.csv", "line"), deque(" ".join(row["line"] for row in rows).split())


def _fields(text: str) -> Iterator[tuple[str, str]]:
    _, matter, body = text.split("+++\n", 2)
    table = tomllib.loads(matter)
    yield "source.title", table["source"]["title"]
    if "title" in table:
        yield "title", table["title"]
    if "organisations" in table:
        yield "organisations", " ".join(re.findall(r'^    (?:"[a-z0-9-]+",  )?# (.*)$', matter, re.MULTILINE))
    signers = [f"{signer['name']} {signer.get('role', '')}" for signer in table.get("signer", [])]
    yield "signer", " ".join(signers)
    yield "body", " ".join(map(_plain, body.split("\n")))


def _plain(line: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", re.sub(r"^(?:## |- )", "", line))


def set_aside(report: Path) -> Iterator[list[str]]:
    """The words of each part that the report says was set aside."""
    text = report.read_text(encoding="utf-8")
    if "## Set aside" in text:
        section = text.partition("## Set aside\n")[2].partition("\n## ")[0]
        yield from (line.split() for line in section.split("\n") if line.startswith(" " * 6))
