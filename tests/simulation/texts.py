"""Texts that organisers paste: new wordings of the one that is shipped, and drafts of new campaigns.

Each holds a word that stands nowhere else, so that it is found wherever a part of it is shown.
"""

from __future__ import annotations

from tests.stage import named, shipped

CAMPAIGN = "palestine"
NEW_WORDS = ("Quarrystone", "Hollowmere", "Thistledown")
DRAFT_WORDS = ("Larkenfield", "Brambleholt")
SECRET = frozenset({*NEW_WORDS, *DRAFT_WORDS})

CONTENT = named(shipped(), CAMPAIGN, range(1, 3))
"""The shipped campaign, with two of the names that come with it."""

_VERSION = CONTENT.catalog.statements[CONTENT.catalog.campaigns[CAMPAIGN].statement].version
WORDINGS = tuple(f"{_VERSION.title}\n\n{_VERSION.body}\nWe meet in {word}.\n" for word in NEW_WORDS)
DRAFTS = tuple(
    f"# {word} belongs to everybody\n\nWe who live in {word} want it back. It was sold without us.\n\n"
    f"We call for:\n\n- an end to the sale;\n- {word} run by those who live there.\n\n{names}"
    for word in DRAFT_WORDS
    for names in ("", "Signed by:\n\n1. Red Lantern Choir, Malaysia\n2. DinDeng, Thailand\n")
)
LISTED = tuple(line for each in CONTENT.names[CAMPAIGN] for line in (each.name, each.line))
"""Names that stand on the list when a run begins."""
