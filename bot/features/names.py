"""Names that were published before the bot came.

They join the list once, and importing them again adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.campaign.campaign import Campaign
from bot.campaign.endorsement import Endorsement, Entry, Kind, State, Step, signer_key
from bot.content.importing.names import PublishedName
from bot.features import steps
from bot.features.feature import Tools
from bot.ports import Tx


@dataclass(frozen=True, slots=True)
class Joined:
    """How many names were new, and how many stood there already or were imported once."""

    new: int
    known: int


def import_names(
    tx: Tx, tools: Tools, campaign: Campaign, names: Iterable[PublishedName], now: datetime
) -> Joined:
    """Put published names on a campaign's list, in their order, at ``now`` (UTC)."""
    act = steps.Act(tx, tools, steps.IMPORT, now)
    results = [_join(act, campaign, name) for name in names]
    return Joined(results.count(True), results.count(False))


def _join(act: steps.Act, campaign: Campaign, name: PublishedName) -> bool:
    entry = entry_of(act.tools, name)
    signer = signer_key(Kind.ORGANISATION, entry, "")
    if act.tx.endorsements.imported(campaign.slug, signer) or act.tx.endorsements.live(campaign.slug, signer):
        return False
    endorsement = Endorsement(
        id=act.tools.ids.new(),
        campaign=campaign.slug,
        kind=Kind.ORGANISATION,
        state=State.PUBLISHED,
        row=1,
        text=act.tools.catalog.statements[campaign.statement].version.sha256,
        entry=entry,
        signed=act.now,
        origin=steps.IMPORT,
        position=act.tx.tallies.next_position(campaign.slug),
        published=act.now,
    )
    return steps.add(act, endorsement, signer, Step.IMPORT)


def entry_of(tools: Tools, name: PublishedName) -> Entry:
    """The printed line stays as it was printed.

    The organisation behind it is recognised where there is no doubt.
    """
    matches = tools.recognition.find(name.name) if not name.organisation else ()
    sure = matches[0].organisation.slug if matches and matches[0].exact else ""
    return Entry(
        name=name.name,
        original=name.original,
        acronym=name.acronym,
        country=name.country,
        place=name.place,
        organisation=name.organisation or sure,
        printed=name.line,
    )
