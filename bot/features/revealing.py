"""What the clock publishes: new wordings that were agreed for a time, and hidden papers that are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.campaign.revision import Standing, Turn
from bot.content.catalog import Statement
from bot.features import correcting, revisions, steps
from bot.features.feature import Tools
from bot.features.revisions import Revision
from bot.ports import Tx


def publish_due(tx: Tx, tools: Tools, now: datetime) -> int:
    """Publish what is due at ``now`` (UTC); returns how much.

    What does not fit any more is told, not shown; what nobody touched for long is erased.
    """
    due = [Revision(each) for each in tx.matters.due(revisions.KIND, now)]
    for each in due:
        act = steps.Act(tx, tools.at(tx), steps.CLOCK, now)
        campaign = act.tools.catalog.campaigns.get(each.campaign)
        if campaign and each.standing is Standing.PLANNED:
            _publish(act, each, act.tools.catalog.statements[campaign.statement])
        else:
            revisions.drop(act, each)
    papers = tx.papers.due(now)
    for paper in papers:
        tx.papers.put(replace(paper, hidden=False, due=None), tools.ids.new())
    return len(due) + len(papers)


def _publish(act: steps.Act, revision: Revision, statement: Statement) -> None:
    moved = correcting.renew(act, revision, statement)
    if moved is None and revisions.faults(act, revision, statement):
        moved = revisions.turn(act, revision, Turn.RENEW, weight="", at="")
    moved = moved or revisions.publish(act, revision, statement)
    if moved:
        correcting.tell(act, moved, moved.matter.person, "revision-decided")
