"""The account: where each word of a page went. Its pieces, joined again, are the page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.content.importing.page import Doubt, Line, Page

REPORT = "report.md"
MARK = "list mark"
UNACCOUNTED = "not understood"
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words ``start`` to ``end`` (one behind the last) of the page: the file and field they went to.

    Where ``file`` is the report they were set aside, and ``field`` is the reason.
    """

    start: int
    end: int
    file: str
    field: str

    @property
    def count(self) -> int:
        """How many words."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Account:
    """All words of a page and all pieces, in the order of the page."""

    words: tuple[str, ...]
    pieces: tuple[Piece, ...]

    def text(self, piece: Piece) -> str:
        """The words of a piece, apart by one space."""
        return " ".join(self.words[piece.start : piece.end])

    def rejoined(self) -> tuple[str, ...]:
        """What was imported and what was set aside, put together again."""
        return tuple(word for piece in self.pieces for word in self.words[piece.start : piece.end])

    @property
    def whole(self) -> bool:
        """Whether every word went to exactly one place."""
        return self.rejoined() == self.words

    def count(self, file: str) -> int:
        """How many words went to ``file``."""
        return sum(piece.count for piece in self.pieces if piece.file == file)


def missing(account: Account, files: Mapping[str, str]) -> tuple[str, ...]:
    """Words that went to a file by the account and are not in what is to be written there."""
    told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for piece in account.pieces:
        if piece.file != REPORT and piece.field != MARK:
            told[piece.file].update(WORD.findall(account.text(piece)))
    lost = (words - Counter(WORD.findall(files.get(file, ""))) for file, words in told.items())
    return tuple(word for words in lost for word in words.elements())


@dataclass(slots=True)
class Ledger:
    """Pieces as they are found, in any order; ``doubts`` about the page gather here too."""

    page: Page
    pieces: list[Piece] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def put(self, line: Line, file: str, field_name: str) -> None:
        """A whole line goes to a field of a file."""
        self.put_words(line.start, line.end, file, field_name)

    def put_words(self, start: int, end: int, file: str, field_name: str) -> None:
        """Some words go to a field of a file."""
        if end > start:
            self.pieces.append(Piece(start, end, file, field_name))

    def set_aside(self, line: Line, reason: str) -> None:
        """A whole line is no part of the content."""
        self.put(line, REPORT, reason)

    def doubt(self, line: int, sentence: str) -> None:
        """Something an editor should look at."""
        self.doubts.append(Doubt(line, sentence))

    def settle(self) -> Account:
        """The account of the page.

        What nothing has claimed is set aside, and said so in a doubt; so is what two have.
        """
        settled: list[Piece] = []
        at = 0
        words = self.page.words
        for piece in (
            *sorted(self.pieces, key=lambda p: (p.start, p.end)),
            Piece(len(words), len(words), "", ""),
        ):
            if piece.start > at:
                settled.append(Piece(at, piece.start, REPORT, UNACCOUNTED))
                self.doubt(
                    self._line_at(at), f"{piece.start - at} words were not understood and are set aside."
                )
            if piece.start < at:
                self.doubt(
                    self._line_at(piece.start), f"{min(at, piece.end) - piece.start} words were used twice."
                )
            if piece.end > max(at, piece.start):
                settled.append(Piece(max(at, piece.start), piece.end, piece.file, piece.field))
            at = max(at, piece.end)
        return Account(words, tuple(settled))

    def _line_at(self, word: int) -> int:
        return next((line.number for line in self.page.lines if line.start <= word < line.end), 0)
