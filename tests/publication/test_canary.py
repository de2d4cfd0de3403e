"""Names that nobody may see are planted, and every output of publication is searched for them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from bot.campaign.endorsement import Entry, Kind, Private, State
from bot.ports import Tx
from bot.publication import news, posts
from bot.publication.files import Format, export
from bot.publication.gate import counts
from bot.publication.paper import Paper, values_of
from bot.publication.signatory_list import latest, listing, page
from tests.outbox.made import DAY, START, store
from tests.publication.made import DOCUMENT, endorsement
from tests.publication.words import NOW, said, say

CANARY = "Kanarienvogel"
SUBJECT = posts.Subject("peace", "peace", "A call for peace")


def plant(tx: Tx) -> None:
    """One named organisation between canaries of every state, and canaries in what is private."""
    entry = Entry(CANARY, original=CANARY, acronym="KV", country="AU", place=CANARY)
    hidden = Entry(CANARY, place=CANARY, country="AU", named=False)
    secret = Private(CANARY, CANARY, CANARY, CANARY, CANARY, CANARY)
    planted = [
        endorsement(entry, n, state=state) for n, state in enumerate(State, 1) if state is not State.PUBLISHED
    ]
    planted += [endorsement(hidden, 20 + n, kind) for n, kind in enumerate(Kind)]
    planted.append(endorsement(Entry("Visible", place="Malaysia"), 30))
    for number, each in enumerate(planted):
        values = asdict(each) | {
            "entry": each.entry,
            "private": secret,
            "id": f"c{number}",
            "published": START,
        }
        assert tx.endorsements.add(type(each)(**values), f"signer{number}")
    tx.tallies.add("peace", {"organisation": 2, "organisation/unnamed": 1, "person": 1, "person/unnamed": 1})


def outputs(tx: Tx) -> list[str]:
    """Everything that publication can say about the campaign."""
    whole, seen = listing(tx, "peace"), counts(tx.tallies.get("peace"), 0)
    new, fresh = news.between(tx, "peace", START - DAY, START + DAY)
    newest = news.latest(tx, "peace", Kind.ORGANISATION, START - DAY, 50)
    stories = [
        posts.weekly(SUBJECT, date(2026, 2, 8), new, seen, fresh),
        posts.milestone(SUBJECT, 2, seen, newest),
        posts.reminder(SUBJECT, 3, seen),
    ]
    files = [export(whole, DOCUMENT, form, NOW, say).decode() for form in Format if form is not Format.PDF]
    paper = values_of(Paper(whole, DOCUMENT, NOW), say)
    pages = [str(page(tx, "peace", kind, limit=50)) for kind in Kind]
    latest_ones = [str(latest(tx, "peace", kind, 50)) for kind in Kind]
    cards = [said(posts.card([story])) for story in stories]
    return [*files, str(paper), *pages, *latest_ones, *cards, str(stories), str(whole)]


async def test_no_output_holds_a_name_that_nobody_may_see() -> None:
    made = store()
    await made.transaction(plant)
    found = await made.read(outputs)
    assert all(CANARY not in output for output in found)
    assert sum("Visible" in output for output in found) >= len(Format) + 4
