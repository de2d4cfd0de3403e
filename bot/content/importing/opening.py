"""How a statement begins on its page: the page's title, words about it, the statement's own heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.campaign.lookalike import search_key
from bot.content.importing.account import REPORT, Ledger
from bot.content.importing.body import cleaned
from bot.content.importing.furniture import furniture, is_caption
from bot.content.importing.heading import Outline, is_title, made_title
from bot.content.importing.initiator import initiator_name
from bot.content.importing.lexicon import TEXT_KIND
from bot.content.importing.page import Block, Line

FIRST_BLOCKS = 15
"""A statement's own heading stands among so many blocks of the page."""
OPENING_BLOCKS = 4
"""Where it has none, a caption or a line about who started it stands among so many."""
ALIKE = 0.6
"""The share of words that the page's title and the statement's own heading have in common."""
KIND = "kind of text, before the title"


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of a statement and the ``body`` below it.

    ``page_title`` and ``own`` are the lines of the two headings (None where there is none), ``title`` is the
    title without "Joint statement:" before it, ``source`` the title of the page.
    """

    page_title: Line | None
    own: Line | None
    title: str
    source: str
    body: tuple[Block, ...]


def read_opening(found: Outline, above: Sequence[Block], ledger: Ledger) -> Opening:
    """Tell the headings of a statement from its text; ``above`` are the blocks above the signatories."""
    own = _own_heading(found.title, above)
    if own:
        for line in (line for block in above for line in block if line.start < own.start):
            ledger.set_aside(line, _kind(line) or "before the statement's own heading")
        below = [tuple(line for line in block if line.start > own.start) for block in above]
        body = [block for block in below if block]
    else:
        body = _without_opening(above, ledger)
    heading = own or found.title
    title = made_title(Outline(heading, tuple(above)))
    words = title.split()
    return Opening(
        found.title, own, " ".join(words[_kind_length(words) :]), made_title(found), cleaned(body, ledger)
    )


def _own_heading(title: Line | None, blocks: Sequence[Block]) -> Line | None:
    """The line that says the page's title again, in other words; the last one where there are several."""
    if title is None:
        return None
    wanted = set(search_key(title.text).split())
    alike = None
    for line in (block[0] for block in blocks[:FIRST_BLOCKS] if len(block) == 1 and is_title(block[0])):
        words = set(search_key(line.text).split())
        if len(words & wanted) >= ALIKE * max(1, min(len(words), len(wanted))) and len(words) > 1:
            alike = line
    return alike


def _without_opening(blocks: Sequence[Block], ledger: Ledger) -> list[Block]:
    kept = []
    for index, block in enumerate(blocks):
        kind = _kind(block[0]) if index < OPENING_BLOCKS and len(block) == 1 else ""
        if kind:
            ledger.set_aside(block[0], kind)
        else:
            kept.append(block)
    return kept


def _kind(line: Line) -> str:
    if kind := furniture(line):
        return kind
    if is_caption(line):
        return "image caption"
    return "line about who started it" if initiator_name(line.text) else ""


def _kind_length(words: Sequence[str]) -> int:
    """How many words say what kind of text it is: up to a colon, with something behind it."""
    ends = [i for i, word in enumerate(words[:-1], 1) if word.endswith(":")]
    return ends[0] if ends and TEXT_KIND.search(" ".join(words[: ends[0]])) else 0


def account_opening(opening: Opening, file: str, ledger: Ledger) -> None:
    """Say where the words of the headings went; without a text below (``file`` empty) they are set aside."""
    heading = opening.own or opening.page_title
    if heading:
        start = heading.start + _kind_length(heading.words)
        ledger.put_words(heading.start, start, REPORT, KIND)
        ledger.put_words(start, heading.end, file or REPORT, "title" if file else "title without a text")
    if opening.own and opening.page_title:
        ledger.put(opening.page_title, file or REPORT, "source.title" if file else "title without a text")
