"""Is my copy current? The names of a pasted list or a saved page beside those of our list."""

from __future__ import annotations

from dataclasses import dataclass

from bot.campaign.lookalike import search_key
from bot.content.importing.page import Page
from bot.content.importing.reading import read
from bot.content.inert import inert, shortened
from bot.dialog.messages import Phrase
from bot.publication.copied import copied
from bot.publication.matching import Index, matched
from bot.publication.signatory_list import Listing

CARD_LINES, CARD_WIDTH = 6, 60


@dataclass(frozen=True, slots=True)
class Comparison:
    """What happened to the list since the copy was made, as printed lines without numbers.

    ``added`` stand on our list only, ``removed`` in the copy only, ``changed`` in both with another spelling
    (the copy's line, then ours). ``found`` is how many names the copy has.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    found: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """All differences, each on a line of its own, for a file: "+ …", "− …", "~ … → …"."""
        return (
            *(f"+ {line}" for line in self.added),
            *(f"− {line}" for line in self.removed),
            *(f"~ {before} → {after}" for before, after in self.changed),
        )

    @property
    def card_lines(self) -> tuple[str, ...]:
        """The first of them, short enough for a card."""
        return tuple(shortened(line, CARD_WIDTH) for line in self.lines[:CARD_LINES])

    @property
    def summary(self) -> Phrase:
        """The counts in one phrase, or that nothing differs, or that the copy holds no names."""
        if not self.found:
            return Phrase("compare.no-names")
        if not self.lines:
            return Phrase("compare.same", count=self.found)
        added, removed, changed = map(len, (self.added, self.removed, self.changed))
        return Phrase("compare.counts", {"added": added, "removed": removed, "changed": changed})


def compare(listing: Listing, pasted: str) -> Comparison:
    """Compare with a pasted list or page. Numbers and order do not count. Never raises."""
    return _compared(listing, read(pasted.encode(errors="replace"), "copy.txt"))


def compare_file(listing: Listing, content: bytes, name: str) -> Comparison | Phrase:
    """Compare with a saved page, text or Word file; a phrase says why it cannot be read. Never raises."""
    page = read(content, name)
    if page.readable:
        return _compared(listing, page)
    return next((doubt.phrase for doubt in page.doubts if doubt.phrase), Phrase("upload.no-text"))


def _compared(listing: Listing, page: Page) -> Comparison:
    ours = [*listing.organisations, *listing.people]
    index = Index(ours)
    lines = copied(page, lambda line: bool(index.fitting(line)))
    met = matched(lines, ours, index)
    left = set(met.values())
    pairs = [(lines[at], ours[place].line) for at, place in sorted(met.items())]
    return Comparison(
        added=tuple(each.line for place, each in enumerate(ours) if place not in left),
        removed=tuple(
            inert(line) for at, line in enumerate(lines) if at not in met and not index.fitting(line)
        ),
        changed=tuple(
            (inert(theirs), line) for theirs, line in pairs if search_key(theirs) != search_key(line)
        ),
        found=len(lines),
    )
